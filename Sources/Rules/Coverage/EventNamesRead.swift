import Engine
import Session

/// The events that a rule asks for, by its conditions on their name and source alone.
///
/// Example: `where EventSource == "ses.amazonaws.com" and isempty(ErrorCode)` reads all events of SES.
struct EventNamesRead {
  /// Into the events that were given.
  private(set) var indexes: Set<Int> = []
  /// Some part of the rule asks neither for a name nor for a source.
  private(set) var readsEverything = false

  private var absent = AbsentSourcetypes(.argument(Argument(id: 0, columns: [])))

  private static let nameFields: Set<String> = [
    "EventName", "eventName", AddonFieldView.prefix + "signature",
  ]
  private static let sourceFields: Set<String> = ["EventSource", "eventSource"]

  init(
    _ subject: LintSubject, among events: [Coverage.EventName], executor: Executor
  ) throws(ExecutionFailure) {
    for result in subject.query.results {
      absent = AbsentSourcetypes(result.plan)
      try visit(result.plan, [], subject, events, executor)
    }
  }

  private mutating func visit(
    _ plan: LogicalPlan, _ conditions: [Expression], _ subject: LintSubject, _ events: [Coverage.EventName],
    _ executor: Executor
  ) throws(ExecutionFailure) {
    switch plan {
    case .scan(let scan):
      if scan.table == "AWSCloudTrail" || (scan.table == SplunkEvents.table && absent.texts(of: scan).isEmpty)
      {
        try read(scan, conditions, subject, events, executor)
      }
    case .filter(let filter):
      try visit(filter.input, conditions + [filter.predicate], subject, events, executor)
    case .project, .sort, .limit, .window, .expand:
      for input in plan.inputs { try visit(input, conditions, subject, events, executor) }
    case .inline, .argument, .reference: break
    case .aggregate, .join, .union, .apply, .tabular, .with:
      for input in plan.inputs { try visit(input, [], subject, events, executor) }
    }
    for subquery in plan.expressions.flatMap(\.scalarSubqueries) {
      try visit(subquery.plan, [], subject, events, executor)
    }
  }

  private mutating func read(
    _ scan: Scan, _ conditions: [Expression], _ subject: LintSubject, _ events: [Coverage.EventName],
    _ executor: Executor
  ) throws(ExecutionFailure) {
    var columns: [PlanColumn] = []
    var values: [[Value]] = events.map { _ in [] }
    for source in scan.sources {
      let isName = EventNamesRead.nameFields.contains(source.field)
      guard isName || EventNamesRead.sourceFields.contains(source.field), source.column.type == .string else {
        continue
      }
      columns.append(source.column)
      for index in events.indices {
        values[index].append(.string(isName ? events[index].name : events[index].source))
      }
    }
    let known = Set(columns.map(\.id))
    let asked = conditions.map { condition in
      EventNamesRead.relaxed(EventNamesRead.inSourceColumns(condition, subject), to: known)
    }.filter { $0.constantValue != .bool(true) }
    guard !columns.isEmpty, !asked.isEmpty else {
      readsEverything = true
      return
    }
    let number = PlanColumn(id: ColumnID(Int.min + 1), name: "index", type: .long)
    let fields = columns.map { Field($0.name, $0.type) } + [Field("index", .long)]
    let table = Table(fields: fields, rows: values.enumerated().map { $1 + [.long(Int64($0))] })
    let origin = PlanOrigin(label: "")
    let rows = LogicalPlan.inline(Inline(columns: columns + [number], table: table, origin: origin))
    let passing = try executor.run(
      .filter(
        Filter(input: rows, predicate: .all(of: asked), origin: origin)))
    for row in 0..<passing.rowCount {
      if case .long(let index) = passing.value(row: row, column: columns.count) { indexes.insert(Int(index)) }
    }
  }

  /// With what columns are made of in their place, down to the columns that are loaded.
  private static func inSourceColumns(_ condition: Expression, _ subject: LintSubject) -> Expression {
    var result = condition
    for _ in 0..<8 {
      let made = result.columns.filter { subject.definitions[$0] != nil }
      if made.isEmpty { break }
      result = result.substituting(subject.definitions)
    }
    return result
  }

  /// A weaker condition on some columns alone: what asks for others holds.
  private static func relaxed(_ condition: Expression, to columns: Set<ColumnID>) -> Expression {
    let always = Expression.literal(.bool(true), .bool)
    if condition.columns.isSubset(of: columns) {
      return condition.columns.isEmpty || !condition.scalarSubqueries.isEmpty ? always : condition
    }
    guard case .call(var call) = condition else { return always }
    if call.function === Logical.and {
      let parts = call.arguments.map { relaxed($0, to: columns) }.filter { $0.constantValue != .bool(true) }
      return parts.isEmpty ? always : .all(of: parts)
    }
    if call.function === Logical.or {
      call.arguments = call.arguments.map { relaxed($0, to: columns) }
      return call.arguments.contains { $0.constantValue == .bool(true) } ? always : .call(call)
    }
    return always
  }
}
