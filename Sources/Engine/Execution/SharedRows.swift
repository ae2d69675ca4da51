import Synchronization

/// The definitions of the plans that are being run, and the rows of those that were read.
final class SharedRows: Sendable {
  private struct State {
    var steps: [Int: PhysicalStep] = [:]
    var rows: [Int: Table] = [:]
  }

  private let state: Mutex<State>
  /// The definitions of the plan around, for a subquery.
  private let outer: SharedRows?

  init(_ definitions: [PhysicalPlan.Definition] = [], within outer: SharedRows? = nil) {
    var state = State()
    for definition in definitions { state.steps[definition.id] = definition.step }
    self.state = Mutex(state)
    self.outer = outer
  }

  /// With the definitions of a plan, whose rows are those of one run of it.
  func with(_ definitions: [PhysicalPlan.Definition]) -> SharedRows {
    definitions.isEmpty ? self : SharedRows(definitions, within: self)
  }

  /// The rows of a definition, and its columns; they are worked out when they are first read.
  func rows(
    of id: Int, _ run: (PhysicalStep) throws(ExecutionFailure) -> Table
  ) throws(ExecutionFailure) -> (table: Table, columns: [PlanColumn])? {
    let (step, known) = state.withLock { ($0.steps[id], $0.rows[id]) }
    guard let step else { return try outer?.rows(of: id, run) }
    if let known { return (known, step.columns) }
    let table = try run(step)
    state.withLock { $0.rows[id] = table }
    return (table, step.columns)
  }
}

extension Executor {
  /// The same with definitions that the plans may read which it is to run.
  package func knowing(_ definitions: [With.Definition]) -> Executor {
    var copy = self
    copy.shared = shared.with(PhysicalPlanner.definitions(definitions))
    return copy
  }

  /// Works out a definition, if no one has read it so far.
  func fill(_ definition: PhysicalPlan.Definition) throws(ExecutionFailure) {
    _ = try shared.rows(of: definition.id) { step throws(ExecutionFailure) in try table(of: step) }
  }

  /// The rows of a definition, read once however many places read them.
  func run(_ reference: Reference) throws(ExecutionFailure) -> Table {
    let found = try shared.rows(of: reference.id) { step throws(ExecutionFailure) in try table(of: step) }
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
