import Diagnostics
import Testing

@Suite struct DiagnosticRendererTests {
  /// Renders an error over the part of the text between « and ».
  private func picture(
    _ marked: String, label: String = "", notes: [String] = [], help: [String] = []
  ) throws -> String {
    let parts = marked.split(separator: "«", omittingEmptySubsequences: false)
    let rest = try #require(parts.count == 2 ? parts[1] : nil).split(
      separator: "»", omittingEmptySubsequences: false)
    try #require(rest.count == 2)
    let start = parts[0].utf8.count
    let source = SourceText(name: "q.kql", text: "\(parts[0])\(rest[0])\(rest[1])")
    let diagnostic = Diagnostic.error(
      "unknown-column", "no column named `x`", at: SourceSpan(start, start + rest[0].utf8.count),
      label: label, notes: notes.map { Advice($0) },
      suggestions: help.map { .init(Advice($0)) })
    return DiagnosticRenderer.render(diagnostic, in: source)
  }

  @Test func `an error points at its span with label, note and help`() throws {
    let text = try picture(
      "T\n// two\n| where «EvntName» == 1", label: "not in `T`", notes: ["columns: a, b"],
      help: ["did you mean `EventName`?"])
    #expect(
      text == """
        error[unknown-column]: no column named `x`
          --> q.kql:3:9
           |
         3 | | where EvntName == 1
           |         ^^^^^^^^ not in `T`
           = note: columns: a, b
           = help: did you mean `EventName`?

        """)
  }

  @Test func `wide characters take two columns and combining marks none`() throws {
    let text = try picture("日本e\u{301} «x» y")
    #expect(text.contains(" 1 | 日本e\u{301} x y\n   |       ^\n"))
  }

  @Test func `tabs are expanded`() throws {
    let text = try picture("\ta\t«x»")
    #expect(text.contains(" 1 |     a   x\n   |         ^\n"))
  }

  @Test func `control characters and direction marks are spelt out`() throws {
    let text = try picture("a\u{1B}[31m\u{202E} «x»")
    #expect(text.contains(#"a\u{1B}[31m\u{202E} x"#))
    #expect(!text.unicodeScalars.contains("\u{1B}"))
  }

  @Test func `a long line is cut around the span`() throws {
    let text = try picture(
      String(repeating: "a", count: 90_000) + "«x»" + String(repeating: "b", count: 90_000))
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count < 160 })
    let line = try #require(lines.first { $0.hasPrefix(" 1 | …") })
    let carets = try #require(lines.first { $0.hasSuffix("^") })
    let column = carets.count - 1
    #expect(Array(line)[column] == "x")
    #expect(line.hasSuffix("…"))
  }

  @Test func `a span over several lines marks its first and its last line`() throws {
    let text = try picture("T | where «(a\n  b\n  c\n  d)»", label: "here")
    #expect(
      text.contains(
        """
         1 | T | where (a
           |           ^^
          ...
         4 |   d)
           | ^^^^ here
        """))
  }

  @Test func `an empty span at the end gets one caret`() throws {
    #expect(try picture("T | where «»").contains(" 1 | T | where\n   |           ^\n"))
  }

  @Test func `secondary labels are underlined with dashes`() {
    let source = SourceText(name: "q", text: "f(a\n, b")
    let diagnostic = Diagnostic.error(
      "unclosed-bracket", "expected `)`", at: .at(7), secondary: [.init(SourceSpan(1, 2), "opened here")])
    #expect(
      DiagnosticRenderer.render(diagnostic, in: source) == """
        error[unclosed-bracket]: expected `)`
          --> q:2:4
           |
         1 | f(a
           |  - opened here
         2 | , b
           |    ^

        """)
  }

  @Test func `a text taken out of a file is shown where it stands there`() {
    let file = SourceText(name: "rule.yml", text: "query: 'T\n    | x'\nname: a\n")
    // `T | x`: the blank is the line end of the file.
    let source = SourceText(text: "T | x", in: file, places: [8, 9, 14, 15, 16, 17])
    let text = DiagnosticRenderer.render(.error("e", "m", at: SourceSpan(4, 5)), in: source)
    #expect(text == "error[e]: m\n  --> rule.yml:2:7\n   |\n 2 |     | x'\n   |       ^\n")
    #expect(source.position(of: 0) == (1, 9) && source.position(of: 5) == (2, 8))
    #expect(source.shown(SourceSpan(0, 5)).span == SourceSpan(8, 17))
  }

  @Test func `the one-line form has place, id and message`() {
    let source = SourceText(name: "a.kql", text: "T\n| x")
    let diagnostic = Diagnostic.warning("w", "odd", at: SourceSpan(4, 5))
    #expect(DiagnosticRenderer.oneLine(diagnostic, in: source) == "a.kql:2:3: warning[w]: odd")
    let placeless = Diagnostic.error("e", "bad")
    #expect(DiagnosticRenderer.oneLine(placeless, in: source) == "a.kql: error[e]: bad")
    #expect(DiagnosticRenderer.render(placeless, in: source) == "error[e]: bad\n")
  }

  @Test func `what is said of many places is said once, with the first of them`() {
    let source = SourceText(name: "q", text: String(repeating: "x", count: 20))
    let warnings = (0..<20).map { Diagnostic.warning("w", "odd", at: SourceSpan($0, $0 + 1)) }
    let text = DiagnosticRenderer.render(warnings, in: source, limit: 3)
    #expect(text.hasSuffix("= note: the same at 1:2, 1:3, 1:4 and 16 more\n"))
    let few = DiagnosticRenderer.render(Array(warnings.prefix(4)), in: source, limit: 3)
    #expect(few.hasSuffix("= note: the same at 1:2, 1:3, 1:4\n"))
  }

  @Test func `a span outside the text is drawn at its end`() {
    let source = SourceText(name: "q", text: "é")
    for span in [SourceSpan(5, 9), SourceSpan(-3, 1), SourceSpan(1, 1)] {
      #expect(DiagnosticRenderer.render(.error("e", "m", at: span), in: source).contains("^"))
    }
  }
}

@Suite struct AdviceTests {
  private static let advice: Advice = "load it: \(Remedy.tableFile(name: "T")), or \(Remedy.savedFunctions)"

  @Test func `a sentence keeps its remedies as values`() {
    #expect(Self.advice.remedies == [.tableFile(name: "T"), .savedFunctions])
    #expect(Self.advice.plainText == "load it: a file for the table `T`, or the setting for functions")
    #expect(Self.advice.text { "<\($0)>" }.hasPrefix("load it: <tableFile"))
  }

  @Test func `sentences are put together`() {
    let both: [Advice] = ["a", "b \(Remedy.logs)"]
    #expect(both.joined(separator: "; ").remedies == [.logs])
    #expect(both.joined(separator: "; ").plainText == "a; b the setting for logs")
    #expect([Advice]().joined(separator: "; ").plainText == "")
  }
}
