import Diagnostics
import Engine

extension KQLLowering {
  func lower(_ node: SortSyntax, on input: Relation) -> Relation? {
    sort(input, by: node.keys, limit: nil, at: node.span)
  }

  func lower(_ node: TopSyntax, on input: Relation) -> Relation? {
    guard let count = rowCount(node.count, of: "top") else { return nil }
    return sort(input, by: node.keys, limit: count, at: node.span)
  }

  func sort(_ input: Relation, by nodes: [OrderKeySyntax], limit: Int?, at span: SourceSpan) -> Relation? {
    var keys: [Sort.Key] = []
    for node in nodes {
      guard let expression = lower(node.expression.value, in: RowScope(input.columns)) else { return nil }
      if expression.type == .dynamic {
        return fail(KQLMessages.dynamicKey(autoName(node.expression.value) ?? "", of: "sort", at: node.span))
      }
      let descending = node.direction != .asc
      keys.append(
        Sort.Key(
          expression: expression, descending: descending,
          nullsFirst: node.nulls.map { $0 == .first } ?? !descending))
    }
    var result = input.with(.sort(Sort(input: input.plan, keys: keys, limit: limit, origin: origin(span))))
    result.isSerialized = true
    return result
  }
}
