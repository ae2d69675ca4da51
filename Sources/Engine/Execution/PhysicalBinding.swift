/// A value that the body reads as one more column behind those of the chunk, as it is or element by element.
struct PhysicalBinding: Sendable {
  var value: PhysicalExpression
  var body: PhysicalExpression
  var position: Int
  var reading: Binding.Reading

  func evaluate(_ chunk: Chunk) throws(ExecutionFailure) -> Column {
    switch reading {
    case .whole:
      var inner = chunk
      inner.columns = Array(chunk.columns.prefix(position))
      inner.columns.append(try value.evaluate(chunk))
      return try body.evaluate(inner)
    case .each: return try collected(chunk) { _, result in SPLValues.json(of: result) }
    case .filter: return try collected(chunk) { element, result in result == .bool(true) ? element : nil }
    }
  }

  /// The body over a row for each element, and what it makes of them together again.
  private func collected(
    _ chunk: Chunk, _ keep: (_ element: JSONValue, _ result: Value) -> JSONValue?
  ) throws(ExecutionFailure) -> Column {
    let field = try value.evaluate(chunk)
    var rows: [UInt32] = []
    var elements: [Value] = []
    for row in 0..<chunk.count {
      switch field.value(at: row) {
      case .null, .dynamic(.null): continue
      case .dynamic(.array(let values)):
        for value in values {
          rows.append(UInt32(row))
          elements.append(.dynamic(value))
        }
      case let value:
        rows.append(UInt32(row))
        elements.append(.dynamic(SPLValues.json(of: value)))
      }
    }
    var outer = chunk
    outer.columns = Array(chunk.columns.prefix(position))
    var inner = outer.gather(Vector(rows), only: body.inputs)
    inner.columns.append(Column.of(.dynamic, elements))
    let results = try body.evaluate(inner)
    var collected = [[JSONValue]](repeating: [], count: chunk.count)
    for (index, row) in rows.enumerated() {
      let result = results.value(at: index)
      if result.isNull { continue }
      if let kept = keep(elements[index].json, result) { collected[Int(row)].append(kept) }
    }
    return Column.of(.dynamic, collected.map { SPLValues.value(of: $0) })
  }
}
