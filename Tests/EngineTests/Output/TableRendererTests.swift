import FoundationEssentials
import Testing

@testable import Engine

@Suite struct TableRendererTests {
  private static let events = Table(
    fields: [
      Field("at", .datetime), Field("name", .string), Field("n", .long), Field("rate", .real),
      Field("took", .timespan), Field("extra", .dynamic), Field("ok", .bool),
    ],
    rows: [
      [
        .datetime(Ticks.unixEpoch), .string("ConsoleLogin"), .long(12), .real(2), .timespan(Ticks.perDay * 2),
        .dynamic(.object([.init("a", .array([.long(1), .null]))])), .bool(true),
      ],
      [
        .datetime(Ticks.unixEpoch + 5_000_000), .string(""), .null, .real(.nan), .null, .null, .bool(false),
      ],
    ])

  private static func text(
    _ format: OutputFormat, _ table: Table, width: Int? = nil, csvSafe: Bool = false,
    dialect: Dialect = .kql
  ) -> String {
    TableRenderer(format: format, width: width, csvSafe: csvSafe, dialect: dialect).text(table)
  }

  private static func texts(_ cells: String...) -> Table {
    Table(
      fields: [Field("a", .string), Field("b", .string)], rows: cells.map { [.string($0), .string("x")] })
  }

  @Test func `a table aligns its columns, numbers at the right, and counts its rows`() {
    let expected = """
      at                      name           n  rate  took        extra         ok
      ----------------------  ------------  --  ----  ----------  ------------  -----
      1970-01-01T00:00:00Z    ConsoleLogin  12   2.0  2.00:00:00  {"a":[1,null]}  true
      1970-01-01T00:00:00.5Z                     NaN                            false

      2 rows

      """
    let lines = expected.replacing("------------  -----\n", with: "--------------  -----\n")
      .replacing("extra         ok", with: "extra           ok")
      .replacing("NaN                            false", with: "NaN                              false")
    #expect(Self.text(.table, Self.events) == lines)
  }

  @Test func `ndjson keeps types, nulls and nesting`() {
    #expect(
      Self.text(.ndjson, Self.events) == """
        {"at":"1970-01-01T00:00:00.0000000Z","name":"ConsoleLogin","n":12,"rate":2.0,"took":"2.00:00:00",\
        "extra":{"a":[1,null]},"ok":true}
        {"at":"1970-01-01T00:00:00.5000000Z","name":"","n":null,"rate":"NaN","took":null,"extra":null,"ok":false}

        """)
  }

  @Test func `typed json is one document with types and rows as arrays`() {
    let table = Table(fields: [Field("n", .long)], rows: [[.long(1)], [.null]])
    #expect(
      Self.text(.typedJSON, table) == #"{"columns":[{"name":"n","type":"long"}],"rows":[[1],[null]]}"# + "\n")
  }

  @Test func `decimals are JSON numbers and infinities are JSON strings`() {
    let table = Table(
      fields: [Field("d", .decimal), Field("r", .real)], rows: [[.decimal(1), .real(-.infinity)]])
    #expect(Self.text(.ndjson, table) == #"{"d":1,"r":"-Infinity"}"# + "\n")
  }

  @Test func `json is an array of objects, also without rows`() {
    let table = Table(fields: [Field("n", .long)], rows: [[.long(1)], [.long(2)]])
    #expect(Self.text(.json, table) == "[\n{\"n\":1},\n{\"n\":2}\n]\n")
    #expect(Self.text(.json, table.slice(0..<0)) == "[]\n")
  }

  @Test(arguments: OutputFormat.allCases)
  func `every format writes a table without rows and one without columns`(_ format: OutputFormat) {
    let empty = Table(fields: [Field("n", .long)], rows: [])
    let hasHeader = format == .table || format == .csv || format == .tsv || format == .markdown
    #expect(Self.text(format, empty).hasPrefix("n\n") == (hasHeader && format != .markdown))
    let bare = Table(fields: [], columns: [], rowCount: 0)
    #expect(!Self.text(format, bare).contains("n\n--"))
  }

  @Test func `csv quotes what RFC 4180 wants quoted`() {
    #expect(
      Self.text(.csv, Self.texts("a,b", "say \"hi\"", "two\nlines", " plain "))
        == "a,b\n\"a,b\",x\n\"say \"\"hi\"\"\",x\n\"two\nlines\",x\n plain ,x\n")
  }

  @Test func `a csv line is never empty`() {
    let table = Table(fields: [Field("a", .string)], rows: [[.string("")]])
    #expect(Self.text(.csv, table) == "a\n\"\"\n")
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
  func `safe csv defuses formulas`(_ cell: String) {
    #expect(Self.text(.csv, Self.texts(cell), csvSafe: true) == "a,b\n'\(cell),x\n")
    #expect(Self.text(.csv, Self.texts(cell)) == "a,b\n\(cell),x\n")
  }

  @Test func `safe csv leaves numbers and harmless texts alone`() {
    let table = Table(
      fields: [Field("n", .long), Field("s", .string)], rows: [[.long(-5), .string("a=b")]])
    #expect(Self.text(.csv, table, csvSafe: true) == "n,s\n-5,a=b\n")
  }

  @Test func `tsv escapes tabs and line ends`() {
    #expect(Self.text(.tsv, Self.texts("a\tb\nc\\d")) == "a\tb\na\\tb\\nc\\\\d\tx\n")
  }

  @Test func `markdown cannot be broken out of`() {
    #expect(
      Self.text(.markdown, Self.texts("a|b", "![x](http:)", "<b>"))
        == "| a | b |\n| --- | --- |\n| a\\|b | x |\n| !\\[x\\](http:) | x |\n| &lt;b&gt; | x |\n")
  }

  @Test func `terminal escapes, line ends and direction marks are spelt out`() {
    let shown = Self.text(.table, Self.texts("a\u{1B}[31mb", "x\ny", "\u{202E}evil", "\u{9B}31m"))
    #expect(shown.contains("a\\u{1B}[31mb"))
    #expect(shown.contains("x\\ny"))
    #expect(shown.contains("\\u{202E}evil"))
    #expect(shown.contains("\\u{9B}31m"))
  }

  @Test func `JSON escapes direction marks and control characters beyond ASCII`() {
    #expect(
      Self.text(.ndjson, Self.texts("\u{202E}é\u{9B}\u{E0041}"))
        == "{\"a\":\"\\u202eé\\u009b\\udb40\\udc41\",\"b\":\"x\"}\n")
  }

  @Test func `wide characters take two columns and combining marks none`() {
    let lines = Self.text(.table, Self.texts("日本", "e\u{301}", "🙂", "abcd")).split(separator: "\n")
    #expect(
      lines.dropFirst(2).prefix(4).map(String.init) == ["日本  x", "e\u{301}     x", "🙂    x", "abcd  x"])
  }

  @Test func `cells are cut to the width and the foot says so`() {
    let long = String(repeating: "x", count: 100)
    let table = Table(
      fields: [Field("n", .long), Field("text", .string)], rows: [[.long(123_456), .string(long)]])
    let shown = Self.text(.table, table, width: 30)
    let lines = shown.split(separator: "\n")
    #expect(lines[2] == "123456  \(String(repeating: "x", count: 21))…")
    #expect(lines.last == "(cells cut to fit 30 columns; output as CSV shows them whole)")
    #expect(!Self.text(.table, table).contains("…"))
    #expect(!Self.text(.table, table, width: 200).contains("cut to fit"))
  }

  @Test func `a table with too many columns is shown as records`() {
    let fields = (0..<20).map { Field("column\($0)", .string) }
    let table = Table(fields: fields, rows: [fields.map { .string("value of \($0.name)") }])
    let shown = Self.text(.table, table, width: 60)
    #expect(shown.hasPrefix("row 1\n  column0   value of column0\n"))
    #expect(shown.hasSuffix("\n1 row\n"))
  }

  @Test func `SPL drops the fraction of whole numbers and joins lists`() {
    let table = Table(
      fields: [Field("n", .real), Field("list", .dynamic)],
      rows: [[.real(3), .dynamic(.array([.string("a"), .string("b,c"), .real(2)]))]])
    #expect(Self.text(.table, table, dialect: .spl).contains("3  a, b,c, 2\n"))
    #expect(Self.text(.csv, table, dialect: .spl) == "n,list\n3,\"a\nb,c\n2\"\n")
    #expect(Self.text(.ndjson, table, dialect: .spl) == #"{"n":3,"list":["a","b,c",2]}"# + "\n")
    #expect(Self.text(.csv, table) == "n,list\n3.0,\"[\"\"a\"\",\"\"b,c\"\",2.0]\"\n")
  }

  @Test func `text that is not UTF-8 is repaired`() {
    var bytes: [UInt8] = []
    JSONCell.appendQuoted(String(decoding: [0x61, 0xFF, 0x62] as [UInt8], as: UTF8.self), to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "\"a\u{FFFD}b\"")
  }

  @Test func `a long table is written in blocks`() {
    let rows = 20_000
    let table = Table(
      fields: [Field("n", .long), Field("s", .string)],
      columns: [
        .int64(.long, (0..<Int64(rows)).map { $0 }), .constant(.string("same"), .string, count: rows),
      ], rowCount: rows)
    var blocks = 0
    var lines = 0
    TableRenderer(format: .csv).render(table) { block in
      blocks += 1
      lines += block.count { $0 == UInt8(ascii: "\n") }
      #expect(block.count < 200_000)
    }
    #expect(blocks > 1)
    #expect(lines == rows + 1)
  }
}
