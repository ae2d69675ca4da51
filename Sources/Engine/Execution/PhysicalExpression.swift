/// An expression ready to run over chunks: columns by position, constants folded, kernels prepared.
indirect enum PhysicalExpression: Sendable {
  case column(Int)
  case constant(Value, DataType)
  case call(PhysicalCall)
  case conditional(PhysicalConditional)
  case binding(PhysicalBinding)
  /// Depends on one string column only: runs once for each distinct text.
  case lifted(LiftedExpression)

  func evaluate(_ chunk: Chunk) throws(ExecutionFailure) -> Column {
    switch self {
    case .column(let index): return chunk.columns[index]
    case .constant(let value, let type): return .constant(value, type, count: chunk.count)
    case .call(let call): return try call.evaluate(chunk)
    case .conditional(let conditional): return try conditional.evaluate(chunk)
    case .binding(let binding): return try binding.evaluate(chunk)
    case .lifted(let lifted): return try lifted.evaluate(chunk)
    }
  }

  /// The positions that this expression reads.
  var inputs: Set<Int> {
    var result: Set<Int> = []
    collectInputs(into: &result)
    return result
  }

  private func collectInputs(into result: inout Set<Int>) {
    switch self {
    case .column(let index): result.insert(index)
    case .constant: break
    case .call(let call): for argument in call.arguments { argument.collectInputs(into: &result) }
    case .conditional(let conditional):
      for branch in conditional.branches {
        branch.condition.collectInputs(into: &result)
        branch.value.collectInputs(into: &result)
      }
      conditional.otherwise.collectInputs(into: &result)
    case .binding(let binding):
      binding.value.collectInputs(into: &result)
      result.formUnion(binding.body.inputs.subtracting([binding.position]))
    case .lifted(let lifted): result.insert(lifted.input)
    }
  }
}

/// Computes whole columns from argument columns of one length.
typealias VectorBody = @Sendable (_ arguments: [Column], _ count: Int) throws(ExecutionFailure) -> Column

struct PhysicalCall: Sendable {
  var arguments: [PhysicalExpression]
  var body: VectorBody
  /// A volatile function takes the numbers of the rows as one more argument.
  var takesRowNumbers = false

  func evaluate(_ chunk: Chunk) throws(ExecutionFailure) -> Column {
    var columns: [Column] = []
    columns.reserveCapacity(arguments.count)
    for argument in arguments { columns.append(try argument.evaluate(chunk)) }
    if takesRowNumbers {
      columns.append(.int64(.long, (0..<chunk.count).map { Int64(chunk.firstRow &+ $0) }))
    }
    return try body(columns, chunk.count)
  }
}

struct PhysicalConditional: Sendable {
  struct Branch: Sendable {
    var condition: PhysicalExpression
    var value: PhysicalExpression
  }

  var branches: [Branch]
  var otherwise: PhysicalExpression
  var type: DataType

  /// Rows pick their branch; the picked values are gathered from the branches' columns laid end to end.
  func evaluate(_ chunk: Chunk) throws(ExecutionFailure) -> Column {
    var choice = [Int32](repeating: Int32(branches.count), count: chunk.count)
    for (index, branch) in branches.enumerated().reversed() {
      let condition = try branch.condition.evaluate(chunk)
      BoolKernels.forEachTrue(condition) { choice[$0] = Int32(index) }
    }
    var parts: [Column] = []
    var starts: [(offset: Int, isConstant: Bool)] = []
    var offset = 0
    for value in branches.map(\.value) + [otherwise] {
      let column = try value.evaluate(chunk)
      if case .constant(let constant) = column {
        parts.append(.constant(constant.value, type, count: 1))
        starts.append((offset, true))
        offset += 1
      } else {
        parts.append(column)
        starts.append((offset, false))
        offset += chunk.count
      }
    }
    if chunk.count == 0 { return Column.of(type, []) }
    let rows = choice.indices.map { row in
      let start = starts[Int(choice[row])]
      return UInt32(truncatingIfNeeded: start.isConstant ? start.offset : start.offset + row)
    }
    return Column.concatenating(parts, type: type).gather(Vector(rows))
  }
}
