import Diagnostics
import Engine

extension SPLLowering {
  /// Aggregates of its group behind every row; a row that lacks a key stays without them.
  func lowerEventstats(_ command: StatsCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    fetchFollowing(in: &relation)
    guard let (keys, items) = grouping(command, in: &relation, at: span) else { return }
    let tests = textTests(of: command, items, in: &relation, at: span)
    append(EventStatsOperator(keys: keys, items: items + tests.map(\.item)), items, to: &relation, at: span)
    settle(tests, in: &relation, at: span)
  }

  /// Aggregates over the rows so far, or over the last few.
  func lowerStreamstats(_ command: StatsCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    let time = column("_time", in: &relation)
    let before = command.resetBefore.flatMap { parsedCondition($0, in: &relation) }
    let after = command.resetAfter.flatMap { parsedCondition($0, in: &relation) }
    let resetBefore = before.flatMap { condition($0, in: &relation) }
    guard let (keys, items) = grouping(command, in: &relation, at: span) else { return }
    let tests = textTests(of: command, items, in: &relation, at: span)
    var timeWindow: StreamStatsOperator.TimeWindow?
    if let syntax = command.options.timeSpan("time_window") {
      guard let step = step(syntax), case .ticks(let ticks) = step.width else {
        return report(SPLMessages.badSpan(syntax.text, at: syntax.span))
      }
      guard let time else { return report(SPLMessages.needsTime("time_window", at: syntax.span)) }
      timeWindow = StreamStatsOperator.TimeWindow(time: time.reference, ticks: ticks)
    }
    var runner = StreamStatsOperator(
      keys: keys, items: items + tests.map(\.item), current: command.current, window: command.window,
      isGlobal: command.global,
      resetsOnChange: command.options.boolean("reset_on_change") ?? false, timeWindow: timeWindow)
    runner.resetBefore = resetBefore
    if let after {
      // The condition sees what the operator makes, so it is worked out there.
      let names = Set(runner.made.map(\.name))
      let seen = relation.columns.map {
        names.contains($0.name) ? PlanColumn(id: $0.id, name: "", type: $0.type) : $0
      }
      var scratch = Relation(
        .project(
          Project(
            input: relation.plan,
            assignments: zip(seen, relation.columns).map { Assignment(column: $0, expression: $1.reference) }
              + runner.made.map { Assignment(column: $0, expression: .literal(.null, $0.type)) },
            origin: origin(span))))
      runner.resetAfter = condition(after, in: &scratch)
    }
    append(runner, items, to: &relation, at: span)
    settle(tests, in: &relation, at: span)
  }

  /// A condition in an option's text; the fields that it names are fetched.
  private func parsedCondition(
    _ literal: StringLiteralSyntax, in relation: inout Relation
  ) -> EvalExpressionSyntax? {
    let (expression, diagnostics) = SPLParser.expression(literal.value, at: literal.span)
    for diagnostic in diagnostics { report(diagnostic) }
    if diagnostics.contains(where: { $0.severity == .error }) { return nil }
    for name in MentionedFields.names(of: expression) { _ = column(name, in: &relation) }
    return expression
  }

  private func grouping(
    _ command: StatsCommandSyntax, in relation: inout Relation, at span: SourceSpan
  ) -> (keys: [Expression], items: [Aggregate.Item])? {
    var keys: [Expression] = []
    for grouping in command.groupings {
      guard let column = read(grouping.field, in: &relation) else {
        keys.append(.literal(.null, .string))
        continue
      }
      guard let value = binned(column, by: grouping) else { return nil }
      keys.append(value)
    }
    let names = command.groupings.map(\.field.name)
    return aggregates(command.aggregates, keyNames: names, in: &relation, at: span).map { (keys, $0) }
  }

  private func append(
    _ operation: some TabularOperator, _ items: [Aggregate.Item], to relation: inout Relation,
    at span: SourceSpan
  ) {
    let names = Set(operation.made.map(\.name))
    let replaced = Set(relation.columns.filter { names.contains($0.name) }.map(\.id))
    relation.plan = .tabular(
      TabularCall(inputs: [relation.plan], operator: operation, origin: origin(span)))
    keep(relation.columns.filter { !replaced.contains($0.id) }, in: &relation, at: span)
    relation.removed.subtract(names)
    capLists(items, in: &relation, at: span)
  }
}
