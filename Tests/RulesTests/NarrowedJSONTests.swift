import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

/// Queries that read members of JSON texts load only these, and must answer as if all had been loaded.
@Suite struct NarrowedJSONTests {
  /// What `requestParameters` may be; each is one event.
  static let parameters = [
    #"{"bucketName":"logs","Host":"s3.amazonaws.com","n":1}"#,
    #"{"n":2,"bucketName":"logs"}"#,
    #"{ "bucketName" : "blanks", "n" : 1.50 }"#,
    #"{"bucketName":{"name":"inner","list":[1,{"x":null}]},"n":true}"#,
    #"{"bucketName":["a","b"],"n":[]}"#,
    #"{"bucketName":null,"n":null}"#,
    #"{"bucketName":7,"n":9007199254740993}"#,
    #"{"bucketName":7.50,"n":-0}"#,
    #"{"bucketName":false}"#,
    #"{"bucketName":""}"#,
    #"{"bucketName":"first","bucketName":"last"}"#,
    #"{"bucket\u004eame":"by escape","n":"x"}"#,
    #"{"bucketName":"quo\"te \\ tab\t é","n":"\u00e9"}"#,
    #"{"BucketName":"other case"}"#,
    #"{"x":{"bucketName":"deeper"}}"#,
    #"{}"#, #"[]"#, #"[{"bucketName":"in an array"}]"#, "null", "5", "true", #""""#, #""plain text""#,
    #""{\"bucketName\":\"in a text\",\"n\":3}""#,
    #""{\"bucketName\":\"cut""#,
    #"{"policy":"{\"bucketName\":\"text inside\"}","bucketName":"outside"}"#,
    #"{"bucketName":"日本","n":{"bucketName":1}}"#,
  ]

  private static func workspace(_ folder: TrailFolder, isOptimized: Bool) -> Workspace {
    var configuration = WorkspaceConfiguration()
    configuration.logs = [folder.path]
    configuration.isOptimized = isOptimized
    return Workspace(configuration)
  }

  private static func folder(_ parameters: [String] = parameters) throws -> TrailFolder {
    try TrailFolder(
      parameters.enumerated().map { number, value in
        let second = number < 10 ? "0\(number)" : "\(number)"
        return
          #"{"eventVersion":"1.09","eventTime":"2024-01-06T03:04:\#(second)Z","eventName":"E\#(number)","#
          + #""eventSource":"s3.amazonaws.com","awsRegion":"eu-west-1","requestParameters":\#(value)}"#
      } + [
        #"{"eventVersion":"1.09","eventTime":"2024-01-06T03:05:00Z","eventName":"None","eventSource":"x"}"#
      ])
  }

  private static func rows(_ text: String, _ folder: TrailFolder, isOptimized: Bool) throws -> [String] {
    let workspace = workspace(folder, isOptimized: isOptimized)
    let query = try workspace.compile(SourceText(name: "<test>", text: text), language: .kql)
    let outcome = try #require(try workspace.run([query]).outcomes.first)
    let table = try #require(outcome.results.first).table
    return texts(table)
  }

  private static func texts(_ table: Table) -> [String] {
    (0..<table.rowCount).map { row in
      table.row(row).map { $0.isNull ? "-" : $0.splText }.joined(separator: "|")
    }
  }

  /// Queries, and the members that they read of `RequestParameters` (nil: all of it).
  static let queries: [(text: String, members: Set<String>?)] = [
    (
      "AWSCloudTrail | summarize count() by tostring(parse_json(RequestParameters).bucketName)",
      ["bucketName"]
    ),
    ("AWSCloudTrail | project EventName, b = parse_json(RequestParameters).bucketName", ["bucketName"]),
    (
      "AWSCloudTrail | project EventName, b = todynamic(RequestParameters)['bucketName'].list[1]",
      ["bucketName"]
    ),
    (
      "AWSCloudTrail | extend p = parse_json(RequestParameters) | extend b = p.bucketName, n = p['n']"
        + " | project EventName, b, gettype(n), tostring(n)", ["bucketName", "n"]
    ),
    (
      "AWSCloudTrail | project-rename rp = RequestParameters | extend p = todynamic(rp)"
        + " | where tostring(p.bucketName) != 'logs' | summarize make_list(EventName) by tostring(p.n)",
      ["bucketName", "n"]
    ),
    (
      "AWSCloudTrail | project EventName, e = extract_json('$.bucketName.name', RequestParameters)",
      ["bucketName"]
    ),
    (
      "AWSCloudTrail | where isnotnull(parse_json(RequestParameters).n) | project EventName"
        + " | join kind=inner (AWSCloudTrail | project EventName, b = parse_json(RequestParameters).bucketName)"
        + " on EventName | project EventName, b", ["n"]
    ),
    ("AWSCloudTrail | project EventName, r = RequestParameters, parse_json(RequestParameters).n", nil),
    ("AWSCloudTrail | where RequestParameters has 'logs' | project parse_json(RequestParameters).n", nil),
    ("AWSCloudTrail | extend p = parse_json(RequestParameters) | project EventName, p, p.n", nil),
    (
      "AWSCloudTrail | project EventName, k = bag_keys(parse_json(RequestParameters)), parse_json(RequestParameters).n",
      nil
    ),
    ("AWSCloudTrail | project EventName, parse_json(RequestParameters)[0].bucketName", nil),
    ("AWSCloudTrail | extend b = parse_json(RequestParameters).bucketName | take 5", nil),
    (
      "union (AWSCloudTrail | project EventName, p = RequestParameters),"
        + " (AWSCloudTrail | project EventName, p = tostring(parse_json(RequestParameters).bucketName))"
        + " | summarize count() by p", nil
    ),
  ]

  @Test(arguments: queries.indices)
  func `the answer is that of the whole text`(index: Int) throws {
    let (text, members) = Self.queries[index]
    let folder = try Self.folder()
    let whole = try Self.rows(text, folder, isOptimized: false)
    #expect(!whole.isEmpty)
    #expect(try Self.rows(text, folder, isOptimized: true) == whole)
    let query = try Self.workspace(folder, isOptimized: true)
      .compile(SourceText(name: "<test>", text: text), language: .kql)
    let scans = Optimizer.optimize(query.results[0].plan).scans
    let sources = scans.flatMap(\.sources).filter { $0.field == "RequestParameters" }
    #expect(sources.first?.members == members, "\(text)")
  }

  /// A loader that only measures a nested value does not see that it is damaged; `parse_json` does.
  @Test func `what is no JSON inside has no members`() throws {
    let damaged = [
      #"{"a":01,"bucketName":"x"}"#, #"{"a":tru,"bucketName":"x"}"#, #"{"a":"\x","bucketName":"x"}"#,
      #"{"bucketName":"x","a"}"#, #"{"bucketName":"x",}"#, #"{"bucketName":"x" "a":1}"#,
    ]
    let folder = try Self.folder(damaged + [#"{"bucketName":"whole"}"#])
    let narrow = "AWSCloudTrail | project b = tostring(parse_json(RequestParameters).bucketName)"
    let whole =
      "AWSCloudTrail | extend b = tostring(parse_json(RequestParameters).bucketName)"
      + " | where RequestParameters != 'x' | project b"
    let rows = try Self.rows(narrow, folder, isOptimized: true)
    #expect(rows == (try Self.rows(whole, folder, isOptimized: true)))
    #expect(rows.contains("whole") && !rows.contains("x"))
  }

  @Test func `two queries of one pass get the members of both, or the whole text`() throws {
    let folder = try Self.folder()
    let texts = Self.queries.map(\.text)
    for second in texts.indices {
      let workspace = Self.workspace(folder, isOptimized: true)
      let queries = try [0, second].map {
        try workspace.compile(SourceText(name: "<test>", text: texts[$0]), language: .kql)
      }
      let outcomes = try workspace.run(queries).outcomes
      for (outcome, text) in zip(outcomes, [texts[0], texts[second]]) {
        let table = try #require(outcome.results.first).table
        #expect(Self.texts(table) == (try Self.rows(text, folder, isOptimized: false)), "\(text)")
      }
    }
  }
}
