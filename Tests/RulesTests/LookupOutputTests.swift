import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

/// `outputlookup` into a folder.
@Suite final class LookupOutputTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-lookups-\(UUID().uuidString)")

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The rows of a search, and what there was to say.
  @discardableResult
  func run(_ text: String, writes: Bool = true, _ files: [String: String] = [:]) throws -> (
    rows: [String], notes: [String]
  ) {
    var configuration = WorkspaceConfiguration()
    if writes { configuration.lookupOutput = .folder(folder.path) }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      configuration.addLookups(SourceText(name: folder.path + "/" + name, text: text))
    }
    for (name, text) in files { configuration.addLookups(SourceText(name: name, text: text)) }
    let workspace = Workspace(configuration)
    let query = try workspace.resolve(
      workspace.compile(SourceText(name: "<test>", text: text), language: .spl))
    let outcome = try #require(try workspace.run([query]).outcomes.first)
    let table = try #require(outcome.results.first).table
    let rows = (0..<table.rowCount).map { row in
      table.row(row).map { SPLValues.texts(of: $0).joined(separator: ";") }.joined(separator: "|")
    }
    return (rows, outcome.notes.map(\.plainText))
  }

  func file(_ name: String) -> String? {
    (try? Data(contentsOf: folder.appending(path: name))).map { String(decoding: $0, as: UTF8.self) }
  }

  static func rows(_ csv: String) -> String { "| makeresults format=csv data=\"\(csv)\" | " }

  @Test func `rows are written and passed on`() throws {
    let result = try run(Self.rows("user,n\nada,1\nbob,2") + "outputlookup seen | stats count")
    #expect(result.rows == ["2"])
    #expect(file("seen.csv") == "user,n\nada,1\nbob,2\n")
    #expect(result.notes.count == 1 && result.notes[0].hasPrefix("2 rows written to"))
    try run(Self.rows("n\n3") + "outputlookup seen.csv")
    #expect(file("seen.csv") == "n\n3\n")
    #expect(try run("| inputlookup seen").rows == ["3"])
  }

  @Test func `appended rows keep to the columns of the file`() throws {
    try run(Self.rows("a,d,j\n1,2,3") + "outputlookup t")
    let result = try run(Self.rows("a,c,j\n4,5,6") + "outputlookup append=t t")
    #expect(file("t.csv") == "a,d,j\n1,2,3\n4,,6\n")
    #expect(result.notes.first?.contains("no column for `c`") == true)
    try run(Self.rows("x\n1") + "outputlookup append=t fresh")
    #expect(file("fresh.csv") == "x\n1\n")
  }

  @Test func `a key replaces rows, and adds others`() throws {
    try run(Self.rows("user,n\nada,1\nbob,2") + "outputlookup t")
    try run(Self.rows("user,n\nbob,3\neve,4") + "outputlookup key_field=user t")
    #expect(file("t.csv") == "user,n\nada,1\nbob,3\neve,4\n")
    try run(Self.rows("user,n\nbob,5\nfay,6") + "outputlookup key_field=user allow_updates=f t")
    #expect(file("t.csv") == "user,n\nada,1\nbob,3\neve,4\nfay,6\n")
    try run(Self.rows("user,n\nbob,7\nbob,8") + "outputlookup append=f key_field=user t")
    #expect(file("t.csv") == "user,n\nbob,8\n")
    #expect(throws: ExecutionFailure.self) { try run(Self.rows("n\n1") + "outputlookup key_field=user t") }
    #expect(file("t.csv") == "user,n\nbob,8\n")
  }

  @Test func `nothing to write takes the older table away unless told otherwise`() throws {
    let none = Self.rows("user,n\nada,1") + "where n>9 | "
    try run(Self.rows("user,n\nada,1") + "outputlookup t")
    try run(none + "outputlookup override_if_empty=f t")
    #expect(file("t.csv") == "user,n\nada,1\n")
    try run(none + "outputlookup append=t t")
    #expect(file("t.csv") == "user,n\nada,1\n")
    try run(none + "outputlookup create_empty=t t")
    #expect(file("t.csv") == "user,n\n")
    try run(none + "outputlookup t")
    #expect(file("t.csv") == nil)
  }

  @Test func `cells are quoted, several values joined or kept apart`() throws {
    let text = #"| makeresults | eval a="x,\"y\"", m=split("p q", " "), s="one" | table a m s | "#
    try run(text + "outputlookup t")
    #expect(file("t.csv") == "a,m,s\n\"x,\"\"y\"\"\",p q,one\n")
    try run(text + "outputlookup output_format=splunk_mv_csv max=1 t")
    #expect(
      try run("| inputlookup t | eval c=mvcount(m), d=mvcount(s) | table a m s c d").rows == [
        "x,\"y\"|p;q|one|2|1"
      ])
  }

  @Test(arguments: ["../seen", "a/b", ".hidden", "seen.csv.gz", "a b"])
  func `a table stays in its folder`(name: String) throws {
    #expect(throws: QueryFailure.self) { try run("| makeresults | outputlookup \"\(name)\"") }
  }

  @Test func `a folder that is none is refused when rows come`() throws {
    try Data().write(to: folder)
    let failure = #expect(throws: ExecutionFailure.self) { try run("| makeresults | outputlookup t") }
    #expect(failure?.id == "lookup-write")
    #expect(failure?.message.hasSuffix("is no folder") == true)
    #expect(failure?.suggestion?.remedies == [.lookupOutput])
  }

  @Test func `without a folder nothing is written`() throws {
    #expect(throws: QueryFailure.self) { try run("| makeresults | outputlookup t", writes: false) }
    #expect(file("t.csv") == nil)
  }

  @Test func `a collection takes only its own fields, and is empty before`() throws {
    let definition = [
      "kept.yml": "name: kept\ncollection: kept\nfields_list: _key, user\ndescription: who was there\n"
    ]
    #expect(try run("| inputlookup kept", definition).rows.isEmpty)
    try run(Self.rows("user,n\nada,1") + "outputlookup kept", definition)
    #expect(file("kept.csv") == "user\nada\n")
    #expect(try run("| inputlookup kept", definition).rows == ["ada"])
  }

  @Test func `the YAML of a lookup gives its rules`() throws {
    let files = [
      "d.csv": "domain,bad\n*.example.com,yes\n",
      "bad_domains.yml": """
      name: bad_domains
      filename: d.csv
      match_type: [WILDCARD(domain)]
      min_matches: 1
      default_match: 'no'
      case_sensitive_match: 'false'
      """,
    ]
    let text =
      Self.rows("d\nA.example.COM\nother.org") + "lookup bad_domains domain as d OUTPUT bad | table bad"
    #expect(try run(text, files).rows == ["yes", "no"])
    for wrong in ["match_type: x", "- a", "name: [", "name: n\nmin_matches: -1"] {
      #expect(throws: QueryFailure.self) { try run("| makeresults", ["wrong.yml": wrong]) }
    }
  }
}
