import Diagnostics
import Engine

extension KQLLowering {
  /// `pivot(column, aggregate, keep, …)`: a column for each value of a column.
  func lowerPivot(_ node: EvaluateSyntax, on input: Relation) -> Relation? {
    let arguments = node.call.arguments
    guard let first = arguments.first else {
      return fail(KQLMessages.argumentCount("pivot", "a column", at: node.call.span))
    }
    guard let lowered = lower(first.value, in: RowScope(input.columns)) else { return nil }
    guard case .column(let pivot) = lowered else { return fail(KQLMessages.pivotColumn(at: first.span)) }
    let call: CallSyntax
    if arguments.count > 1 {
      guard case .call(let given) = arguments[1].value else {
        return fail(KQLMessages.pivotColumn(at: arguments[1].span))
      }
      call = given
    } else {
      call = CallSyntax(
        function: NameSyntax("count", node.call.function.span), arguments: [], span: node.call.function.span)
    }
    guard let groups = pivotGroups(arguments.dropFirst(2), call: call, pivot: pivot, on: input) else {
      return nil
    }
    // First a row for each group and value, then the values side by side.
    let keys = groups.map { Assignment(column: makeColumn($0.name, $0.type), expression: .column($0)) }
    let value = makeColumn(pivot.name, .string)
    let text = Coercion.cast(.column(pivot), to: .string, dialect: .kql)
    let named = NamedExpressionSyntax(names: [], isTuple: false, value: .call(call), span: call.span)
    let all = keys + [Assignment(column: value, expression: text)]
    guard let summary = lowerAggregates([named], in: RowScope(input.columns), keys: all),
      let output = summary.outputs.first
    else { return nil }
    let long = LogicalPlan.project(
      Project(
        input: .aggregate(
          Aggregate(input: input.plan, keys: all, items: summary.collector.items, origin: origin(node.span))),
        assignments: all.map { Assignment(keeping: $0.column) } + [output], origin: origin(node.span)))
    guard let values = pivotValues(node, pivot: text, on: input) else { return nil }
    return spread(
      long, keys: keys.map(\.column), value: value, cell: output.column, values: values, at: node.span)
  }

  /// The columns that stay: those named, else all that the pivot and its aggregate do not use.
  private func pivotGroups(
    _ arguments: ArraySlice<ArgumentSyntax>, call: CallSyntax, pivot: PlanColumn, on input: Relation
  ) -> [PlanColumn]? {
    if !arguments.isEmpty {
      var columns: [PlanColumn] = []
      for argument in arguments {
        guard let lowered = lower(argument.value, in: RowScope(input.columns)) else { return nil }
        guard case .column(let column) = lowered else {
          return fail(KQLMessages.pivotColumn(at: argument.span))
        }
        columns.append(column)
      }
      return columns
    }
    var used: Set<ColumnID> = [pivot.id]
    for argument in call.arguments {
      guard let lowered = lower(argument.value, in: RowScope(input.columns)) else { return nil }
      used.formUnion(lowered.columns)
    }
    return input.columns.filter { !used.contains($0.id) }
  }

  private func pivotValues(_ node: EvaluateSyntax, pivot text: Expression, on input: Relation) -> [Field]? {
    if let schema = node.schema { return fields(of: schema.columns) }
    let distinct = LogicalPlan.aggregate(
      Aggregate(
        input: input.plan, keys: [Assignment(column: makeColumn("value", .string), expression: text)],
        items: [],
        origin: origin(node.span)))
    guard let table = ask(distinct, for: "pivot", at: node.span) else { return nil }
    let names = (0..<table.rowCount).map { table.value(row: $0, column: 0).kqlText }
    return Set(names).sorted { $0.precedes($1) }
      .map { Field($0, .dynamic) }
  }

  private func spread(
    _ long: LogicalPlan, keys: [PlanColumn], value: PlanColumn, cell: PlanColumn, values: [Field],
    at span: SourceSpan
  ) -> Relation? {
    guard let pick = AggregateCatalog.function("take_anyif", in: .kql) else {
      return fail(KQLMessages.unsupportedFunction("take_anyif", at: span))
    }
    let groups = keys.map { Assignment(column: makeColumn($0.name, $0.type), expression: .column($0)) }
    let keyNames = Set(keys.map(\.name))
    var items: [Aggregate.Item] = []
    var outputs = groups.map { Assignment(keeping: $0.column) }
    for field in values where !keyNames.contains(field.name) {
      guard
        let test = bind("==", [.column(value), .literal(.string(field.name), .string)], spans: [], at: span)
      else { return nil }
      let picked = makeColumn(field.name, cell.type)
      items.append(
        Aggregate.Item(
          outputs: [picked],
          call: AggregateCall(
            function: pick, arguments: [.column(cell), test], types: [cell.type, .bool], dialect: .kql)))
      var expression = Expression.column(picked)
      if cell.type.isNumeric {
        let zero = ValueConversion.convert(.long(0), to: cell.type)
        guard let filled = bind("coalesce", [expression, .literal(zero, cell.type)], spans: [], at: span)
        else {
          return nil
        }
        expression = filled
      }
      outputs.append(Assignment(column: makeColumn(field.name, expression.type), expression: expression))
    }
    let aggregate = LogicalPlan.aggregate(
      Aggregate(input: long, keys: groups, items: items, origin: origin(span)))
    return Relation(.project(Project(input: aggregate, assignments: outputs, origin: origin(span))))
  }
}
