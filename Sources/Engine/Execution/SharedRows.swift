import Synchronization

/// The definitions of the plans that are being run, and the rows of those that were read.
final class SharedRows: Sendable {
  private struct State {
    var plans: [Int: LogicalPlan] = [:]
    var rows: [Int: Table] = [:]
  }

  private let state: Mutex<State>
  /// The definitions of the plan around, for a subquery.
  private let outer: SharedRows?

  init(_ definitions: [With.Definition] = [], within outer: SharedRows? = nil) {
    var state = State()
    for definition in definitions { state.plans[definition.id] = definition.plan }
    self.state = Mutex(state)
    self.outer = outer
  }

  /// With the definitions that stand in a plan, whose rows are those of one run of it.
  func with(definitionsOf plan: LogicalPlan) -> SharedRows {
    var found: [With.Definition] = []
    plan.forEachNode { if case .with(let with) = $0 { found += with.definitions } }
    return found.isEmpty ? self : SharedRows(found, within: self)
  }

  /// The rows of a definition, and its columns; they are worked out when they are first read.
  func rows(
    of id: Int, _ run: (LogicalPlan) throws(ExecutionFailure) -> Table
  ) throws(ExecutionFailure) -> (table: Table, columns: [PlanColumn])? {
    let (plan, known) = state.withLock { ($0.plans[id], $0.rows[id]) }
    guard let plan else { return try outer?.rows(of: id, run) }
    if let known { return (known, plan.columns) }
    let table = try run(plan)
    state.withLock { $0.rows[id] = table }
    return (table, plan.columns)
  }
}

extension Executor {
  /// The same with definitions that the plans may read which it is to run.
  package func knowing(_ definitions: [With.Definition]) -> Executor {
    var copy = self
    copy.shared = SharedRows(definitions, within: shared)
    return copy
  }

  /// Works out the definitions one after the other: a long chain of them must not nest.
  func fill(_ with: With) throws(ExecutionFailure) {
    for definition in with.definitions { try run(Reference(to: definition)) }
  }

  /// The rows of a definition, read once however many places read them.
  @discardableResult
  func run(_ reference: Reference) throws(ExecutionFailure) -> Table {
    let found = try shared.rows(of: reference.id) { plan throws(ExecutionFailure) in try table(of: plan) }
    guard let found else {
      throw ExecutionFailure("no-input", "the rows that `\(reference.origin.label)` gives are not known here")
    }
    let places = Dictionary(
      found.columns.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let columns = reference.sources.map { source in
      guard let place = places[source.source] else {
        preconditionFailure("plan invariant: `\(source.column.name)` is a column of the definition")
      }
      return found.table.columns[place]
    }
    return Table(
      fields: reference.sources.map { Field($0.column.name, $0.column.type) }, columns: columns,
      rowCount: found.table.rowCount)
  }
}
