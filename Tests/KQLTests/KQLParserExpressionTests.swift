import Diagnostics
import Engine
import Testing

@testable import KQL

@Suite struct KQLParserExpressionTests {
  /// The expression printed with all its parentheses.
  private func shape(_ text: String) throws -> String {
    let (tree, diagnostics) = KQL.parse(SourceText(name: "q", text: "print \(text)"))
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    guard case .query(let pipeline)? = tree.statements.first, case .print(let print) = pipeline.source else {
      throw QueryFailure(diagnostics, in: SourceText(name: "q", text: text))
    }
    return KQLSourcePrinter.text(try #require(print.columns.first).value)
  }

  @Test(arguments: [
    ("1 + 2 * 3", "1 + (2 * 3)"),
    ("1 - 2 - 3", "(1 - 2) - 3"),
    ("a has 'x' and b == 1 + 2", "(a has \"x\") and (b == (1 + 2))"),
    ("a or b and c or d", "a or (b and c) or d"),
    ("(a or b) and c", "(a or b) and c"),
    ("a and b and c", "a and b and c"),
    ("a == 'x' has 'y'", "a == (\"x\" has \"y\")"),
    ("a * b has c", "a * (b has c)"),
    ("-a.b + c", "(-a.b) + c"),
    ("- - 1", "-(-1)"),
    ("a < b == c", "(a < b) == c"),
    ("a + 1 in (b, c) and d", "((a + 1) in (b, c)) and d"),
    ("a between (1 .. 2 + 3)", "a between (1 .. (2 + 3))"),
    ("((a))", "a"),
    ("f(x = 1, y).z['k'].w(2)", "f(x = 1, y).z[\"k\"].w(2)"),
    ("a <> b", "a != b"),
    ("a : 'x'", "a : \"x\""),
  ])
  func `operators bind as KQL says`(_ text: String, _ expected: String) throws {
    #expect(try shape(text) == expected)
  }

  @Test(arguments: [
    ("int(5)", LiteralSyntax.Value.int(5)), ("long(-1)", .long(-1)), ("real(nan)", .real(.nan)),
    ("0xFFFFFFFFFFFFFFFF", .long(-1)), ("decimal(1.50)", .decimal("1.50")), ("datetime()", .now),
    ("datetime(null)", .null(.datetime)), ("time(1d)", .timespan(864_000_000_000)),
    ("timespan(2)", .timespan(1_728_000_000_000)), ("timespan(15 seconds)", .timespan(150_000_000)),
    ("time(0.12:34:56.7)", .timespan(452_967_000_000)), ("bool(true)", .bool(true)),
    ("guid(74BE27DE1E4E49D9B579FE0B331D3642)", .guid("74be27de-1e4e-49d9-b579-fe0b331d3642")),
    ("datetime('2007-04-07')", .datetime(ticks: 633_115_008_000_000_000, text: "2007-04-07")),
  ])
  func `a literal has the value that its text says`(_ text: String, _ expected: LiteralSyntax.Value) throws {
    let (tree, diagnostics) = KQL.parse(SourceText(name: "q", text: "print \(text)"))
    #expect(diagnostics.isEmpty)
    guard case .query(let pipeline)? = tree.statements.first, case .print(let print) = pipeline.source,
      case .literal(let literal)? = print.columns.first?.value
    else {
      Issue.record("no literal")
      return
    }
    if case .real(let value) = literal.value, value.isNaN {
      #expect(text == "real(nan)")
    } else {
      #expect(literal.value == expected)
    }
  }

  @Test func `spans cover what was written`() throws {
    let source = SourceText(name: "q", text: "T | where (a.b[0] == \"x\") or c in (1, 2)")
    guard case .query(let pipeline)? = KQL.parse(source).0.statements.first,
      case .where(let node)? = pipeline.operators.first, case .logical(let chain) = node.predicate
    else {
      Issue.record("no predicate")
      return
    }
    #expect(source[node.span] == "where (a.b[0] == \"x\") or c in (1, 2)")
    #expect(chain.operands.map { source[$0.span] } == ["a.b[0] == \"x\"", "c in (1, 2)"])
    #expect(source[pipeline.span] == source.text)
  }

  @Test func `the tree is printed as an indented outline`() {
    let tree = KQL.parse(SourceText(name: "q", text: "let n = 5; T | where a.b == 'x' | take n")).0
    #expect(
      tree.description == """
        let
          name: n
          value: expression
            literal 5
        """ + "\n" + tree.description.split(separator: "\n").dropFirst(4).joined(separator: "\n"))
    #expect(tree.description.contains("op: =="))
    #expect(!tree.description.contains("SourceSpan"))
  }

  @Test func `name patterns match with stars`() {
    let cases: [(String, String, Bool)] = [
      ("a*", "abc", true), ("*c", "abc", true), ("a*c", "abbc", true), ("a*c", "abcd", false),
      ("*", "", true), ("abc", "abc", true), ("abc", "ABC", false), ("*b*b*", "abab", true),
      ("a*b", "a", false),
    ]
    for (pattern, name, fits) in cases {
      #expect(NamePatternSyntax(pattern, .at(0)).matches(name) == fits, "\(pattern) \(name)")
    }
    #expect(!NamePatternSyntax("a*", .at(0), isBracketed: true).matches("ab"))
  }
}
