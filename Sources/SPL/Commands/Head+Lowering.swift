import Diagnostics
import Engine

extension SPLLowering {
  func lower(_ command: HeadCommandSyntax, in relation: Relation, at span: SourceSpan) {
    if let condition = command.condition, let predicate = self.condition(condition, in: relation) {
      let made = window(
        [
          (
            SPLWindowFunctions.unbroken(keepLast: command.keepLast, keepNull: command.keepNull), [predicate],
            .bool
          )
        ], in: relation, at: span)
      if let kept = made.first { filter(relation, by: kept.reference, at: span) }
      drop(made, in: relation, at: span)
    }
    if let count = command.count ?? (command.condition == nil ? 10 : nil) {
      relation.plan = .limit(Limit(input: relation.plan, count: max(0, count), origin: origin(span)))
    }
  }

  /// The last rows, last first.
  func lower(_ command: TailCommandSyntax, in relation: Relation, at span: SourceSpan) {
    let place = window([(SPLWindowFunctions.place, [], .long)], in: relation, at: span)
    guard let key = place.first else { return }
    relation.plan = .sort(
      Sort(
        input: relation.plan,
        keys: [Sort.Key(expression: key.reference, descending: true, nullsFirst: false)],
        limit: max(0, command.count), origin: origin(span)))
    drop(place, in: relation, at: span)
  }

  func reverse(_ relation: Relation, at span: SourceSpan) {
    let place = window([(SPLWindowFunctions.place, [], .long)], in: relation, at: span)
    guard let key = place.first else { return }
    relation.plan = .sort(
      Sort(
        input: relation.plan,
        keys: [Sort.Key(expression: key.reference, descending: true, nullsFirst: false)],
        origin: origin(span)))
    drop(place, in: relation, at: span)
  }
}
