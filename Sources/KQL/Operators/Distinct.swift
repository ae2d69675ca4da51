package import Diagnostics
import Engine

/// `distinct a, f(b)` or `distinct *`.
package struct DistinctSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  /// Of `*` the value is `.star`.
  package var columns: [NamedExpressionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["distinct"],
    syntax: "T | distinct COLUMN, …   or   T | distinct *",
    summary: "Gives each combination of values once.",
    examples: [
      .kqlQuery(
        "datatable(a:long)[1, 1, 2] | distinct a | sort by a asc",
        gives: "1, 2")
    ],
    stage: { .distinct($0.parseDistinct($1)) })
}

extension KQLParser {
  func parseDistinct(_ start: SourceSpan) -> DistinctSyntax {
    let options = self.options([])
    let columns = commaSeparated { $0.namedExpression() }
    return DistinctSyntax(options: options, columns: columns, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: DistinctSyntax, on input: Relation) -> Relation? {
    guard let keys = assignments(node.columns, in: RowScope(input.columns)),
      checkKeys(keys, of: "distinct", at: node.columns.map(\.span))
    else { return nil }
    return Relation(
      .aggregate(Aggregate(input: input.plan, keys: keys, items: [], origin: origin(node.span))))
  }

  /// Keys must be scalars.
  func checkKeys(_ keys: [Assignment], of operatorName: String, at spans: [SourceSpan]) -> Bool {
    for (index, key) in keys.enumerated() where key.expression.type == .dynamic {
      // A star stands for several keys.
      let span = keys.count == spans.count ? spans[index] : spans.first ?? .at(0)
      guard permits(KQLMessages.dynamicKey(key.column.name, of: operatorName, canBeRun: true, at: span))
      else { return false }
    }
    return true
  }
}
