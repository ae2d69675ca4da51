package import Diagnostics
import Engine

/// `count`: one row with the number of rows, in a column `Count` or the name behind `as`.
package struct CountSyntax: Hashable, Sendable {
  package var name: NameSyntax?
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["count"],
    syntax: "T | count [as NAME]",
    summary: "Counts the rows, in one row with the column `Count`.",
    examples: [
      .kqlQuery(
        "datatable(a:long)[5, 6] | count",
        gives: "2")
    ],
    stage: { .count($0.parseCount($1)) })
}

extension KQLParser {
  func parseCount(_ start: SourceSpan) -> CountSyntax {
    var name: NameSyntax?
    if take("as") != nil { name = self.name("a column's name", after: "as", as: .newColumn) }
    return CountSyntax(name: name, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: CountSyntax, on input: Relation) -> Relation? {
    guard let count = AggregateCatalog.function("count", in: .kql) else {
      return fail(KQLMessages.unsupportedFunction("count", at: node.span))
    }
    let output = makeColumn(node.name?.text ?? "Count", .long)
    let call = AggregateCall(function: count, arguments: [], types: [], dialect: .kql)
    return Relation(
      .aggregate(
        Aggregate(
          input: input.plan, keys: [], items: [Aggregate.Item(outputs: [output], call: call)],
          origin: origin(node.span))))
  }
}
