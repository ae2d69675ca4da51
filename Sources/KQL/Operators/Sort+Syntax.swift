package import Diagnostics

/// `sort by a desc nulls last, b`, also spelt `order by`.
package struct SortSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var keys: [OrderKeySyntax]
  package var span: SourceSpan
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
