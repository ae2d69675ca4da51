/// KQL's `scan`: rows in order go through steps; a step that a row matches keeps what it assigned.
///
/// Example: `step s1: x == "login"; step s2: x == "logout" => start = s1.time` pairs logins with logouts.
///
/// The expressions read the layout: the input's columns, then for each step its row's columns and its declared
/// ones, then the declared columns with their defaults.
package struct ScanOperator: TabularOperator {
  package enum Output: String, Sendable, CaseIterable {
    case all, last, none
  }

  package struct Step: Sendable {
    var condition: Expression
    /// One for each declared column; nil where the step does not assign it.
    var assignments: [Expression?]
    var output: Output

    package init(condition: Expression, assignments: [Expression?], output: Output) {
      self.condition = condition
      self.assignments = assignments
      self.output = output
    }
  }

  let steps: [Step]
  let layout: [PlanColumn]
  let inputCount: Int
  let defaults: [Value]
  let declaredTypes: [DataType]
  let givesMatchID: Bool

  package init(
    steps: [Step], layout: [PlanColumn], inputCount: Int, defaults: [Value], declaredTypes: [DataType],
    givesMatchID: Bool
  ) {
    self.steps = steps
    self.layout = layout
    self.inputCount = inputCount
    self.defaults = defaults
    self.declaredTypes = declaredTypes
    self.givesMatchID = givesMatchID
  }

  package var label: String { "scan" }

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

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let input = inputs.first else { return [] }
    let compiled = try compile(context)
    var states = [State?](repeating: nil, count: steps.count)
    var emitted: [(row: Int, match: Int64, declared: [Value])] = []
    var nextMatch: Int64 = 0
    func flush(_ state: State?) {
      if let state, let pending = state.pending { emitted.append((pending.row, state.match, pending.values)) }
    }
    for row in 0..<input.rowCount {
      if row % 4096 == 0 { try context.checkpoint() }
      let values = input.row(row)
      for index in steps.indices.reversed() {
        var base: State?
        var isPromoted = false
        if index > 0, let previous = states[index - 1],
          try holds(compiled[index], values, previous)
        {
          base = previous
          isPromoted = true
        } else if index == 0 || states[index] != nil, try holds(compiled[index], values, states[index]) {
          base = states[index]
        } else {
          continue
        }
        let declared = try assigned(compiled[index], values, base)
        if isPromoted {
          flush(states[index])
          flush(base)
          states[index - 1] = nil
        }
        var state = base ?? State(parts: [], match: nextMatch)
        if base == nil { nextMatch += 1 }
        state.pending = nil
        while state.parts.count <= index { state.parts.append(emptyPart(values.count)) }
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
    return columns(emitted.sorted { $0.row < $1.row }, input)
  }

  private func columns(_ emitted: [(row: Int, match: Int64, declared: [Value])], _ input: Table) -> [Column] {
    let rows = Vector(emitted.map { UInt32($0.row) })
    var result = input.columns.map { $0.gather(rows) }
    if givesMatchID { result.append(.int64(.long, emitted.map(\.match))) }
    for (index, type) in declaredTypes.enumerated() {
      result.append(Column.of(type, emitted.map { $0.declared[index] }))
    }
    return result
  }

  private func compile(_ context: ExecutionContext) throws(ExecutionFailure) -> [Compiled] {
    let compiler = ExpressionCompiler(layout: layout, context: context, subqueries: [:])
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

  private func emptyPart(_ count: Int) -> [Value] {
    layout.prefix(count).map { $0.type == .string ? Value.string("") : .null } + defaults
  }

  /// The row with what the steps know, as a chunk of one row.
  private func chunk(_ values: [Value], _ state: State?) -> Chunk {
    var cells = values
    for index in steps.indices {
      if let state, index < state.parts.count {
        cells += state.parts[index]
      } else {
        cells += emptyPart(values.count)
      }
    }
    cells += defaults
    return Chunk(
      columns: zip(layout, cells).map { Column.constant($1, $0.type, count: 1).materialized }, count: 1)
  }

  private func holds(_ step: Compiled, _ values: [Value], _ state: State?) throws(ExecutionFailure) -> Bool {
    try step.condition.evaluate(chunk(values, state)).value(at: 0) == .bool(true)
  }

  private func assigned(
    _ step: Compiled, _ values: [Value], _ state: State?
  ) throws(ExecutionFailure) -> [Value] {
    let chunk = chunk(values, state)
    var result: [Value] = []
    for (index, assignment) in step.assignments.enumerated() {
      guard let assignment else {
        result.append(defaults[index])
        continue
      }
      result.append(try assignment.evaluate(chunk).value(at: 0))
    }
    return result
  }
}
