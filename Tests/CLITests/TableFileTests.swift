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
