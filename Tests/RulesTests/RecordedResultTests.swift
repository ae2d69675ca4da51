import Engine
import Formats
import Rules
import Testing

@Suite struct RecordedResultTests {
  private func table(_ rows: [[Value]]) -> Table {
    Table(fields: [Field("who", .string), Field("n", .long), Field("note", .string)], rows: rows)
  }

  private var old: [[RuleTest.Cell]] {
    RecordedResult.rows(
      of: table([
        [.string("alice"), .long(3), .string("")], [.string("bob"), .long(5), .string("x")],
        [.string("carol"), .long(7), .string("y")],
      ]), dialect: .kql)
  }

  private func differences(_ rows: [[Value]]) -> [String] {
    RecordedResult.differences(old, from: table(rows), dialect: .kql)
  }

  @Test func `the same rows do not differ`() {
    #expect(
      differences([
        [.string("alice"), .long(3), .string("")], [.string("bob"), .long(5), .string("x")],
        [.string("carol"), .long(7), .string("y")],
      ]) == [])
  }

  @Test func `a changed cell is named with its row and column`() {
    #expect(
      differences([
        [.string("alice"), .long(4), .string("")], [.string("bob"), .long(5), .string("x")],
        [.string("carol"), .long(7), .string("y")],
      ]) == [#"row 1, n: "3" → "4""#])
  }

  @Test func `rows that are gone and rows that are new are told apart`() {
    #expect(
      differences([
        [.string("alice"), .long(3), .string("")], [.string("carol"), .long(7), .string("y")],
        [.string("dave"), .long(9), .string("z")],
      ]) == [
        #"row 2 is missing: who = "bob", n = "5", note = "x""#,
        #"row 3 is new: who = "dave", n = "9", note = "z""#,
      ])
  }

  @Test func `another order is said`() {
    #expect(
      differences([
        [.string("bob"), .long(5), .string("x")], [.string("alice"), .long(3), .string("")],
        [.string("carol"), .long(7), .string("y")],
      ]) == ["the rows stand in another order"])
  }

  @Test func `columns that come and go are named`() {
    let other = Table(
      fields: [Field("who", .string), Field("m", .long)],
      rows: [[.string("alice"), .long(3)], [.string("bob"), .long(5)], [.string("carol"), .long(7)]])
    #expect(
      RecordedResult.differences(old, from: other, dialect: .kql) == [
        "the column `n` is gone", "the column `note` is gone", "the column `m` is new",
      ])
  }

  @Test func `null is not the empty text`() {
    let recorded = [[RuleTest.Cell(column: "note", text: nil)]]
    let table = Table(fields: [Field("note", .string)], rows: [[.string("")]])
    #expect(
      RecordedResult.differences(recorded, from: table, dialect: .spl) == [#"row 1, note: null → """#])
  }

  @Test(arguments: [
    "", " a", "a ", "null", "~", "true", "a: b", "a #b", "#a", "- a", "it's", "\"", "[1,2]", "{\"a\":1}",
    "a\nb",
    "tab\t", "\u{202E}abc", "\u{85}", "\r\n", "*x", "&x", "!x", "@x", "%x", "|", "a:", "é", "😀", "\\d",
    "\u{FEFF}b",
    "2026-03-02T14:00:00.0000000Z", "arn:aws:iam::111122223333:user/a",
  ])
  func `any text reads back as it was recorded`(_ text: String) throws {
    let rows = [[RuleTest.Cell(column: "a", text: text), RuleTest.Cell(column: "b", text: nil)]]
    let lines = RecordedResult.lines(rows, indentation: 2)
    let document = try YAMLReader.read("- name: t\n" + lines.joined(separator: "\n") + "\n")
    let row = try #require(document.elements.first?["result"]?.elements.first)
    #expect(row["a"]?.text ?? "" == text)
    #expect(row["b"]?.text == nil)
    #expect((row["a"]?.text == nil) == false)
  }
}

@Suite struct RecordingEditTests {
  private let rows = [[RuleTest.Cell(column: "n", text: "1")]]

  private func edited(_ text: String, _ tests: String...) throws -> String {
    try RecordingEdit.text(text, recording: tests.map { ($0, rows) })
  }

  @Test func `rows are added behind a test, and nothing else changes`() throws {
    let text = """
      # head
      tests:
        - name: a   # first
          logs: x
          # of a

        # before b
        - name: b
          logs: y
      """
    #expect(
      try edited(text, "a", "b") == """
        # head
        tests:
          - name: a   # first
            logs: x
            # of a
            result:
              - n: 1

          # before b
          - name: b
            logs: y
            result:
              - n: 1

        """)
  }

  @Test func `a result is replaced where it stands, its comment stays`() throws {
    let text =
      "- name: a\n  result:  # as of May\n    - n: 0\n      m: |\n        # text\n        b\n    - n: 5\n  logs: x\n"
    #expect(try edited(text, "a") == "- name: a\n  result:  # as of May\n    - n: 1\n  logs: x\n")
    #expect(
      try edited("- name: a\n  logs: x\n  result: []\n# end\n", "a")
        == "- name: a\n  logs: x\n  result:\n    - n: 1\n# end\n")
    #expect(
      try edited("- name: a\n  logs: x\n  result:\n  - n: 7\n  rows: 1\n", "a")
        == "- name: a\n  logs: x\n  result:\n    - n: 1\n  rows: 1\n")
  }

  @Test func `line ends of Windows stay`() throws {
    #expect(
      try edited("- name: a\r\n  logs: x\r\n", "a") == "- name: a\r\n  logs: x\r\n  result:\r\n    - n: 1\r\n"
    )
  }

  @Test func `a test in braces is refused, not broken`() {
    #expect(throws: RecordingEdit.Refusal.self) { try edited("- {name: a, logs: x}\n", "a") }
    #expect(throws: RecordingEdit.Refusal.self) { try edited("[{name: a, logs: x}]\n", "a") }
  }
}
