import Engine
import Session

/// Marks the rows that come from one event, all the way up a plan.
///
/// A scan that has the event's id gets a column that is 1 in its row; every node above hands it on. A group that the
/// event went into is marked, and so is a joined row. Where a node cannot tell its rows apart the mark ends.
struct FollowedEvent {
  let id: String
  /// All marks that were made.
  private(set) var markers: Set<ColumnID> = []
  /// The marks of shared definitions.
  private var shared: [Int: [PlanColumn]] = [:]
  private var nextID: Int
  private let sources: WorkspaceSources

  init(id: String, in plan: LogicalPlan, of sources: WorkspaceSources) {
    self.id = id
    self.sources = sources
    var largest = 0
    plan.forEachNode { node in for column in node.columns { largest = max(largest, column.id.rawValue) } }
    nextID = largest + 1_000_000
  }

  private mutating func marker() -> PlanColumn {
    nextID += 1
    let column = PlanColumn(id: ColumnID(nextID), name: "followed", type: .long)
    markers.insert(column.id)
    return column
  }

  /// The plan with marks, and the columns of its top node that are marks.
  mutating func marking(_ plan: LogicalPlan) -> (plan: LogicalPlan, marks: [PlanColumn]) {
    switch plan {
    case .scan(var scan):
      guard let field = sources.identityField(of: scan.table) else { return (plan, []) }
      let kept = scan.sources.map { Assignment(keeping: $0.column) }
      nextID += 1
      let column = PlanColumn(id: ColumnID(nextID), name: "event id", type: .string)
      scan.sources.append(Scan.Source(column: column, field: field))
      let mark = marker()
      let isIt = Expression.call(
        FunctionCall(
          function: Comparison.equal, arguments: [.column(column), .literal(.string(id), .string)],
          type: .bool,
          dialect: .own))
      let value = Expression.conditional(
        Conditional(
          branches: [Conditional.Branch(condition: isIt, value: .literal(.long(1), .long))],
          otherwise: .literal(.long(0), .long), type: .long))
      let project = Project(
        input: .scan(scan), assignments: kept + [Assignment(column: mark, expression: value)],
        origin: PlanOrigin(label: scan.origin.label))
      return (.project(project), [mark])
    case .inline, .argument: return (plan, [])
    case .filter(var filter):
      let marks = mark(&filter.input)
      return (.filter(filter), marks)
    case .sort(var sort):
      let marks = mark(&sort.input)
      return (.sort(sort), marks)
    case .limit(var limit):
      let marks = mark(&limit.input)
      return (.limit(limit), marks)
    case .project(var project):
      let marks = mark(&project.input)
      project.assignments += marks.map { Assignment(keeping: $0) }
      return (.project(project), marks)
    case .aggregate(var aggregate):
      let inner = mark(&aggregate.input)
      guard let largest = AggregateCatalog.function("max", in: .kql) else {
        return (.aggregate(aggregate), [])
      }
      let marks = inner.map { column in
        let result = marker()
        aggregate.items.append(
          Aggregate.Item(
            outputs: [result],
            call: AggregateCall(
              function: largest, arguments: [.column(column)], types: [.long], dialect: .own)))
        return result
      }
      return (.aggregate(aggregate), marks)
    case .join(var join):
      let left = mark(&join.left)
      let right = mark(&join.right)
      var marks: [PlanColumn] = []
      for (columns, fromLeft) in [(left, true), (right, false)] where join.kind.gives(left: fromLeft) {
        for column in columns {
          let result = marker()
          join.outputs.append(Join.Output(column: result, source: column.id, fromLeft: fromLeft))
          marks.append(result)
        }
      }
      return (.join(join), marks)
    case .union(var union):
      let inner = union.legs.indices.map { mark(&union.legs[$0].plan) }
      let marks = (0..<(inner.map(\.count).max() ?? 0)).map { _ in marker() }
      union.columns += marks
      for (leg, columns) in inner.enumerated() {
        union.legs[leg].sources += marks.indices.map { $0 < columns.count ? columns[$0].id : nil }
      }
      return (.union(union), marks)
    case .expand(var expand):
      let marks = mark(&expand.input)
      expand.outputs += marks
      return (.expand(expand), marks)
    case .window(var window):
      let marks = mark(&window.input)
      return (.window(window), marks)
    case .apply(var apply):
      // Its subplan knows its rows by position.
      let columns = apply.input.columns
      _ = mark(&apply.input)
      apply.input = FollowedEvent.giving(columns, of: apply.input)
      return (.apply(apply), [])
    case .tabular(var call):
      switch call.operator.passes {
      case .none: return (plan, [])
      case .all, .some:
        guard !call.inputs.isEmpty else { return (plan, []) }
        let marks = mark(&call.inputs[0])
        return (.tabular(call), marks)
      }
    case .with(var with):
      for index in with.definitions.indices {
        shared[with.definitions[index].id] = mark(&with.definitions[index].plan)
      }
      let marks = mark(&with.body)
      return (.with(with), marks)
    case .reference(var reference):
      let marks = shared[reference.id] ?? []
      reference.sources += marks.map { Reference.Source(column: $0, source: $0.id) }
      return (.reference(reference), marks)
    }
  }

  /// A plan with just these columns, in this order.
  private static func giving(_ columns: [PlanColumn], of plan: LogicalPlan) -> LogicalPlan {
    if plan.columns == columns { return plan }
    return .project(
      Project(
        input: plan, assignments: columns.map { Assignment(keeping: $0) }, origin: PlanOrigin(label: "")))
  }

  private mutating func mark(_ plan: inout LogicalPlan) -> [PlanColumn] {
    let (marked, marks) = marking(plan)
    plan = marked
    return marks
  }
}

extension Join.Kind {
  /// Columns of this side are in the result.
  fileprivate func gives(left: Bool) -> Bool {
    switch self {
    case .inner, .innerunique, .leftouter, .rightouter, .fullouter: true
    case .leftsemi, .leftanti: left
    case .rightsemi, .rightanti: !left
    }
  }
}
