package import Diagnostics

/// `make-series n = count() default = 0 on t from a to b step 1h by k`.
package struct MakeSeriesSyntax: Hashable, Sendable {
  package struct Series: Hashable, Sendable {
    package var aggregate: NamedExpressionSyntax
    package var defaultValue: ExpressionSyntax?
  }

  package enum Range: Hashable, Sendable {
    /// `from a to b step s`; the end is not part of it.
    case steps(from: ExpressionSyntax?, to: ExpressionSyntax?, step: ExpressionSyntax)
    /// `in range(a, b, s)`; the end is part of it.
    case function([ArgumentSyntax])
  }

  package var options: [OptionSyntax]
  package var series: [Series]
  package var axis: NamedExpressionSyntax
  package var range: Range
  package var groups: [NamedExpressionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseMakeSeries(_ start: SourceSpan) -> MakeSeriesSyntax {
    let options = self.options(["kind"])
    let series = commaSeparated { parser in
      let aggregate = parser.namedExpression()
      var defaultValue: ExpressionSyntax?
      if parser.at("default"), parser.at(.assign, ahead: 1) {
        parser.cursor.advance()
        parser.cursor.advance()
        defaultValue = parser.expression()
      }
      return MakeSeriesSyntax.Series(aggregate: aggregate, defaultValue: defaultValue)
    }
    expect("on", after: "the aggregates")
    let axis = makeSeriesAxis()
    let range = makeSeriesRange()
    let groups = take("by") != nil ? commaSeparated { $0.namedExpression() } : []
    return MakeSeriesSyntax(
      options: options, series: series, axis: axis, range: range, groups: groups, span: span(from: start))
  }

  /// The axis, where `in` begins the range and is no operator.
  private func makeSeriesAxis() -> NamedExpressionSyntax {
    if atName(), at("in", ahead: nameLength()) {
      let name = self.name()
      return NamedExpressionSyntax(names: [], isTuple: false, value: .name(name), span: name.span)
    }
    return namedExpression()
  }

  private func makeSeriesRange() -> MakeSeriesSyntax.Range {
    if take("in") != nil {
      guard at("range"), at(.leftParenthesis, ahead: 1) else {
        reportExpected("`range(…)`", after: "in")
        return .function([])
      }
      let name = self.name()
      return .function(call(name).arguments)
    }
    let from = take("from") != nil ? expression() : nil
    let to = take("to") != nil ? expression() : nil
    guard expect("step", after: "the axis") else {
      return .steps(from: from, to: to, step: .error(.at(current.span.lowerBound)))
    }
    return .steps(from: from, to: to, step: expression())
  }
}
