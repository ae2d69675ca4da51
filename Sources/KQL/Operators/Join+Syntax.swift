package import Diagnostics

/// `join kind=inner (right) on a, $left.b == $right.c`, or `join kind=inner (right) where a has b`.
package struct JoinSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var right: PipelineSyntax
  package var conditions: [JoinConditionSyntax]
  /// What a pair of rows must satisfy, in place of equal columns.
  package var predicate: ExpressionSyntax?
  package var span: SourceSpan

  /// The value of `kind=`.
  package var kind: OptionSyntax? { options[named: "kind"] }
}

/// What two rows of a `join` or a `lookup` must have in common.
package indirect enum JoinConditionSyntax: Hashable, Sendable {
  /// A column that both sides have.
  case column(NameSyntax)
  /// `$left.a == $right.b`.
  case pair(left: NameSyntax, right: NameSyntax, span: SourceSpan)
  /// Anything else, which no join can have; lowering reports it.
  case other(ExpressionSyntax)

  init(_ expression: ExpressionSyntax) {
    if case .name(let name) = expression {
      self = .column(name)
    } else if case .binary(let comparison) = expression, comparison.op == .equal,
      let left = Self.column(of: "$left", comparison.left),
      let right = Self.column(of: "$right", comparison.right)
    {
      self = .pair(left: left, right: right, span: comparison.span)
    } else {
      self = .other(expression)
    }
  }

  /// The column of `$left.a`, also of `$left["a"]`.
  private static func column(of side: String, _ expression: ExpressionSyntax) -> NameSyntax? {
    switch expression {
    case .path(let path):
      if case .name(let base) = path.base, base.text == side { return path.member }
    case .index(let index):
      if case .name(let base) = index.base, base.text == side, case .literal(let literal) = index.index,
        let string = literal.string
      {
        return NameSyntax(string.value, string.span, isBracketed: true)
      }
    case .literal, .dynamic, .name, .star, .pattern, .call, .memberCall, .unary, .binary, .logical,
      .membership, .between, .typeof, .subquery, .error:
      break
    }
    return nil
  }

  package var span: SourceSpan {
    switch self {
    case .column(let name): name.span
    case .pair(_, _, let span): span
    case .other(let expression): expression.span
    }
  }
}

extension KQLParser {
  func parseJoin(_ start: SourceSpan) -> JoinSyntax {
    let options = self.options(["kind"])
    let right = operandPipeline()
    if take("where") != nil {
      let predicate = self.predicate()
      return JoinSyntax(
        options: options, right: right, conditions: [], predicate: predicate, span: span(from: start))
    }
    let conditions = joinConditions(of: "join")
    return JoinSyntax(options: options, right: right, conditions: conditions, span: span(from: start))
  }

  /// `on a, $left.b == $right.c and $left.d == $right.e`.
  func joinConditions(of operatorName: String) -> [JoinConditionSyntax] {
    guard take("on") != nil else {
      report(syntax: KQLMessages.joinWithoutOn(operatorName, found: describeCurrent, at: current.span))
      return []
    }
    return commaSeparated { parser -> [JoinConditionSyntax] in
      let condition = parser.predicate()
      if case .logical(let chain) = condition, chain.op == .and {
        return chain.operands.map(JoinConditionSyntax.init)
      }
      return [JoinConditionSyntax(condition)]
    }.flatMap { $0 }
  }
}
