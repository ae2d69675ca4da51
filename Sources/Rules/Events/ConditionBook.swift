import Diagnostics
import Engine
import Session

/// The conditions of a rule, each under one number however often its text is read.
final class ConditionBook {
  private let source: SourceText
  private(set) var conditions: [RuleCondition] = []

  private var groups = 0

  init(_ source: SourceText) { self.source = source }

  func goals(of filter: Filter) -> [ConditionGoal] {
    filter.predicate.conjuncts.compactMap { conjunct in
      if case .literal(.bool(true), _) = conjunct { return nil }
      return ConditionGoal(
        goal: .holds(conjunct),
        condition: condition(
          .filter, StageOutline.text(of: conjunct), span(of: conjunct) ?? filter.origin.span))
    }
  }

  func condition(on join: Join, _ key: Join.Key) -> RuleCondition {
    let left = key.left.explanation
    let right = key.right.explanation
    return condition(
      .join, left == right ? "join on \(left)" : "join on \(left) == \(right)", join.origin.span)
  }

  /// A number for the groups of one aggregation.
  func nextGroup() -> Int {
    groups += 1
    return groups
  }

  private func condition(_ kind: RuleCondition.Kind, _ text: String, _ span: SourceSpan?) -> RuleCondition {
    if let known = conditions.first(where: { $0.kind == kind && $0.text == text && $0.span == span }) {
      return known
    }
    let made = RuleCondition(
      id: conditions.count, kind: kind, text: text, span: span,
      line: span.map { source.position(of: $0.lowerBound).line })
    conditions.append(made)
    return made
  }

  private func span(of expression: Expression) -> SourceSpan? {
    switch expression {
    case .call(let call): call.span
    case .literal, .column, .conditional, .subquery, .binding: nil
    }
  }
}
