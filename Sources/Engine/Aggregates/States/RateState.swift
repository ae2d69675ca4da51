/// How fast a value changes: from its earliest to its latest row, a second. Null with fewer than two times.
final class RateState: AggregateState {
  private struct Span {
    var first: (time: Double, value: Double)
    var last: (time: Double, value: Double)
  }

  private var spans: [Span?] = []

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    spans.grow(to: groupCount, filling: nil)
    for row in 0..<groups.count {
      guard let value = NumberReader.number(arguments[0].value(at: row)),
        let time = NumberReader.number(arguments[1].value(at: row))
      else { continue }
      add(Span(first: (time, value), last: (time, value)), to: Int(groups[row]))
    }
  }

  private func add(_ span: Span, to group: Int) {
    guard var known = spans[group] else {
      spans[group] = span
      return
    }
    if span.first.time < known.first.time { known.first = span.first }
    if span.last.time > known.last.time { known.last = span.last }
    spans[group] = known
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    spans.grow(to: groupCount, filling: nil)
    for (group, span) in other.spans.enumerated() {
      if let span { add(span, to: Int(mapping[group])) }
    }
  }

  func partial(groupCount: Int) -> PartialRows {
    spans.grow(to: groupCount, filling: nil)
    func column(_ part: (Span) -> Double) -> Column { .reals(spans.map { $0.map(part) ?? 0 }) }
    return PartialRows(
      where: spans.map { $0 != nil },
      [column(\.first.time), column(\.first.value), column(\.last.time), column(\.last.value)])
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    spans.grow(to: groupCount, filling: nil)
    let parts = (0..<4).map { rows.reals($0) }
    for (row, group) in rows.groups.enumerated() {
      add(
        Span(first: (parts[0][row], parts[1][row]), last: (parts[2][row], parts[3][row])), to: Int(group))
    }
  }

  func finish(groupCount: Int) -> [Column] {
    spans.grow(to: groupCount, filling: nil)
    let rates: [Value] = spans.map { span in
      guard let span, span.last.time > span.first.time else { return .null }
      return .real((span.last.value - span.first.value) / (span.last.time - span.first.time))
    }
    return [Column.of(.real, rates)]
  }
}
