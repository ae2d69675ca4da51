/// KQL's `scan`: rows in order go through steps; a step that a row matches keeps what it assigned.
///
/// Example: `step s1: x == "login"; step s2: x == "logout" => start = s1.time` pairs logins with logouts.
///
/// The expressions read the input's columns, those that stand for the row of a step, what the step keeps, and the
/// declared columns with their defaults.
package struct ScanOperator: TabularOperator {
  package static let planName = "scan"
  package enum Output: String, Sendable, CaseIterable {
    case all, last, none
  }

  package struct Step: Equatable, Sendable {
    var condition: Expression
    /// One for each declared column; nil where the step does not assign it.
    var assignments: [Expression?]
    var output: Output
    /// What `s1.x` reads: for columns of the input those that hold the row that the step matched.
    var row: [RowColumn]
    /// For each declared column the one that holds what the step made of it.
    var kept: [PlanColumn]

    package init(
      condition: Expression, assignments: [Expression?], output: Output, row: [RowColumn], kept: [PlanColumn]
    ) {
      self.condition = condition
      self.assignments = assignments
      self.output = output
      self.row = row
      self.kept = kept
    }
  }

  /// A column of the input in the row that a step matched.
  package struct RowColumn: Equatable, Sendable {
    package var column: PlanColumn
    var source: ColumnID

    package init(column: PlanColumn, source: ColumnID) {
      self.column = column
      self.source = source
    }
  }

  package struct Declared: Sendable {
    /// Behind the rows that are given.
    var column: PlanColumn
    /// What the expressions read where no step is named.
    var standard: PlanColumn
    var value: Value

    package init(column: PlanColumn, standard: PlanColumn, value: Value) {
      self.column = column
      self.standard = standard
      self.value = value
    }
  }

  private(set) var steps: [Step]
  let declared: [Declared]
  let matchID: PlanColumn?

  package init(steps: [Step], declared: [Declared], matchID: PlanColumn?) {
    self.steps = steps
    self.declared = declared
    self.matchID = matchID
  }

  package static let form = PlanForm<ScanOperator>.record(
    ScanOperator.init(steps:declared:matchID:),
    Member("steps", \.steps), Member("declared", \.declared), Member("matchID", \.matchID))

  package var problem: String? {
    steps.allSatisfy { $0.assignments.count == declared.count && $0.kept.count == declared.count }
      ? nil : "each step has an assignment or none, and a column, for each declared column"
  }

  package var label: String { "scan" }
  package var passes: PassedRows { .some }
  package var made: [PlanColumn] { (matchID.map { [$0] } ?? []) + declared.map(\.column) }
  package var expressions: [Expression] {
    steps.flatMap { [$0.condition] + $0.assignments.compactMap { $0 } }
  }

  package var otherColumns: Set<ColumnID> {
    var named: Set<ColumnID> = []
    for expression in expressions { expression.collectColumns(into: &named) }
    return Set(steps.flatMap(\.row).filter { named.contains($0.column.id) }.map(\.source))
  }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> ScanOperator {
    var copy = self
    for index in steps.indices {
      copy.steps[index].condition = transform(steps[index].condition)
      copy.steps[index].assignments = steps[index].assignments.map { $0.map(transform) }
    }
    return copy
  }

  /// What is known of a match that has got as far as a step.
  private struct State {
    /// For each step up to this one: its row's values and its declared ones.
    var parts: [[Value]]
    var match: Int64
    /// The row that `output=last` waits to give.
    var pending: (row: Int, values: [Value])?
  }

  private struct Compiled {
    var condition: PhysicalExpression
    var assignments: [PhysicalExpression?]
  }

  /// What the expressions see of one row: the input's columns, each step's row and what it keeps, the defaults.
  private struct Layout {
    var input: [PlanColumn]
    var columns: [PlanColumn]
    /// The cells of a step that no row has matched.
    var emptyPart: [Value]

    init(_ scan: ScanOperator, over input: [PlanColumn]) {
      self.input = input
      columns = input
      for step in scan.steps {
        let row = Dictionary(step.row.map { ($0.source, $0.column) }) { first, _ in first }
        // A column without a name of its own in the step is read by nothing.
        columns += input.map { row[$0.id] ?? PlanColumn(id: ColumnID(.min), name: "", type: $0.type) }
        columns += step.kept
      }
      columns += scan.declared.map(\.standard)
      emptyPart = input.map { $0.type == .string ? Value.string("") : .null } + scan.declared.map(\.value)
    }
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let input = run.input.table
    let layout = Layout(self, over: run.input.columns)
    let compiled = try compile(run.executor.compiler(layout.columns))
    var states = [State?](repeating: nil, count: steps.count)
    var emitted: [(row: Int, match: Int64, declared: [Value])] = []
    var nextMatch: Int64 = 0
    func flush(_ state: State?) {
      if let state, let pending = state.pending { emitted.append((pending.row, state.match, pending.values)) }
    }
    for row in 0..<input.rowCount {
      if row % 4096 == 0 { try run.context.checkpoint() }
      let values = input.row(row)
      for index in steps.indices.reversed() {
        var base: State?
        var isPromoted = false
        if index > 0, let previous = states[index - 1],
          try holds(compiled[index], values, previous, layout)
        {
          base = previous
          isPromoted = true
        } else if index == 0 || states[index] != nil,
          try holds(compiled[index], values, states[index], layout)
        {
          base = states[index]
        } else {
          continue
        }
        let declared = try assigned(compiled[index], values, base, layout)
        if isPromoted {
          flush(states[index])
          flush(base)
          states[index - 1] = nil
        }
        var state = base ?? State(parts: [], match: nextMatch)
        if base == nil { nextMatch += 1 }
        state.pending = nil
        while state.parts.count <= index { state.parts.append(layout.emptyPart) }
        state.parts[index] = values + declared
        switch steps[index].output {
        case .all: emitted.append((row, state.match, declared))
        case .last: state.pending = (row, declared)
        case .none: break
        }
        states[index] = state
      }
    }
    for state in states { flush(state) }
    emitted.sort { $0.row < $1.row }
    var result: [Column] = matchID == nil ? [] : [.int64(.long, emitted.map(\.match))]
    for (index, declared) in declared.enumerated() {
      result.append(Column.of(declared.column.type, emitted.map { $0.declared[index] }))
    }
    return .picking(emitted.map { UInt32($0.row) }, result)
  }

  private func compile(_ compiler: ExpressionCompiler) throws(ExecutionFailure) -> [Compiled] {
    var result: [Compiled] = []
    for step in steps {
      var assignments: [PhysicalExpression?] = []
      for assignment in step.assignments {
        guard let assignment else {
          assignments.append(nil)
          continue
        }
        assignments.append(try compiler.compile(assignment))
      }
      result.append(Compiled(condition: try compiler.compile(step.condition), assignments: assignments))
    }
    return result
  }

  /// The row with what the steps know, as a chunk of one row.
  private func chunk(_ values: [Value], _ state: State?, _ layout: Layout) -> Chunk {
    var cells = values
    for index in steps.indices {
      if let state, index < state.parts.count {
        cells += state.parts[index]
      } else {
        cells += layout.emptyPart
      }
    }
    cells += declared.map(\.value)
    return Chunk(
      columns: zip(layout.columns, cells).map { Column.constant($1, $0.type, count: 1).materialized },
      count: 1)
  }

  private func holds(
    _ step: Compiled, _ values: [Value], _ state: State?, _ layout: Layout
  ) throws(ExecutionFailure) -> Bool {
    try step.condition.evaluate(chunk(values, state, layout)).value(at: 0) == .bool(true)
  }

  private func assigned(
    _ step: Compiled, _ values: [Value], _ state: State?, _ layout: Layout
  ) throws(ExecutionFailure) -> [Value] {
    let chunk = chunk(values, state, layout)
    var result: [Value] = []
    for (index, assignment) in step.assignments.enumerated() {
      guard let assignment else {
        result.append(declared[index].value)
        continue
      }
      result.append(try assignment.evaluate(chunk).value(at: 0))
    }
    return result
  }
}
