import Diagnostics
import Engine
import KQL
import SPL
import Session
import Testing

/// A query that is laid out is the same query.
@Suite struct FormatTests {
  private static let cases = ["kql", "spl"].flatMap { GoldenCase.all(in: $0) }
  private let workspace = Workspace(WorkspaceConfiguration())

  private func formatted(_ text: String, _ language: any FrontEnd) throws -> String {
    try language.formatted(SourceText(name: "query", text: text), in: workspace)
  }

  private func plans(kql text: String, _ golden: GoldenCase) throws -> [String] {
    try KQL.compile(SourceText(name: "query", text: text), environment: GoldenTests().environment(golden))
      .query.results.map { unlabelled($0.plan) }
  }

  private func plan(spl text: String, _ golden: GoldenCase) throws -> String {
    unlabelled(
      try SPL.compile(
        SourceText(name: "query", text: text), environment: GoldenTests().splEnvironment(golden)
      ).plan)
  }

  /// A plan without the words of the text that its lines end in.
  private func unlabelled(_ plan: LogicalPlan) -> String {
    plan.explanation.split(separator: "\n").map { line in
      line.firstRange(of: "  [").map { line[..<$0.lowerBound] } ?? line
    }.joined(separator: "\n")
  }

  @Test(arguments: cases) func `each case has the same plan, and is laid out once`(_ golden: GoldenCase)
    throws
  {
    if let text = golden.section("kql") {
      let once = try formatted(text, .kql)
      #expect(try formatted(once, .kql) == once)
      #expect(try plans(kql: once, golden) == plans(kql: text, golden), "\(once)")
    }
    if let text = golden.section("spl") {
      let once = try formatted(text, .spl)
      #expect(try formatted(once, .spl) == once)
      #expect(try plan(spl: once, golden) == plan(spl: text, golden), "\(once)")
    }
  }

  @Test(arguments: [
    (
      "let a = 5; T | where x == a // five\n| count",
      "let a = 5;\nT\n| where x == a // five\n| count\n"
    ),
    ("T|where a==1 and(b<2)|take 5", "T\n| where a == 1 and(b < 2)\n| take 5\n"),
    ("// head\n\nT\n\n\n// about it\n| count", "// head\n\nT\n\n// about it\n| count\n"),
    (
      "T | join kind=inner (U | where a == 1 | project b) on b",
      "T\n| join kind=inner (\n    U\n    | where a == 1\n    | project b\n) on b\n"
    ),
    ("T | join (U | take 1) on b", "T\n| join (U | take 1) on b\n"),
    (
      "let f = (a:string) { T | where b == a };\nf('x')",
      "let f = (a:string) { T | where b == a };\nf('x')\n"
    ),
    (
      "T | extend kind = case(isempty(aaaaaaaaaaaaaaaaaaaaaaaa), \"none\", bbbbbbbbbbbbbbbbbb > 10, \"many\", \"some or a few\")",
      "T\n| extend kind = case(\n    isempty(aaaaaaaaaaaaaaaaaaaaaaaa), \"none\",\n    bbbbbbbbbbbbbbbbbb > 10, \"many\",\n"
        + "    \"some or a few\"\n)\n"
    ),
    (
      "datatable(a:string, b:long)[\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\", 1, \"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\", 2]",
      "datatable(a:string, b:long)[\n    \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\", 1,\n"
        + "    \"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\", 2\n]\n"
    ),
    ("T | project a, // first\n b // last", "T\n| project a, // first\n          b // last\n"),
  ]) func `KQL is laid out`(_ text: String, _ expected: String) throws {
    #expect(try formatted(text, .kql) == expected)
  }

  @Test(arguments: [
    ("index=a  user=b|stats count  as n by user", "index=a user=b\n| stats count as n by user\n"),
    ("| `own_macro(a,\"b c\")` | table a,b", "| `own_macro(a,\"b c\")`\n| table a, b\n"),
    (
      "a=1 | stats count(eval( x=1 )) dc(user) as users by host",
      "a=1\n| stats count(eval( x=1 )) dc(user) as users by host\n"
    ),
    (
      "a=1 | append [search b=2 | stats count by c | where count>3]",
      "a=1\n| append [\n    search b=2\n    | stats count by c\n    | where count>3\n]\n"
    ),
    ("a=1 ```one\ntwo``` b=2 | head 3", "a=1 ```one\ntwo``` b=2\n| head 3\n"),
    ("```about``` \n a=1 | head 3", "```about```\na=1\n| head 3\n"),
    (
      "a=1 | rex field=b (?<c>x|y{1,3}) | makemv delim=, c",
      "a=1\n| rex field=b (?<c>x|y{1,3})\n| makemv delim=, c\n"
    ),
    ("don't | eval 'a b'=1+2", "don't\n| eval 'a b'=1+2\n"),
  ]) func `SPL is laid out`(_ text: String, _ expected: String) throws {
    #expect(try formatted(text, .spl) == expected)
  }

  @Test func `what cannot be read is not laid out`() {
    #expect(throws: QueryFailure.self) { try formatted("", .kql) }
    #expect(throws: QueryFailure.self) { try formatted("T | where (a == 1", .kql) }
    #expect(throws: QueryFailure.self) { try formatted("a=1 | stats count(", .spl) }
  }
}
