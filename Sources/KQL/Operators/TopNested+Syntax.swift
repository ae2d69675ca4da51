package import Diagnostics

/// `top-nested 3 of a with others = "rest" by count(), top-nested 2 of b by sum(x)`.
package struct TopNestedSyntax: Hashable, Sendable {
  package struct Level: Hashable, Sendable {
    /// Nil for all values.
    package var count: ExpressionSyntax?
    package var value: NamedExpressionSyntax
    package var others: ExpressionSyntax?
    package var aggregate: OrderKeySyntax
    package var span: SourceSpan
  }

  package var levels: [Level]
  package var span: SourceSpan
}

extension KQLParser {
  func parseTopNested(_ start: SourceSpan) -> TopNestedSyntax {
    var levels = [topNestedLevel(start)]
    while at(.comma) {
      cursor.advance()
      let levelStart = current.span
      if let word = operatorWord(), word.text == "top-nested" {
        cursor.rewind(to: cursor.index + word.tokenCount)
      } else {
        reportExpected("`top-nested`", after: ",")
        break
      }
      levels.append(topNestedLevel(levelStart))
    }
    return TopNestedSyntax(levels: levels, span: span(from: start))
  }

  private func topNestedLevel(_ start: SourceSpan) -> TopNestedSyntax.Level {
    let count = at("of") ? nil : expression()
    expect("of", after: "top-nested")
    let value = namedExpression()
    var others: ExpressionSyntax?
    if take("with") != nil {
      expect("others", after: "with")
      expect(.assign, after: "others")
      others = expression()
    }
    expect("by", after: "the column")
    return TopNestedSyntax.Level(
      count: count, value: value, others: others, aggregate: orderKey(), span: span(from: start))
  }
}
