import Foundation
import Testing

/// `--table` takes a table as people have it: in the answers of what it was asked of, and with any separator.
@Suite struct TableFileTests {
  private static let rows = [#"{"name":"ana","age":30,"note":"a;b"}"#, #"{"name":"cy","age":7,"note":""}"#]
  private static let cells = #"["ana",30,"a;b"],["cy",7,""]"#

  private static func columns(_ name: String) -> String {
    ["name", "age", "note"].map { "{\"\(name)\":\"\($0)\"}" }.joined(separator: ",")
  }

  static let files: [(name: String, text: String)] = [
    ("array", "[\(rows.joined(separator: ","))]"), ("lines", rows.joined(separator: "\n")),
    (
      "Log Analytics",
      #"{"tables":[{"name":"PrimaryResult","columns":[\#(columns("name"))],"rows":[\#(cells)]}]}"#
    ),
    (
      "Kusto 1",
      #"{"Tables":[{"TableName":"Table_0","Columns":[\#(columns("ColumnName"))],"Rows":[\#(cells)]},"#
        + #"{"TableName":"Table_1","Columns":[{"ColumnName":"Value"}],"Rows":[["x"]]}]}"#
    ),
    (
      "Kusto 2",
      #"[{"FrameType":"DataSetHeader","Version":"v2.0"},{"FrameType":"DataTable","TableId":0,"#
        + #""TableKind":"QueryProperties","Columns":[{"ColumnName":"Value"}],"Rows":[["x"]]},"#
        + #"{"FrameType":"DataTable","TableId":1,"TableKind":"PrimaryResult","#
        + #""Columns":[\#(columns("ColumnName"))],"Rows":[\#(cells)]},"#
        + #"{"FrameType":"DataSetCompletion","HasErrors":false}]"#
    ),
    (
      "hits",
      #"{"took":1,"hits":{"hits":[\#(rows.map { #"{"_id":"1","_source":\#($0)}"# }.joined(separator: ","))]}}"#
    ),
    (
      "Splunk export",
      #"{"preview":true,"offset":0,"result":\#(rows[0])}"# + "\n"
        + rows.map { #"{"preview":false,"offset":0,"result":\#($0)}"# }.joined(separator: "\n")
        + "\n" + #"{"preview":false,"lastrow":true}"#
    ),
    (
      "Splunk answer", #"{"preview":false,"init_offset":0,"results":[\#(rows.joined(separator: ","))]}"#
    ),
    ("CSV", "name,age:long,note\nana,30,a;b\ncy,7,\n"),
    ("tabs", "name\tage:long\tnote\nana\t30\ta;b\ncy\t7\t\n"),
    ("semicolons", "name;age:long;note\nana;30;\"a;b\"\ncy;7;\n"),
    ("bars", "name|age:long|note\nana|30|a;b\ncy|7|\n"),
    ("named", "sep=;\r\nname;age:long;note\r\nana;30;\"a;b\"\r\ncy;7;\r\n"),
    ("notes", "# made today\n\n  \nname,age:long,note\nana,30,a;b\ncy,7,\n \n"),
  ]

  @Test(arguments: files.indices)
  func `the rows are those of the table`(index: Int) throws {
    let folder = try TemporaryFolder()
    let (name, text) = Self.files[index]
    let path = try folder.write("table", text)
    let query = "T | project name, age = age + 1, note | sort by age desc"
    let result = try TrawlProcess.run("query", query, "--table", "T=\(path)", "--format", "csv")
    #expect(result.exitCode == 0, "\(name): \(result.error)")
    #expect(result.output == "name,age,note\nana,31,a;b\ncy,8,\n", "\(name)")
    #expect(result.error.contains("events: 2 read, 0 rejected"), "\(name): \(result.error)")
  }

  private static func result(_ text: String, _ query: String) throws -> TrawlProcess {
    let folder = try TemporaryFolder()
    let path = try folder.write("table.json", text)
    return try TrawlProcess.run("query", query, "--table", "T=\(path)", "--format", "csv")
  }

  /// A service's notifications have such members, and are no events; rows of a table are rows.
  @Test func `rows with any members are rows`() throws {
    let rows = ["s3", "dynamodb", "codecommit", "kinesis"].enumerated().map { number, name in
      #"{"\#(name)":{"data":"e30="},"n":\#(number)}"#
    }
    for text in [rows.joined(separator: "\n"), "[\(rows.joined(separator: ","))]"] {
      let found = try Self.result(text, "T | project n | sort by n asc")
      #expect(found.exitCode == 0 && found.output == "n\n0\n1\n2\n3\n", "\(found.output) \(found.error)")
    }
  }

  @Test func `each table of an answer has columns of its own, before its rows or behind`() throws {
    let text =
      #"{"tables":[{"name":"PrimaryResult","columns":[{"name":"a"}],"rows":[["1"]]},"#
      + #"{"name":"PrimaryResult","rows":[["2"]],"columns":[{"name":"b"}]}]}"#
    let found = try Self.result(text, "T | project a, b | sort by a desc")
    #expect(found.output == "a,b\n1,\n,2\n", "\(found.output) \(found.error)")
  }

  @Test func `frames of a table belong together by its number`() throws {
    func header(_ id: Int, _ kind: String, _ column: String) -> String {
      #"{"FrameType":"TableHeader","TableId":\#(id),"TableKind":"\#(kind)","Columns":[{"ColumnName":"\#(column)"}]}"#
    }
    func rows(_ id: Int, _ cell: String) -> String {
      #"{"FrameType":"TableFragment","TableId":\#(id),"TableFragmentType":"DataAppend","Rows":[["\#(cell)"]]}"#
    }
    let frames = [
      header(1, "PrimaryResult", "a"),
      #"{"FrameType":"DataTable","TableId":0,"TableKind":"QueryProperties","Columns":[{"ColumnName":"p"}],"Rows":[["q"]]}"#,
      header(2, "PrimaryResult", "b"), rows(1, "x"), rows(2, "y"), rows(1, "z"),
    ]
    let found = try Self.result("[\(frames.joined(separator: ","))]", "T | summarize count() by a, b")
    #expect(found.exitCode == 0, "\(found.error)")
    #expect(
      found.output.split(separator: "\n").sorted() == [",y,1", "a,b,count_", "x,,1", "z,,1"],
      "\(found.output)")
    // Rows whose columns nothing says.
    let lost = try Self.result("[\(frames[0]),\(rows(1, "x")),\(rows(7, "y"))]", "T | count")
    #expect(lost.exitCode == 4 && lost.output == "Count\n1\n", "\(lost.output) \(lost.error)")
  }

  /// What its tables are an old answer says in the last one of them.
  @Test func `the first table of an old answer is the result, and rows of others are counted`() throws {
    func table(_ number: Int, behind: Bool) -> String {
      let name = #""TableName":"Table_\#(number)""#
      let rest = #""Columns":[{"ColumnName":"n"}],"Rows":[["\#(number)"]]"#
      return behind ? "{\(rest),\(name)}" : "{\(name),\(rest)}"
    }
    for behind in [false, true] {
      let tables = (0...20).map { table($0, behind: behind) }.joined(separator: ",")
      let found = try Self.result("{\"Tables\":[\(tables)]}", "T")
      #expect(found.exitCode == 0 && found.output == "n\n0\n", "\(found.output) \(found.error)")
      #expect(found.error.contains("records of other kinds: 20"), "\(found.error)")
    }
  }

  @Test(arguments: [
    #"{"tables":[{"name":"PrimaryResult","columns":[{"name":"a"}],"rows":[]}]}"#,
    #"{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"a"}],"Rows":[]},"#
      + #"{"TableName":"Table_1","Columns":[{"ColumnName":"b"}],"Rows":[["x"]]}]}"#,
  ])
  func `an answer without rows is an empty table`(text: String) throws {
    let found = try Self.result(text, "T | count")
    #expect(found.exitCode == 0 && found.output == "Count\n0\n", "\(found.output) \(found.error)")
    #expect(found.error.contains("it has no rows"), "\(found.error)")
  }

  /// What only looks like an answer is a row.
  @Test(arguments: [
    #"{"name":"x","columns":1,"rows":2}"#, #"{"preview":true,"name":"x"}"#, #"{"took":1,"hits":3}"#,
    #"{"tables":[1,2],"name":"x"}"#, #"{"event":{"a":1},"detail":{"b":2}}"#, #"{"results":[{"a":1}]}"#,
    #"{"fields":["a"],"rows":[["b"]],"name":"x"}"#,
  ])
  func `other objects are rows as they stand`(row: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("table.json", row)
    let result = try TrawlProcess.run("query", "T", "--table", "T=\(path)", "--format", "ndjson")
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(result.output == row + "\n")
  }
}
