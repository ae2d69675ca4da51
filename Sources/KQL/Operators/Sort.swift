package import Diagnostics
import Engine

/// `sort by a desc nulls last, b`, also spelt `order by`.
package struct SortSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var keys: [OrderKeySyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["sort", "order"],
    syntax: "T | sort by EXPRESSION [asc|desc] [nulls first|last], …",
    summary: "Puts the rows in order.",
    notes: [
      "Descending where nothing is said.",
      "Nulls: last of a descending order, first of an ascending one, unless said otherwise.",
    ],
    examples: [
      .kqlQuery(
        "datatable(a:long)[2, 3, 1] | sort by a asc",
        gives: "1, 2, 3")
    ],
    stage: { .sort($0.parseSort($1)) })
}

extension KQLParser {
  func parseSort(_ start: SourceSpan) -> SortSyntax {
    let options = self.options([])
    if take("by") == nil {
      report(syntax: KQLMessages.sortWithoutBy(found: describeCurrent, at: current.span))
      return SortSyntax(options: options, keys: [], span: span(from: start))
    }
    return SortSyntax(options: options, keys: commaSeparated { $0.orderKey() }, span: span(from: start))
  }

  /// `x desc nulls last`.
  func orderKey() -> OrderKeySyntax {
    let start = currentSpan
    let expression = namedExpression()
    var direction: OrderKeySyntax.Direction?
    if let word = current.word, let value = OrderKeySyntax.Direction(rawValue: word) {
      direction = value
      cursor.advance()
    } else if let word = current.word, ["descending", "ascending", "DESC", "ASC"].contains(word) {
      let short = word.lowercased().hasPrefix("desc") ? OrderKeySyntax.Direction.desc : .asc
      report(KQLMessages.unknownDirection(word, meant: short.rawValue, at: current.span))
      direction = short
      cursor.advance()
    }
    var nulls: OrderKeySyntax.Nulls?
    if take("nulls") != nil {
      nulls = current.word.flatMap(OrderKeySyntax.Nulls.init(rawValue:))
      if nulls == nil { reportExpected("`first` or `last`", after: "nulls") } else { cursor.advance() }
    }
    return OrderKeySyntax(
      expression: expression, direction: direction, nulls: nulls, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: SortSyntax, on input: Relation) -> Relation? {
    sort(input, by: node.keys, limit: nil, at: node.span)
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
