/// Aggregates over a window that slides along the rows of one group.
///
/// Rows are held as blocks of 64, 128, 256 … of them, each aggregated once. A window is put together of the
/// largest blocks that lie in it and of the rows at its two ends, so that a row costs the logarithm of the
/// window's length instead of the length.
struct SlidingAggregates {
  private static let leafLength = 64

  private let items: [RowAggregate]
  /// Those that forget a row by itself, with the place among all; the others are put together of blocks.
  private let sliding: [(place: Int, argument: Column, form: any SlidingAggregate)]
  private let blockPlaces: [Int]
  private(set) var rows: [UInt32] = []
  /// The place in `rows` where the window begins; it ends at the last row.
  private(set) var start = 0
  /// `levels[k][n]` aggregates `64 << k` rows from the place `n * 64 << k`; empty once the window is past it.
  private var levels: [[[any AggregateState]]] = []
  /// How many blocks of each level were emptied.
  private var emptied: [Int] = []

  init(_ all: [RowAggregate]) {
    var sliding: [(place: Int, argument: Column, form: any SlidingAggregate)] = []
    var places: [Int] = []
    for (place, item) in all.enumerated() {
      if let form = item.makeSliding(), let argument = item.arguments.first {
        sliding.append((place, argument, form))
      } else {
        places.append(place)
      }
    }
    self.sliding = sliding
    blockPlaces = places
    items = places.map { all[$0] }
  }

  /// The first row of the window.
  var first: UInt32? { start < rows.count ? rows[start] : nil }
  var count: Int { rows.count - start }

  mutating func append(_ row: UInt32) {
    rows.append(row)
    for slide in sliding { slide.form.add(slide.argument.value(at: Int(row))) }
    if items.isEmpty { return }
    guard rows.count % Self.leafLength == 0 else { return }
    let begin = rows.count - Self.leafLength
    add(begin < start ? [] : states(of: begin..<rows.count), at: 0)
  }

  mutating func dropFirst(_ count: Int = 1) {
    let end = min(rows.count, start + max(0, count))
    for place in start..<end {
      for slide in sliding { slide.form.remove(slide.argument.value(at: Int(rows[place]))) }
    }
    start = end
    for level in levels.indices {
      while emptied[level] < levels[level].count, (emptied[level] * Self.leafLength) << level < start {
        levels[level][emptied[level]] = []
        emptied[level] += 1
      }
    }
  }

  /// The aggregates of the window.
  var values: [Value] {
    var values = [Value](repeating: .null, count: items.count + sliding.count)
    for slide in sliding { values[slide.place] = slide.form.result }
    if items.isEmpty { return values }
    let result = items.map { $0.makeState() }
    var place = start
    while place < rows.count {
      if let (block, length) = block(at: place) {
        merge(block, into: result)
        place += length
      } else {
        let end = min(rows.count, (place / Self.leafLength + 1) * Self.leafLength)
        for (item, state) in zip(items, result) {
          item.update(state, with: Array(rows[place..<end]))
        }
        place = end
      }
    }
    for (index, place) in blockPlaces.enumerated() { values[place] = items[index].value(of: result[index]) }
    return values
  }

  /// The largest block that begins at a place, and its length.
  private func block(at place: Int) -> (states: [any AggregateState], length: Int)? {
    guard place % Self.leafLength == 0 else { return nil }
    var number = place / Self.leafLength
    var found: (states: [any AggregateState], length: Int)?
    for level in levels.indices {
      guard number < levels[level].count, !levels[level][number].isEmpty else { break }
      found = (levels[level][number], Self.leafLength << level)
      guard number % 2 == 0 else { break }
      number /= 2
    }
    return found
  }

  /// Adds a block, and the larger one that it completes.
  private mutating func add(_ block: [any AggregateState], at level: Int) {
    if level == levels.count {
      levels.append([])
      emptied.append(0)
    }
    levels[level].append(block)
    guard levels[level].count % 2 == 0 else { return }
    let left = levels[level][levels[level].count - 2]
    if left.isEmpty || block.isEmpty {
      add([], at: level + 1)
      return
    }
    let both = items.map { $0.makeState() }
    merge(left, into: both)
    merge(block, into: both)
    add(both, at: level + 1)
  }

  private func states(of places: Range<Int>) -> [any AggregateState] {
    items.map { item in
      let state = item.makeState()
      item.update(state, with: Array(rows[places]))
      return state
    }
  }

  private func merge(_ block: [any AggregateState], into states: [any AggregateState]) {
    for (state, part) in zip(states, block) { state.merge(part, mapping: [0], groupCount: 1) }
  }
}
