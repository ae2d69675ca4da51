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
  /// Where the query has the same value without this name.
  package var rivals: [SourceSpan]

  package init(
    name: String, value: Value, span: SourceSpan, uses: [SourceSpan], rivals: [SourceSpan] = []
  ) {
    self.name = name
    self.value = value
    self.span = span
    self.uses = uses
    self.rivals = rivals
  }

  /// How often a stage reads it; 0 where the stage has that value from elsewhere too.
  fileprivate func useCount(in stage: SourceSpan) -> Int {
    rivals.contains { $0.stands(in: stage) } ? 0 : uses.count { $0.stands(in: stage) }
  }
}

extension SourceSpan {
  fileprivate func stands(in stage: SourceSpan) -> Bool {
    lowerBound >= stage.lowerBound && upperBound <= stage.upperBound
  }
}

extension [NamedConstant] {
  /// The one that a stage reads as this value, wherever it has the value.
  package func named(_ value: Value, in stage: SourceSpan?) -> NamedConstant? {
    guard let stage else { return nil }
    return first { $0.value == value && $0.useCount(in: stage) > 0 }
  }

  /// Without their uses in stages of a plan that have the value more often than they read it: some is worked out.
  ///
  /// ```
  ///   let most = 5; T | where a > most and b > 2 + 3
  /// ```
  package func unmistakable(in plan: LogicalPlan) -> [NamedConstant] {
    if isEmpty { return [] }
    let values = Set(map(\.value))
    var counts: [SourceSpan: [Value: Int]] = [:]
    plan.forEachNode { node in
      guard let span = node.origin.span else { return }
      for expression in node.expressions { expression.countLiterals(values, &counts[span, default: [:]]) }
    }
    return map { constant in
      var constant = constant
      for (span, found) in counts where found[constant.value, default: 0] > constant.useCount(in: span) {
        constant.uses.removeAll { $0.stands(in: span) }
      }
      return constant
    }
  }
}

extension Expression {
  fileprivate func countLiterals(_ wanted: Set<Value>, _ counts: inout [Value: Int]) {
    if case .literal(let value, _) = self, wanted.contains(value) { counts[value, default: 0] += 1 }
    for operand in operands { operand.countLiterals(wanted, &counts) }
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
  /// The literals of the query, but for those of definitions.
  package var literals: [WrittenLiteral] = []

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
    return NamedConstant(
      name: name, value: value, span: span, uses: uses,
      rivals: literals.filter { $0.value == value }.map(\.span))
  }
}

/// A constant as it stands in a query.
package struct WrittenLiteral: Sendable {
  package var value: Value
  package var span: SourceSpan

  package init(_ value: Value, _ span: SourceSpan) {
    self.value = value
    self.span = span
  }
}
