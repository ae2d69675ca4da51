import Diagnostics
import Engine

extension SPLLowering {
  /// Aggregates of its group behind every row; a row that lacks a key stays without them.
  func lowerEventstats(_ command: StatsCommandSyntax, in relation: Relation, at span: SourceSpan) {
    refuseTrue("allnum", in: command.options, of: "eventstats")
    fetchFollowing(in: relation)
    guard let prepared = prepare(command, in: relation, at: span) else { return }
    append(EventStatsOperator(prepared.aggregates), prepared, to: relation, at: span)
  }

  /// Aggregates over the rows so far, or over the last few.
  func lowerStreamstats(_ command: StatsCommandSyntax, in relation: Relation, at span: SourceSpan) {
    refuseTrue("allnum", in: command.options, of: "streamstats")
    let time = column("_time", in: relation)
    let before = command.resetBefore.flatMap { parsedCondition($0, in: relation) }
    let after = command.resetAfter.flatMap { parsedCondition($0, in: relation) }
    let resetBefore = before.flatMap { condition($0, in: relation) }
    guard var prepared = prepare(command, in: relation, at: span) else { return }
    var timeWindow: (column: Int, ticks: Int64)?
    if let syntax = command.options.timeSpan("time_window") {
      guard let step = step(syntax), case .ticks(let ticks) = step.width else {
        return report(SPLMessages.badSpan(syntax.text, syntax.span))
      }
      guard let time, let place = relation.columns.firstIndex(where: { $0.id == time.id }) else {
        return report(SPLMessages.needsTime("time_window", syntax.span))
      }
      timeWindow = (place, ticks)
    }
    var runner = StreamStatsOperator(
      prepared.aggregates, current: command.current, window: command.window, isGlobal: command.global,
      resetsOnChange: command.options.boolean("reset_on_change") ?? false, timeWindow: timeWindow)
    if let resetBefore {
      let column = makeColumn("", .bool)
      runner.resetBefore = relation.columns.count
      relation.plan = .project(
        Project(
          input: relation.plan,
          assignments: relation.columns.map { Assignment(keeping: $0) }
            + [Assignment(column: column, expression: resetBefore)], origin: origin(span)))
      prepared.helpers.append(column)
    }
    if let after {
      // The condition sees what the operator makes, so it is worked out there.
      let outputs = prepared.outputs.map {
        Assignment(column: $0, expression: .literal(.null, $0.type))
      }
      let names = Set(prepared.outputs.map(\.name))
      let seen = relation.columns.map {
        names.contains($0.name) ? PlanColumn(id: $0.id, name: "", type: $0.type) : $0
      }
      let scratch = Relation(
        .project(
          Project(
            input: relation.plan,
            assignments: zip(seen, relation.columns).map { Assignment(column: $0, expression: $1.reference) }
              + outputs,
            origin: origin(span))))
      if let condition = condition(after, in: scratch) {
        runner.resetAfter = StreamStatsOperator.ResetCondition(
          condition, over: relation.columns + prepared.outputs)
      }
    }
    append(runner, prepared, to: relation, at: span)
  }

  /// A condition in an option's text; the fields that it names are fetched.
  private func parsedCondition(
    _ literal: StringLiteralSyntax, in relation: Relation
  ) -> EvalExpressionSyntax? {
    let (expression, diagnostics) = SPLParser.expression(literal.value, at: literal.span)
    for diagnostic in diagnostics { report(diagnostic) }
    if diagnostics.contains(where: { $0.severity == .error }) { return nil }
    for name in MentionedFields.names(of: expression) { _ = column(name, in: relation) }
    return expression
  }

  private struct Prepared {
    var aggregates: GroupedAggregates
    var items: [Aggregate.Item]
    var outputs: [PlanColumn]
    /// Columns that hold keys and arguments, to go again.
    var helpers: [PlanColumn]
  }

  /// Puts keys and arguments behind the columns, where an operator finds them by place.
  private func prepare(_ command: StatsCommandSyntax, in relation: Relation, at span: SourceSpan) -> Prepared?

  {
    let keyNames = command.groupings.map(\.field.name)
    var keys: [Expression] = []
    for grouping in command.groupings {
      guard let column = read(grouping.field, in: relation) else {
        keys.append(.literal(.null, .string))
        continue
      }
      var value = column.reference
      if let timeSpan = grouping.timeSpan, let step = step(timeSpan) {
        value = call(SPLRowFunctions.timeBin(step), [value], as: value.type)
      }
      keys.append(value)
    }
    guard let items = aggregates(command.aggregates, keyNames: keyNames, in: relation, at: span) else {
      return nil
    }
    var assignments = relation.columns.map { Assignment(keeping: $0) }
    var helpers: [PlanColumn] = []
    func place(of expression: Expression) -> Int {
      let column = makeColumn("", expression.type)
      helpers.append(column)
      assignments.append(Assignment(column: column, expression: expression))
      return assignments.count - 1
    }
    let keyPlaces = keys.map(place)
    let grouped = items.map { item in
      GroupedAggregates.Item(
        function: item.call.function, arguments: item.call.arguments.map(place), types: item.call.types,
        constants: item.call.arguments.map(\.constantValue), result: item.outputs[0].type)
    }
    relation.plan = .project(Project(input: relation.plan, assignments: assignments, origin: origin(span)))
    return Prepared(
      aggregates: GroupedAggregates(keys: keyPlaces, items: grouped), items: items,
      outputs: items.map { $0.outputs[0] },
      helpers: helpers)
  }

  private func append(
    _ operation: some PassingOperator, _ prepared: Prepared, to relation: Relation, at span: SourceSpan
  ) {
    let names = Set(prepared.outputs.map(\.name))
    let dropped = Set(
      prepared.helpers.map(\.id) + relation.columns.filter { names.contains($0.name) }.map(\.id))
    relation.plan = .tabular(
      TabularCall(
        inputs: [relation.plan], operator: operation, columns: relation.columns + prepared.outputs,
        origin: origin(span)))
    keep(relation.columns.filter { !dropped.contains($0.id) }, in: relation, at: span)
    relation.removed.subtract(names)
    capLists(prepared.items, in: relation, at: span)
  }
}
