package import Diagnostics

/// A constant that a query gives a name, which goes along into the other language where that has names for it.
///
/// ```
///   let threshold = 5;            | eval threshold=5
///   T | where n > threshold       | where n>threshold
/// ```
package struct NamedConstant: Hashable, Sendable {
  package var name: String
  package var value: Value
  /// Where it gets its name.
  package var span: SourceSpan
  /// Where the query reads it.
  package var uses: [SourceSpan]

  package init(name: String, value: Value, span: SourceSpan, uses: [SourceSpan]) {
    self.name = name
    self.value = value
    self.span = span
    self.uses = uses
  }
}

extension [NamedConstant] {
  /// The one that a stage reads as this value.
  ///
  /// Any literal of that value may be it: the stage is the same with either.
  package func named(_ value: Value, in stage: SourceSpan?) -> NamedConstant? {
    guard let stage else { return nil }
    return first { constant in
      constant.value == value
        && constant.uses.contains { $0.lowerBound >= stage.lowerBound && $0.upperBound <= stage.upperBound }
    }
  }
}

/// A scalar that a query gives a name, as it stands in the plan.
package struct NamedScalar: Sendable {
  package var name: String
  package var expression: Expression
  /// Where it gets its name.
  package var span: SourceSpan
  /// Where the query reads it.
  package var uses: [SourceSpan] = []

  package init(name: String, expression: Expression, span: SourceSpan) {
    self.name = name
    self.expression = expression
    self.span = span
  }

  /// Nil for what only a run tells, and for null.
  package var constant: NamedConstant? {
    let folded = expression.rewritten { node in
      guard case .call(let call) = node, call.function.stability == .immutable else { return node }
      do throws(ExecutionFailure) {
        return .literal(try ConstantFolding.value(of: node, now: nil), call.type)
      } catch {
        // It reads something, or fails with these arguments, as it will where it runs.
        return node
      }
    }
    guard case .literal(let value, _) = folded, !value.isNull else { return nil }
    return NamedConstant(name: name, value: value, span: span, uses: uses)
  }
}
