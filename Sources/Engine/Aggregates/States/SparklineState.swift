/// Runs another aggregate for each group and span of time, and puts its values in a list for each group.
///
/// ```
///   arguments   "sum", _time, begin, span, 3, x       rows  a 0 10   a 0 5   a 2 7   b 1 2
///   inner       group and span are its group          a0: 15   a2: 7   b1: 2
///   result      a: [mark, 15, 0, 7]   b: [mark, 0, 2, 0]
/// ```
final class SparklineState: AggregateState {
  private let inner: (any AggregateState)?
  /// Ticks.
  private let begin: Int64
  private let width: Int64
  private let count: Int
  /// The inner aggregate's group by group and span.
  private var places: [UInt64: UInt32] = [:]

  init(_ arguments: AggregateArguments) {
    func whole(_ place: Int) -> Int64 {
      if place < arguments.constants.count, case .long(let number)? = arguments.constants[place] {
        return number
      }
      return 0
    }
    begin = whole(2)
    width = max(1, whole(3))
    count = Int(max(0, min(whole(4), Int64(SparklineAggregates.mostSpans))))
    let leading = SparklineAggregates.leading
    let types = Array(arguments.types.dropFirst(leading))
    let constants = Array(arguments.constants.dropFirst(leading))
    if case .string(let name)? = arguments.constants.first.flatMap({ $0 }),
      let function = AggregateCatalog.function(name, in: arguments.dialect.language),
      function !== SparklineAggregates.sparkline,
      let results = function.resultTypes(of: types, constants: constants)
    {
      inner = function.makeState(
        AggregateArguments(
          types: types, constants: constants, resultTypes: results, dialect: arguments.dialect))
    } else {
      inner = nil
    }
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    guard let inner, count > 0 else { return }
    var rows: [UInt32] = []
    var inside: [UInt32] = []
    let times = arguments[1]
    for row in 0..<groups.count {
      guard case .datetime(let time) = times.value(at: row), time >= begin else { continue }
      let span = (time - begin) / width
      guard span < Int64(count) else { continue }
      rows.append(UInt32(truncatingIfNeeded: row))
      inside.append(place(of: UInt64(groups[row]) << 32 | UInt64(span)))
    }
    if rows.isEmpty { return }
    let kept = Vector(rows)
    let rest = arguments.dropFirst(SparklineAggregates.leading).map { $0.gather(kept) }
    inside.withUnsafeBufferPointer { inner.update(groups: $0, groupCount: places.count, arguments: rest) }
  }

  private func place(of key: UInt64) -> UInt32 {
    if let known = places[key] { return known }
    let new = UInt32(truncatingIfNeeded: places.count)
    places[key] = new
    return new
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    guard let inner, let theirs = other.inner else { return }
    var innerMapping = [UInt32](repeating: 0, count: other.places.count)
    // In the order of their groups, so that the same rows give the same groups here.
    for (key, group) in other.places.sorted(by: { $0.value < $1.value }) {
      innerMapping[Int(group)] = place(of: UInt64(mapping[Int(key >> 32)]) << 32 | key & 0xFFFF_FFFF)
    }
    inner.merge(theirs, mapping: innerMapping, groupCount: places.count)
  }

  func partial(groupCount: Int) -> PartialRows {
    guard let rows = inner?.partial(groupCount: places.count) else {
      return PartialRows(groups: [], columns: [])
    }
    var keys = [UInt64](repeating: 0, count: places.count)
    for (key, place) in places { keys[Int(place)] = key }
    let cells = rows.groups.map { keys[Int($0)] }
    return PartialRows(
      groups: cells.map { UInt32($0 >> 32) },
      columns: [.int64(.long, cells.map { Int64($0 & 0xFFFF_FFFF) })] + rows.columns)
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    guard let inner, !rows.columns.isEmpty else { return }
    let cells = zip(rows.groups, rows.longs(0)).map { group, span in
      place(of: UInt64(group) << 32 | UInt64(truncatingIfNeeded: span) & 0xFFFF_FFFF)
    }
    inner.absorb(
      PartialRows(groups: cells, columns: Array(rows.columns.dropFirst())), groupCount: places.count)
  }

  func finish(groupCount: Int) -> [Column] {
    let values = inner?.finish(groupCount: places.count).first
    let cells = places.sorted { $0.key < $1.key }
    var next = 0
    var builder = ColumnBuilder(type: .dynamic)
    for group in 0..<groupCount {
      var list: [JSONValue] = [.string(SparklineText.mark)]
      for span in 0..<count {
        let key = UInt64(group) << 32 | UInt64(span)
        guard next < cells.count, cells[next].key == key else {
          list.append(.long(0))
          continue
        }
        list.append(values?.value(at: Int(cells[next].value)).json ?? .null)
        next += 1
      }
      builder.append(.dynamic(.array(list)))
    }
    return [builder.finish()]
  }
}
