import Testing

@testable import Engine

@Suite struct CSVReaderTests {
  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n\r\n1,\r\n", [["a", "b"], ["1", ""]]),
    ("\"x,\"\"y\"\"\nz\",2", [["x,\"y\"\nz", "2"]]), ("\"\"\n", [[""]]), ("", []), ("\n\n", []),
    (",", [["", ""]]),
    ("\"open", [["open"]]), ("é,日", [["é", "日"]]),
  ])
  func `a text is its rows`(text: String, rows: [[String]]) {
    #expect(CSVReader.records(of: text) == rows)
  }

  @Test func `other separators and texts without quotes are read the same way`() {
    #expect(CSVReader.records(of: "a\t\"b\t\"\n", separator: UInt8(ascii: "\t")) == [["a", "b\t"]])
    #expect(
      CSVReader.records(of: "a\t\"b\"\n", separator: UInt8(ascii: "\t"), hasQuotes: false) == [
        ["a", "\"b\""]
      ])
  }

  @Test func `a lookup, a watchlist and an external table read a quoted cell alike`() {
    let text = "who,note\nann,\"x, \"\"y\"\"\"\n"
    let fields = [Field("who", .string), Field("note", .string)]
    let external = ExternalText.rows(text, format: "csv", fields: fields, skipsFirst: true)
    #expect(external == [[.string("ann"), .string("x, \"y\"")]])
  }
}
