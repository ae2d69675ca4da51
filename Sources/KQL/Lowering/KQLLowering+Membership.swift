import Diagnostics
import Engine

/// `in`, `!in`, `in~`, `has_any`, `has_all` and their right sides: values, arrays, tables.
extension KQLLowering {
  func lower(_ node: MembershipSyntax, in row: RowScope) -> Expression? {
    if case .star = node.operand { return lowerAnyColumn(node, in: row) }
    guard let operand = lower(node.operand, in: row), let elements = elements(of: node, in: row) else {
      return nil
    }
    // `in` compares values; the others look for texts.
    let isExact = node.op.rawValue == "in" || node.op.rawValue == "!in"
    let list = comparable(elements, with: isExact ? operand.type : .string, at: node.span).map { element in
      isExact || element.type == .dynamic
        ? element : Coercion.cast(element, to: .string, dialect: .kql)
    }
    return bind(
      node.op.rawValue, [operand] + list, spans: [node.operand.span] + node.elements.map(\.span),
      at: node.span)
  }

  private func elements(of node: MembershipSyntax, in row: RowScope) -> [Expression]? {
    var result: [Expression] = []
    for element in node.elements {
      if isTabular(element) {
        guard let set = lowerSet(element) else { return nil }
        result.append(set)
      } else {
        guard let value = lower(element, in: row) else { return nil }
        result.append(value)
      }
    }
    return result
  }

  /// The distinct values of a table's first column, worked out before the rest runs.
  private func lowerSet(_ element: ExpressionSyntax) -> Expression? {
    guard let relation = lowerAhead(element) else { return nil }
    guard let column = relation.columns.first else {
      return fail(KQLMessages.tableAsScalar(at: element.span))
    }
    guard let makeSet = AggregateCatalog.function("make_set", in: .kql) else {
      return fail(KQLMessages.unsupportedFunction("make_set", at: element.span))
    }
    let output = makeColumn("set", .dynamic)
    let call = AggregateCall(
      function: makeSet, arguments: [.column(column)], types: [column.type], dialect: .kql)
    let plan = LogicalPlan.aggregate(
      Aggregate(
        input: relation.plan, keys: [], items: [Aggregate.Item(outputs: [output], call: call)],
        origin: origin(element.span)))
    return .subquery(ScalarSubquery(plan: plan, type: .dynamic, id: makeNumber()))
  }

  private func lowerAnyColumn(_ node: MembershipSyntax, in row: RowScope) -> Expression? {
    guard let elements = elements(of: node, in: row) else { return nil }
    let name = node.op.rawValue.hasPrefix("!") ? String(node.op.rawValue.dropFirst()) : node.op.rawValue
    var tests: [Expression] = []
    for column in row.columns {
      let text = Coercion.cast(.column(column), to: .string, dialect: .kql)
      guard let test = bind(name, [text] + elements, spans: [], at: node.span) else { return nil }
      tests.append(test)
    }
    guard let any = anyOf(tests[...], at: node.span) else { return nil }
    return name == node.op.rawValue ? any : bind("not", [any], spans: [], at: node.span)
  }
}
