import Diagnostics
import Engine

extension KQLLowering {
  func lower(_ node: DistinctSyntax, on input: Relation) -> Relation? {
    guard let keys = assignments(node.columns, in: RowScope(input.columns)),
      checkKeys(keys, of: "distinct", at: node.columns.map(\.span))
    else { return nil }
    return Relation(
      .aggregate(Aggregate(input: input.plan, keys: keys, items: [], origin: origin(node.span))))
  }

  /// Keys must be scalars; `distinct *` may hold dynamic columns.
  func checkKeys(_ keys: [Assignment], of operatorName: String, at spans: [SourceSpan]) -> Bool {
    guard keys.count == spans.count else { return true }
    for (key, span) in zip(keys, spans) where key.expression.type == .dynamic {
      report(KQLMessages.dynamicKey(key.column.name, of: operatorName, at: span))
      return false
    }
    return true
  }
}
