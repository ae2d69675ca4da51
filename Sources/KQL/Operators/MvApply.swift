package import Diagnostics
import Engine

/// `mv-apply e = x to typeof(string) on (where e has "a" | summarize n = count())`.
package struct MvApplySyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var columns: [ExpandedColumnSyntax]
  package var limit: ExpressionSyntax?
  /// Its source is `.implicit` where it begins with an operator.
  package var subquery: PipelineSyntax
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["mv-apply"], old: ["mvapply"],
    syntax: "T | mv-apply [NAME =] ARRAY [to typeof(TYPE)], … on (OPERATORS)",
    summary: "Runs operators over the elements of an array, for each row by itself.",
    examples: [
      .kqlQuery(
        "datatable(a:dynamic)[dynamic([3, 1, 2])] | mv-apply e = a to typeof(long) on (top 1 by e "
          + "desc)",
        gives: "3")
    ],
    stage: { .mvApply($0.parseMvApply($1)) })
}

extension KQLParser {
  func parseMvApply(_ start: SourceSpan) -> MvApplySyntax {
    let options = self.options(["with_itemindex"])
    let columns = commaSeparated { $0.expandedColumn() }
    let limit = take("limit") != nil ? expression() : nil
    expect("on", after: "the expanded columns")
    let subquery = parenthesizedPipeline(isInner: true)
    return MvApplySyntax(
      options: options, columns: columns, limit: limit, subquery: subquery, span: span(from: start))
  }
}

extension KQLLowering {
  /// Expands arrays, and runs the subquery on the elements of each row by themselves.
  func lower(_ node: MvApplySyntax, on input: Relation) -> Relation? {
    var limit: Int?
    if let expression = node.limit {
      guard let count = rowCount(expression, of: "mv-apply") else { return nil }
      limit = count
    }
    guard
      let (numbered, number) = numberRows(input, at: node.span),
      let expanded = expand(
        numbered, columns: node.columns, options: node.options, limit: limit, replaces: true, at: node.span)
    else { return nil }
    let inner = expanded.columns.filter { $0.id != number.id }
    // What the expansion leaves as it was goes along with whatever the subquery gives.
    let expandedIDs = Set(expanded.columns.map(\.id))
    let carried = input.columns.filter { expandedIDs.contains($0.id) }
    let argument = makeNumber()
    guard
      let result = lower(
        node.subquery, over: .argument(Argument(id: argument, columns: inner + [number])), seen: inner)
    else { return nil }
    let plan: LogicalPlan
    if let direct = rowwise(result.plan, over: expanded.plan, argument: argument, keeping: carried) {
      plan = direct
    } else {
      let kept = carried.map { column in (column, makeColumn(column.name, column.type)) }
      // The subplan may pass a carried column on under its own id: the carried ones get ids of their own.
      let renamed = LogicalPlan.project(
        Project(
          input: expanded.plan,
          assignments: expanded.columns.map { Assignment(keeping: $0) }
            + kept.map { Assignment(column: $0.1, expression: .column($0.0)) },
          origin: origin(node.span)))
      let apply = LogicalPlan.apply(
        Apply(
          input: renamed, keys: [.column(number)], argumentID: argument,
          subplan: result.plan.rebinding(argument: argument, to: renamed.columns), carried: kept.map(\.1),
          origin: origin(node.span)))
      return merged(carried: kept.map(\.1), result: result.columns, plan: apply, at: node.span)
    }
    return merged(carried: carried, result: result.columns, plan: plan, at: node.span)
  }

  /// Lowers the subquery of `mv-apply`, `partition` and their like over the rows that it is given.
  func lower(_ subquery: PipelineSyntax, over plan: LogicalPlan, seen columns: [PlanColumn]) -> Relation? {
    let outer = implicitInput
    defer { implicitInput = outer }
    // The subquery sees the columns that the query has, not those of the plan's own making.
    let visible = LogicalPlan.project(
      Project(
        input: plan, assignments: columns.map { Assignment(keeping: $0) },
        origin: PlanOrigin(label: "rows of the group")))
    implicitInput = Relation(columns.map(\.id) == plan.columns.map(\.id) ? plan : visible, isSerialized: true)
    // What the subquery names with `as` is rows of a group, which mean nothing outside.
    return inScope(LetScope(parent: scope, source: scope.source)) { lower(subquery) }
  }

  func numberRows(_ input: Relation, at span: SourceSpan) -> (Relation, PlanColumn)? {
    guard let function = WindowFunctionCatalog.function("row_number", in: .kql) else { return nil }
    let column = makeColumn("\u{0}row", .long)
    let window = Window(
      input: input.plan,
      items: [Window.Item(column: column, function: function, arguments: [], dialect: .kql)],
      origin: origin(span))
    return (input.with(.window(window)), column)
  }

  /// The columns of the input, then the others of the result; one of an equal name takes the input's place.
  private func merged(
    carried: [PlanColumn], result: [PlanColumn], plan: LogicalPlan, at span: SourceSpan
  ) -> Relation? {
    var outputs = carried
    for column in result {
      if let place = outputs.firstIndex(where: { $0.name == column.name }) {
        outputs[place] = column
      } else {
        outputs.append(column)
      }
    }
    return Relation(
      .project(
        Project(input: plan, assignments: outputs.map { Assignment(keeping: $0) }, origin: origin(span))))
  }

  /// A subplan that looks at one row at a time needs no groups: it runs over all rows at once.
  private func rowwise(
    _ plan: LogicalPlan, over input: LogicalPlan, argument: Int, keeping carried: [PlanColumn]
  ) -> LogicalPlan? {
    switch plan {
    case .argument(let node): return node.id == argument ? input : nil
    case .filter(var filter):
      guard let inner = rowwise(filter.input, over: input, argument: argument, keeping: carried) else {
        return nil
      }
      filter.input = inner
      return .filter(filter)
    case .project(var project):
      guard let inner = rowwise(project.input, over: input, argument: argument, keeping: carried) else {
        return nil
      }
      project.input = inner
      let present = Set(project.assignments.map(\.column.id))
      project.assignments += carried.filter { !present.contains($0.id) }.map { Assignment(keeping: $0) }
      return .project(project)
    case .expand(var expand):
      guard let inner = rowwise(expand.input, over: input, argument: argument, keeping: carried) else {
        return nil
      }
      expand.input = inner
      let present = Set(expand.outputs.map(\.id))
      expand.outputs += carried.filter { !present.contains($0.id) }
      return .expand(expand)
    case .scan, .inline, .aggregate, .join, .union, .sort, .limit, .window, .apply, .tabular, .with,
      .reference:
      return nil
    }
  }
}
