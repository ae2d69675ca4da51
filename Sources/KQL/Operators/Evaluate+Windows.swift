import Diagnostics
import Engine

/// Plugins over windows of time that overlap.
extension KQLLowering {
  /// `sliding_window_counts(id, time, start, end, window, step, dimension, …)`.
  func lowerSlidingCounts(_ node: EvaluateSyntax, on input: Relation) -> Relation? {
    windows(
      node, on: input, measure: .counts, value: 0, time: 1, bounds: [2, 3, 4, 5], dimensions: 6,
      results: [("Count", .long), ("dcount", .long)])
  }

  /// `activity_metrics(id, time, start, end, step, dimension, …)`.
  func lowerActivityMetrics(_ node: EvaluateSyntax, on input: Relation) -> Relation? {
    windows(
      node, on: input, measure: .retention, value: 0, time: 1, bounds: [2, 3, 4, 4], dimensions: 5,
      results: [
        ("dcount_values", .long), ("dcount_newvalues", .long), ("retention_rate", .real),
        ("churn_rate", .real),
      ])
  }

  /// `activity_engagement(id, time, start, end, inner, outer, dimension, …)`, or without start and end.
  func lowerActivityEngagement(_ node: EvaluateSyntax, on input: Relation) -> Relation? {
    let hasRange = node.call.arguments.count > 4
    return windows(
      node, on: input, measure: .engagement, value: 0, time: 1,
      bounds: hasRange ? [2, 3, 5, 4] : [nil, nil, 3, 2],
      dimensions: hasRange ? 6 : 4,
      results: [
        ("dcount_activities_inner", .long), ("dcount_activities_outer", .long), ("activity_ratio", .real),
      ])
  }

  /// `rolling_percentile(value, percentage, time, step, steps, dimension, …)`.
  func lowerRollingPercentile(_ node: EvaluateSyntax, on input: Relation) -> Relation? {
    let arguments = node.call.arguments
    guard arguments.count >= 5 else {
      return fail(KQLMessages.argumentCount("rolling_percentile", "5 arguments or more", at: node.call.span))
    }
    guard let percentage = lowerConstant(arguments[1].value), let steps = lowerConstant(arguments[4].value),
      let value = lower(arguments[0].value, in: RowScope(input.columns))
    else { return nil }
    guard let share = percentage.number, (0...100).contains(share) else {
      return fail(KQLMessages.notConstant("rolling_percentile", at: arguments[1].span))
    }
    guard case .long(let count) = steps, (1...100_000).contains(count) else {
      return fail(KQLMessages.notConstant("rolling_percentile", at: arguments[4].span))
    }
    let shown = percentage.kqlText.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    let name = "rolling_\(count)_percentile_\(autoName(arguments[0].value) ?? "")_\(shown)"
    return windows(
      node, on: input, measure: .percentile(share), value: 0, time: 2, bounds: [nil, nil, 3, 3],
      windowFactor: count, dimensions: 5, results: [(name, value.type)])
  }

  /// - Parameter bounds: the arguments that hold the start, the end, the window and the step.
  private func windows(
    _ node: EvaluateSyntax, on input: Relation, measure: SlidingWindowOperator.Measure, value valuePlace: Int,
    time timePlace: Int, bounds: [Int?], windowFactor: Int64 = 1, dimensions: Int,
    results: [(name: String, type: DataType)]
  ) -> Relation? {
    let row = RowScope(input.columns)
    let arguments = node.call.arguments
    let name = node.call.function.text
    guard arguments.count >= dimensions else {
      return fail(KQLMessages.argumentCount(name, "\(dimensions) arguments or more", at: node.call.span))
    }
    guard let value = lower(arguments[valuePlace].value, in: row),
      let time = lower(arguments[timePlace].value, in: row)
    else { return nil }
    guard [.datetime, .timespan, .long, .int].contains(time.type) else {
      return fail(
        KQLMessages.argumentType(name, type: .datetime, given: time.type, at: arguments[timePlace].span))
    }
    let timeName = autoName(arguments[timePlace].value) ?? "Timestamp"
    var assignments = [Assignment(column: makeColumn(timeName, time.type), expression: time)]
    for argument in arguments.dropFirst(dimensions) {
      guard let dimension = lower(argument.value, in: row) else { return nil }
      let taken = Set(assignments.map(\.column.name))
      let column = makeColumn(autoName(argument.value) ?? anonymousName(taken: taken), dimension.type)
      assignments.append(Assignment(column: column, expression: dimension))
    }
    var limits: [Expression] = []
    for (position, place) in bounds.enumerated() {
      var bound = Expression.literal(.null, .long)
      if let place {
        guard let lowered = lower(arguments[place].value, in: .constant) else { return nil }
        bound = lowered
        if position == 2, windowFactor > 1 {
          guard
            let product = bind(
              "*", [lowered, .literal(.long(windowFactor), .long)], spans: [], at: node.span)
          else { return nil }
          bound = product
        }
      }
      limits.append(bound)
    }
    return Relation(
      .tabular(
        TabularCall(
          inputs: [input.plan],
          operator: SlidingWindowOperator(
            name: name, measure: measure, time: assignments[0], dimensions: Array(assignments.dropFirst()),
            value: value,
            limits: SlidingWindowOperator.Limits(
              start: limits[0], end: limits[1], window: limits[2], step: limits[3]),
            results: results.map { makeColumn($0.name, $0.type) }), origin: origin(node.span))))
  }

  /// `schema_merge(PreserveOrder)` over the rows of `getschema`.
  func lowerSchemaMerge(_ node: EvaluateSyntax, on input: Relation) -> Relation? {
    var keepsOrder = true
    if let argument = node.call.arguments.first {
      guard case .bool(let keeps)? = lowerConstant(argument.value) else {
        return fail(KQLMessages.notConstant("schema_merge", at: argument.span))
      }
      keepsOrder = keeps
    }
    var assignments: [Assignment] = []
    for name in ["ColumnName", "ColumnOrdinal", "DataType", "ColumnType"] {
      guard let column = column(NameSyntax(name, node.span), of: input) else { return nil }
      assignments.append(Assignment(column: makeColumn(name, column.type), expression: .column(column)))
    }
    return Relation(
      .tabular(
        TabularCall(
          inputs: [input.plan], operator: SchemaMergeOperator(fields: assignments, keepsOrder: keepsOrder),
          origin: origin(node.span))))
  }

  /// `dcount_intersect(a, b, …)`: the sizes of a, of a and b, of a, b and c, …
  func lowerCountIntersect(_ node: EvaluateSyntax, on input: Relation) -> Relation? {
    guard node.call.arguments.count >= 2 else {
      return fail(KQLMessages.argumentCount("dcount_intersect", "2 arguments or more", at: node.call.span))
    }
    var assignments: [Assignment] = []
    var common: Expression?
    for argument in node.call.arguments {
      guard let state = lower(argument.value, in: RowScope(input.columns)),
        let shared = common.map({ bind("set_intersect", [$0, state], spans: [], at: node.span) }) ?? state,
        let size = bind("dcount_hll", [shared], spans: [], at: node.span)
      else { return nil }
      common = shared
      assignments.append(
        Assignment(column: makeColumn("s\(assignments.count)", size.type), expression: size))
    }
    return Relation(
      .project(Project(input: input.plan, assignments: assignments, origin: origin(node.span))))
  }
}
