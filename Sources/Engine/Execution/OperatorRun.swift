/// What an operator on whole tables is given: the rows of its inputs, found by column, and what else the run knows.
package struct OperatorRun: Sendable {
  let inputs: [OperatorInput]
  let executor: Executor

  var context: ExecutionContext { executor.context }

  /// The rows of the first input, which every operator but a source has.
  var input: OperatorInput {
    guard let first = inputs.first else { preconditionFailure("plan invariant: the operator has an input") }
    return first
  }

  /// The value of an expression that reads no row.
  func value(of constant: Expression) throws(ExecutionFailure) -> Value {
    let alone = Table(fields: [], columns: [], rowCount: 1)
    return try executor.columns([constant], over: [], rows: alone)[0].value(at: 0)
  }
}

/// The rows of an input, found by column.
struct OperatorInput: Sendable {
  let columns: [PlanColumn]
  let table: Table
  let executor: Executor

  var rowCount: Int { table.rowCount }

  func column(_ expression: Expression) throws(ExecutionFailure) -> Column {
    try executor.columns([expression], over: columns, rows: table)[0]
  }

  func columns(_ expressions: [Expression]) throws(ExecutionFailure) -> [Column] {
    try executor.columns(expressions, over: columns, rows: table)
  }
}

/// What an operator gives: its own columns, and the rows of its first input that they stand beside.
package struct OperatorResult: Sendable {
  /// The rows of the first input that are handed on; nil for all, and where none are.
  var rows: Vector<UInt32>?
  var columns: [Column]
  var rowCount: Int

  /// Rows of its own.
  static func rows(_ columns: [Column], count: Int) -> OperatorResult {
    OperatorResult(rows: nil, columns: columns, rowCount: count)
  }

  /// Rows of its own, value by value.
  static func rows(_ rows: [[Value]], of made: [PlanColumn]) -> OperatorResult {
    OperatorResult(
      rows: nil,
      columns: made.enumerated().map { place, column in Column.of(column.type, rows.map { $0[place] }) },
      rowCount: rows.count)
  }

  /// Columns behind those of the first input.
  static func beside(_ input: OperatorInput, _ columns: [Column]) -> OperatorResult {
    OperatorResult(rows: nil, columns: columns, rowCount: input.rowCount)
  }

  /// Columns behind those of some rows of the first input.
  static func picking(_ rows: [UInt32], _ columns: [Column]) -> OperatorResult {
    OperatorResult(rows: Vector(rows), columns: columns, rowCount: rows.count)
  }
}

extension Executor {
  func run(
    _ operation: any TabularOperator, over steps: [PhysicalStep], columns: [PlanColumn]
  ) throws(ExecutionFailure) -> Table {
    var inputs: [OperatorInput] = []
    for step in steps {
      inputs.append(OperatorInput(columns: step.columns, table: try table(of: step), executor: self))
    }
    try context.checkpoint()
    let result = try operation.run(OperatorRun(inputs: inputs, executor: self))
    try RunLimits.throwRaised()
    var passed: [Column] = []
    if let input = inputs.first {
      switch operation.passes {
      case .none: break
      case .all: passed = input.table.columns
      case .some: passed = result.rows.map { input.table.gather($0).columns } ?? input.table.columns
      }
    }
    return Table(
      fields: columns.map { Field($0.name, $0.type) }, columns: passed + result.columns,
      rowCount: result.rowCount)
  }
}
