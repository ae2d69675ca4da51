import Diagnostics
import Foundation
import KQL
import Testing

/// Each message, drawn over its query.
@Suite struct KQLParserErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var query: String
    var id: String
    /// The text under the carets.
    var marked: String
    /// A part of the message or its help.
    var says: String
    var testDescription: String { query }
  }

  static let cases: [Case] = [
    Case(query: #"T | where a = "x""#, id: "single-equals", marked: "=", says: "use `==`"),
    Case(query: "T | where (a = 1) and b == 2", id: "single-equals", marked: "=", says: "use `==`"),
    Case(query: #"T | where a == "x"#, id: "unclosed-string", marked: #""x"#, says: "closing `\"`"),
    Case(query: "T | where a == ```x", id: "unclosed-string", marked: "```", says: "no end"),
    Case(
      query: "T | summarise n = count()", id: "unknown-operator", marked: "summarise", says: "`summarize`"),
    Case(query: "T | Where a", id: "unknown-operator", marked: "Where", says: "lower case"),
    Case(query: "T | stats count by a", id: "unknown-operator", marked: "stats", says: "SPL"),
    Case(query: "T | eval a = 1", id: "unknown-operator", marked: "eval", says: "use `extend`"),
    Case(query: "T | table a, b", id: "unknown-operator", marked: "table", says: "use `project`"),
    Case(query: "T | dedup a", id: "unknown-operator", marked: "dedup", says: "arg_max"),
    Case(query: "T | rename a as b", id: "unknown-operator", marked: "rename", says: "project-rename"),
    Case(query: "T | head 5", id: "unknown-operator", marked: "head", says: "use `take`"),
    Case(query: "T | rex field=a \"(?<b>x)\"", id: "unknown-operator", marked: "rex", says: "extract"),
    Case(query: "T | project-awy a", id: "unknown-operator", marked: "project-awy", says: "project-away"),
    Case(
      query: "T | make-graph a --> b", id: "unsupported-operator", marked: "make-graph", says: "doesn't run"),
    Case(
      query: "T\n| take 1\n\n// next\nU\n| where a == 1\n\nV | count", id: "several-queries", marked: "U",
      says: "3 queries, at lines 1, 5, 8"),
    Case(
      query: "T | take 1\n\nlet a = 1;\nU | where b == a", id: "several-queries", marked: "let",
      says: "end each with `;`"),
    Case(query: "T where a == 1", id: "missing-pipe", marked: "where", says: "`| where`"),
    Case(query: "T | where a == 1 summarize count()", id: "missing-pipe", marked: "summarize", says: "`|`"),
    Case(query: "T | where a && b", id: "not-kql", marked: "&&", says: "use `and`"),
    Case(query: "T | where a || b", id: "not-kql", marked: "||", says: "use `or`"),
    Case(query: "T | where !a", id: "not-kql", marked: "!a", says: "not(…)"),
    Case(query: "T | where not a == 1", id: "not-kql", marked: "not a == 1", says: "not(…)"),
    Case(query: "T | where a not in (1)", id: "not-kql", marked: "not in", says: "`!in`"),
    Case(query: "T | where a !has_any (b)", id: "not-kql", marked: "!has_any", says: "not(x has_any"),
    Case(query: #"T | extend a = b + "x""#, id: "string-addition", marked: "+", says: "strcat"),
    Case(query: "T | where a == b == c", id: "chained-comparison", marked: "==", says: "chained"),
    Case(query: "T | where a < b < c", id: "chained-comparison", marked: "<", says: "chained"),
    Case(query: "T | where a in b", id: "expected-token", marked: "b", says: "expected `(`"),
    Case(query: "T | where a between (1 and 5)", id: "expected-token", marked: "and", says: "`..`"),
    Case(query: "T | where a, b", id: "unexpected-token", marked: ",", says: "one predicate"),
    Case(query: "T | where", id: "expected-token", marked: "", says: "expected an expression"),
    Case(query: "T | | take 5", id: "expected-token", marked: "|", says: "another `|`"),
    Case(query: "T | take 5 |", id: "expected-token", marked: "", says: "expected an operator"),
    Case(query: "T | where f(a", id: "unclosed-bracket", marked: "", says: "expected `)`"),
    Case(query: "T | join kind=inner (U)", id: "expected-token", marked: "", says: "expected `on`"),
    Case(query: "T | sort a", id: "expected-token", marked: "a", says: "expected `by`"),
    Case(query: "T | sort by a DESC", id: "not-kql", marked: "DESC", says: "use `desc`"),
    Case(query: "T | top 5", id: "expected-token", marked: "", says: "expected `by`"),
    Case(query: "print datetime(nope)", id: "bad-literal", marked: "datetime(nope)", says: "todatetime"),
    Case(query: "print int(99999999999)", id: "bad-literal", marked: "int(99999999999)", says: "toint"),
    Case(
      query: "print 9223372036854775808", id: "literal-out-of-range", marked: "9223372036854775808",
      says: "long"),
    Case(
      query: "print 99999999999999999d", id: "literal-out-of-range", marked: "99999999999999999d",
      says: "timespan"),
    Case(query: "print dynamic([a])", id: "bad-dynamic", marked: "a", says: "pack_array"),
    Case(query: "print dynamic([decimal(1)])", id: "bad-dynamic", marked: "decimal(1)", says: "decimal"),
    Case(query: #"print "\d+""#, id: "bad-escape", marked: #"\d"#, says: "put `@`"),
    Case(query: "print “x”", id: "unexpected-character", marked: "“x”", says: "quotation"),
    Case(query: "datatable(a:int)[f(1)]", id: "cell-not-literal", marked: "f(1)", says: "literal"),
    Case(query: "datatable(a:strng)[]", id: "unknown-type", marked: "strng", says: "`string`"),
    Case(query: "index=main sourcetype=x", id: "not-kql", marked: "index", says: "SPL"),
    Case(query: "select a from b", id: "not-kql", marked: "select", says: "SQL"),
    Case(query: ".show tables", id: "management-command", marked: ".", says: "not queries"),
    Case(query: "let a = 5 T | take a", id: "missing-semicolon", marked: "", says: "missing `;`"),
    Case(query: "T | where a is null", id: "not-kql", marked: "is", says: "isnull"),
    Case(query: "let f(x) = x; T", id: "expected-token", marked: "(", says: "let f = (x:string)"),
    Case(query: "T | project a b", id: "expected-token", marked: "b", says: "expected `,`"),
    Case(query: "", id: "empty-query", marked: "", says: "AWSCloudTrail"),
    Case(
      query: "print 74be27de-1e4e-49d9-b579-fe0b331d3642", id: "bare-guid",
      marked: "74be27de-1e4e-49d9-b579-fe0b331d3642", says: "guid(…)"),
  ]

  @Test(arguments: cases)
  func `an error is named, placed and explained`(_ example: Case) throws {
    let source = SourceText(name: "q", text: example.query)
    let diagnostics = KQL.parse(source).1
    let first = try #require(diagnostics.first)
    #expect(first.id == example.id)
    #expect(source[try #require(first.primary).span] == example.marked)
    let picture = DiagnosticRenderer.render(first, in: source)
    #expect(picture.contains(example.says), "\(picture)")
    #expect(diagnostics.count == 1, "\(diagnostics.map(\.message))")
  }

  @Test func `an error in one stage doesn't hide one in the next`() {
    let source = SourceText(name: "q", text: "T | where a == | stats count | take 5; U | head 5")
    #expect(KQL.parse(source).1.map(\.id) == ["expected-token", "unknown-operator", "unknown-operator"])
  }

  @Test func `an unclosed call is shown with its opening`() throws {
    let source = SourceText(name: "rule.kql", text: "T\n| where tolower(a == \"x\"\n| take 5")
    let first = try #require(KQL.parse(source).1.first)
    #expect(
      DiagnosticRenderer.render(first, in: source) == """
        error[unclosed-bracket]: expected `)`, found the end of the query
          --> rule.kql:3:9
           |
         2 | | where tolower(a == "x"
           |                - opened here
         3 | | take 5
           |         ^

        """)
  }
}

extension KQLParserErrorTests {
  @Test func `messages stand in alphabetical order`() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/KQL/KQLMessages.swift")
    let names = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      line.hasPrefix("  static func ") ? line.dropFirst(14).prefix { $0 != "(" }.lowercased() : nil
    }
    #expect(!names.isEmpty)
    #expect(names == names.sorted())
  }
}
