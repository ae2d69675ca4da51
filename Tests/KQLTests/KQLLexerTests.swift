import Diagnostics
import Testing

@testable import KQL

@Suite struct KQLLexerTests {
  private func kinds(_ text: String) -> [KQLToken.Kind] {
    KQLLexer.tokens(of: SourceText(name: "q", text: text)).tokens.dropLast().map(\.kind)
  }

  private func strings(_ text: String) -> [String] {
    kinds(text).compactMap { kind in
      if case .string(let literal) = kind { return literal.value }
      return nil
    }
  }

  @Test func `a word with a number is a name, a timespan or a literal`() {
    #expect(kinds("a1 _b $left 3abc") == [.word("a1"), .word("_b"), .word("$left"), .word("3abc")])
    #expect(
      kinds("1d 90s 1.5h 100ms") == [
        .timespan(864_000_000_000), .timespan(900_000_000), .timespan(54_000_000_000), .timespan(1_000_000),
      ])
    #expect(kinds("7L 5us") == [.word("7L"), .word("5us")])
  }

  @Test func `numbers are long, hexadecimal or real`() {
    #expect(
      kinds("5 0xFF 1.5 1. 1e3 1.5e-3") == [
        .long(5), .long(255), .real(1.5), .real(1), .real(1000), .real(0.0015),
      ])
    #expect(kinds("99999999999999999999") == [.long(nil)])
  }

  @Test func `two dots are a range and not a fraction`() {
    #expect(kinds("1..5") == [.long(1), .punctuation(.dotDot), .long(5)])
    #expect(
      kinds("1h..2h") == [
        .timespan(36_000_000_000), .punctuation(.dotDot), .timespan(72_000_000_000),
      ])
  }

  @Test func `a type with a parenthesis behind it is one literal`() {
    #expect(kinds("datetime(2024-01-01)") == [.typedLiteral(type: "datetime", content: "2024-01-01")])
    #expect(kinds("datetime('a)b')") == [.typedLiteral(type: "datetime", content: "'a)b'")])
    #expect(kinds("long (1)").first == .word("long"))
    #expect(kinds("string(1)").first == .word("string"))
  }

  @Test func `strings have escapes, verbatim and multi-line forms`() {
    #expect(strings(#""a\tb\\\"\x41\u00e9\101""#) == ["a\tb\\\"A\u{E9}A"])
    #expect(strings(#"'\uD83D\uDE00'"#) == ["\u{1F600}"])
    #expect(strings(##"@"a\b""c" @'it''s'"##) == [#"a\b"c"#, "it's"])
    #expect(strings("```a\n\"b\\```") == ["a\n\"b\\"])
    #expect(strings("~~~x~~~") == ["x"])
    #expect(strings(#"h"s" H'p' h@"\""#) == ["s", "p", "\\"])
  }

  @Test func `an h that begins no string is a name`() {
    #expect(kinds("h hx h1") == [.word("h"), .word("hx"), .word("h1")])
  }

  @Test func `comments, directives and foreign blanks are skipped`() {
    #expect(kinds("a // b\n#directive\n\u{FEFF}\u{A0}c") == [.word("a"), .word("c")])
    #expect(strings("\"http://x\"") == ["http://x"])
  }

  @Test func `negated and case-insensitive operators are one word`() {
    #expect(
      kinds("!in !in~ in~ !has_cs !between") == [
        .word("!in"), .word("!in~"), .word("in~"), .word("!has_cs"), .word("!between"),
      ])
    #expect(kinds("!x") == [.punctuation(.bang), .word("x")])
    #expect(
      kinds("a != b !~ c") == [
        .word("a"), .punctuation(.notEqual), .word("b"), .punctuation(.notTilde), .word("c"),
      ])
  }

  @Test func `a bare guid is one token`() {
    #expect(kinds("74be27de-1e4e-49d9-b579-fe0b331d3642") == [.guid("74be27de-1e4e-49d9-b579-fe0b331d3642")])
  }

  @Test func `bool words come in three cases each`() {
    #expect(kinds("true True TRUE false") == [.bool(true), .bool(true), .bool(true), .bool(false)])
    #expect(kinds("tRUE") == [.word("tRUE")])
  }

  @Test func `every token stands where its span says and spans ascend`() {
    let source = SourceText(name: "q", text: "T | where a == \"é\" // x\n| take 5;")
    let tokens = KQLLexer.tokens(of: source).tokens
    for (token, next) in zip(tokens, tokens.dropFirst()) {
      #expect(token.span.upperBound <= next.span.lowerBound)
      if let word = token.word { #expect(source[token.span] == word) }
    }
    #expect(tokens.last?.kind == .endOfFile)
  }

  @Test func `a decoded range maps back to its source`() throws {
    let text = #"x = "a\tb" 'cd'"#
    let source = SourceText(name: "q", text: "T | extend " + text)
    let (query, diagnostics) = KQL.parse(source)
    #expect(diagnostics.isEmpty)
    guard case .query(let pipeline)? = query.statements.first,
      case .extend(let extend)? = pipeline.operators.first,
      case .literal(let literal)? = extend.columns.first?.value
    else {
      Issue.record("no string")
      return
    }
    let string = try #require(literal.string)
    #expect(string.value == "a\tbcd")
    #expect(source[string.sourceSpan(forValueRange: 0..<1)] == "a")
    #expect(source[string.sourceSpan(forValueRange: 1..<2)] == #"\t"#)
    #expect(source[string.sourceSpan(forValueRange: 2..<3)] == "b")
    #expect(source[string.sourceSpan(forValueRange: 3..<5)] == "cd")
    #expect(source[string.sourceSpan(forValueRange: 0..<99)] == #"a\tb" 'cd"#)
  }
}
