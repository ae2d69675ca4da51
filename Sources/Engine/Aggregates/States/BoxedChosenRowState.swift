/// Keeps the row of each group with the greatest or the least first argument, for types whose values are
/// compared one by one: string, decimal, guid, dynamic.
final class BoxedChosenRowState: AggregateState {
  private let greatest: Bool
  private let missingText: MissingText
  private var best: [Value] = []
  private var rows: [UInt32] = []
  private var retained: RetainedRows

  init(_ arguments: AggregateArguments, greatest: Bool) {
    self.greatest = greatest
    missingText = arguments.dialect.missingText
    retained = RetainedRows(types: arguments.types)
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    grow(to: groupCount)
    var chosen: [Int: UInt32] = [:]
    for row in 0..<groups.count {
      let group = Int(groups[row])
      let value = arguments[0].value(at: row)
      if (rows[group] == UInt32.max && chosen[group] == nil) || isBetter(value, than: best[group]) {
        best[group] = value
        chosen[group] = UInt32(truncatingIfNeeded: row)
      }
    }
    let touched = chosen.sorted { $0.key < $1.key }
    let first = retained.append(arguments, rows: Vector(touched.map(\.value)))
    for (position, entry) in touched.enumerated() {
      rows[entry.key] = first + UInt32(truncatingIfNeeded: position)
    }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    grow(to: groupCount)
    let first = retained.append(other.retained)
    for group in other.rows.indices where other.rows[group] != UInt32.max {
      let target = Int(mapping[group])
      if rows[target] == UInt32.max || isBetter(other.best[group], than: best[target]) {
        best[target] = other.best[group]
        rows[target] = first + other.rows[group]
      }
    }
  }

  func partial(groupCount: Int) -> PartialRows {
    grow(to: groupCount)
    return PartialRows(
      where: rows.map { $0 != UInt32.max }, retained.columns(rows: rows, missingText: missingText))
  }

  func finish(groupCount: Int) -> [Column] {
    grow(to: groupCount)
    return retained.columns(rows: rows, missingText: missingText)
  }

  private func isBetter(_ value: Value, than other: Value) -> Bool {
    if value.isNull { return false }
    if other.isNull { return true }
    return greatest ? ValueOrder.isBefore(other, value) : ValueOrder.isBefore(value, other)
  }

  private func grow(to count: Int) {
    best.grow(to: count, filling: .null)
    rows.grow(to: count, filling: UInt32.max)
  }
}
