/// Finds the columns of JSON of which only some members are read, so that a scan need not keep the rest.
///
/// ```
///   AWSCloudTrail | summarize count() by tostring(parse_json(RequestParameters).bucketName)
///   scan: RequestParameters, only {bucketName} of objects
/// ```
///
/// The plan itself stays as it is: the text that it reads has fewer members, and none that it would find.
enum NarrowJSON {
  static func rewrite(_ plan: LogicalPlan) -> LogicalPlan {
    var reads = JSONReads()
    plan.forEachNode { reads.add($0) }
    for column in plan.columns { reads.addWhole(column.id) }
    reads.resolve()
    return plan.rewrittenBottomUp { node in
      guard case .scan(var scan) = node else { return node }
      for index in scan.sources.indices {
        scan.sources[index].members = reads.members(of: scan.sources[index].column)
      }
      return .scan(scan)
    }
  }
}

/// What a plan reads of its columns: members of JSON, or the whole.
private struct JSONReads {
  private var members: [ColumnID: Set<String>] = [:]
  private var whole: Set<ColumnID> = []
  /// Columns that are another column, or the JSON of its text: what is read of one is read of the other.
  private var copies: [(copy: ColumnID, source: ColumnID)] = []

  mutating func addWhole(_ column: ColumnID) { whole.insert(column) }

  /// Nil if more is read of the column than members.
  func members(of column: PlanColumn) -> Set<String>? {
    guard column.type == .string || column.type == .dynamic, !whole.contains(column.id) else { return nil }
    return members[column.id]
  }

  /// Passes what is read of copies on to their sources; copies of copies come from nodes further up.
  mutating func resolve() {
    for (copy, source) in copies.reversed() {
      if whole.contains(copy) { whole.insert(source) }
      members[source, default: []].formUnion(members[copy] ?? [])
    }
  }

  mutating func add(_ node: LogicalPlan) {
    // A subquery is a plan of its own: what it reads of shared rows is not looked into.
    for subquery in node.expressions.flatMap(\.scalarSubqueries) {
      for reference in subquery.plan.references { reference.sources.forEach { addWhole($0.source) } }
    }
    switch node {
    case .project(let project):
      for assignment in project.assignments {
        let id = assignment.column.id
        if case .column(let column) = assignment.expression {
          // A column that is passed on under its own id is read by what is above, or by nothing.
          if column.id != id { copies.append((id, column.id)) }
        } else if let column = JSONReads.parsedColumn(assignment.expression) {
          copies.append((id, column.id))
        } else {
          add(assignment.expression)
        }
      }
      return
    case .join(let join):
      for output in join.outputs where output.source != output.column.id {
        copies.append((output.column.id, output.source))
      }
    case .union(let union):
      for leg in union.legs {
        let types = Dictionary(leg.plan.columns.map { ($0.id, $0.type) }) { first, _ in first }
        for (column, source) in zip(union.columns, leg.sources) {
          guard let source else { continue }
          if types[source] == column.type { copies.append((column.id, source)) } else { addWhole(source) }
        }
      }
    case .apply(let apply): apply.input.columns.forEach { addWhole($0.id) }
    case .tabular(let call): call.operator.otherColumns.forEach { addWhole($0) }
    case .reference(let reference):
      for source in reference.sources where source.source != source.column.id {
        copies.append((source.column.id, source.source))
      }
    case .scan, .inline, .argument, .filter, .aggregate, .sort, .limit, .expand, .window, .with: break
    }
    node.expressions.forEach { add($0) }
  }

  private mutating func add(_ expression: Expression) {
    switch expression {
    case .literal, .subquery: break
    case .column(let column): addWhole(column.id)
    case .call(let call):
      if let (column, member) = JSONReads.memberRead(call) {
        members[column.id, default: []].insert(member)
      } else {
        call.arguments.forEach { add($0) }
      }
    case .conditional(let conditional):
      for branch in conditional.branches {
        add(branch.condition)
        add(branch.value)
      }
      add(conditional.otherwise)
    case .binding(let binding):
      add(binding.value)
      add(binding.body)
    }
  }

  /// `parse_json(column).member`, `column.member` or `extract_json("$.member…", column)`.
  private static func memberRead(_ call: FunctionCall) -> (PlanColumn, String)? {
    guard call.arguments.count >= 2 else { return nil }
    if call.function === PropertyFunctions.key, case .string(let member)? = call.arguments[1].constantValue,
      let column = parsedColumn(call.arguments[0])
    {
      return (column, member)
    }
    if call.function === JSONFunctions.extract, case .string(let path)? = call.arguments[0].constantValue,
      case .column(let column) = call.arguments[1], case .key(let member)? = JSONPath(path)?.steps.first
    {
      return (column, member)
    }
    return nil
  }

  private static func parsedColumn(_ expression: Expression) -> PlanColumn? {
    switch expression {
    case .column(let column): return column.type == .dynamic ? column : nil
    case .call(let call):
      guard call.function === JSONFunctions.parse, case .column(let column)? = call.arguments.first else {
        return nil
      }
      return column
    case .literal, .conditional, .subquery, .binding: return nil
    }
  }
}
