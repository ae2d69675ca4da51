import Engine
import LogSources
import Session

/// The events that a rule asks for, by its conditions on their name and source alone.
///
/// Example: `where EventSource == "ses.amazonaws.com" and isempty(ErrorCode)` reads all events of SES.
struct EventNamesRead {
  /// Into the events that were given.
  private(set) var indexes: Set<Int> = []
  /// Some part of the rule asks neither for a name nor for a source.
  private(set) var readsEverything = false

  private let sources: [SourceDefinition]
  private var searched: SourcesRead

  init(
    _ subject: LintSubject, among events: [Coverage.EventName], executor: Executor
  ) throws(ExecutionFailure) {
    sources = subject.workspace.configuration.sources
    searched = SourcesRead(.argument(Argument(id: 0, columns: [])), among: sources)
    for result in subject.query.results {
      searched = SourcesRead(result.plan, among: sources)
      try visit(result.plan, [], subject, events, executor)
    }
  }

  private mutating func visit(
    _ plan: LogicalPlan, _ conditions: [Expression], _ subject: LintSubject, _ events: [Coverage.EventName],
    _ executor: Executor
  ) throws(ExecutionFailure) {
    switch plan {
    case .scan(let scan):
      let read =
        scan.table == SplunkEvents.table
        ? searched.sources(of: scan) : sources.filter { $0.table.name == scan.table }
      for source in read where source.eventNames != nil {
        try self.read(scan, of: source, conditions, subject, events, executor)
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

  /// What a field says of an event of a source: a field of another source's events has no value.
  private func value(of field: String, _ event: Coverage.EventName, _ source: SourceDefinition) -> Value? {
    if source.namesEvents(by: field) { return .string(event.name) }
    if source.namesServices(by: field) { return .string(event.source) }
    return sources.contains { $0.namesEvents(by: field) || $0.namesServices(by: field) } ? .null : nil
  }

  private mutating func read(
    _ scan: Scan, of source: SourceDefinition, _ conditions: [Expression], _ subject: LintSubject,
    _ events: [Coverage.EventName], _ executor: Executor
  ) throws(ExecutionFailure) {
    let own = events.indices.filter { events[$0].table == source.table.name }
    let any = Coverage.EventName(table: source.table.name, source: "", name: "", count: 0)
    let told = scan.sources.filter {
      $0.column.type == .string && value(of: $0.field, any, source) != nil
    }
    let columns = told.map(\.column)
    let values = own.map { index in told.map { value(of: $0.field, events[index], source) ?? .null } }
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
    let table = Table(fields: fields, rows: zip(values, own).map { $0 + [.long(Int64($1))] })
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
