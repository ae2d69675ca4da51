/// An aggregate whose result is asked for after every row, where its state would go through all rows each time.
///
/// `streamstats dc(user)` over a million rows asks a million times: each answer must cost a little, not the rows so
/// far.
protocol RunningAggregate: AnyObject {
  func add(_ value: Value)
  var result: Value { get }
}

extension RowAggregate {
  /// The running form of a function that has one; nil where its state is asked as it is.
  func makeRunning() -> (any RunningAggregate)? {
    let result = output.type
    if function === DistinctAggregates.splDistinct { return RunningDistinct() }
    if function === DistinctAggregates.splMode { return RunningMode(result) }
    if function === ExtremeAggregates.splRange { return RunningRange(result) }
    if function === ExtremeAggregates.splMin, result == .dynamic { return RunningExtreme(isGreatest: false) }
    if function === ExtremeAggregates.splMax, result == .dynamic { return RunningExtreme(isGreatest: true) }
    if function === PercentileAggregates.splMedian { return RunningQuantile(nil) }
    if function === PercentileAggregates.splPercentile {
      return RunningQuantile(
        known.constants.dropFirst().first.flatMap { $0.flatMap { NumberReader.number($0) } } ?? .nan)
    }
    return nil
  }
}

/// A running aggregate that can forget a value again, for windows.
protocol SlidingAggregate: RunningAggregate {
  func remove(_ value: Value)
}

extension RowAggregate {
  /// The form for windows of a function that has one.
  func makeSliding() -> (any SlidingAggregate)? {
    function === DistinctAggregates.splDistinct ? RunningDistinct() : nil
  }
}

/// `dc`: how often each text is there.
private final class RunningDistinct: SlidingAggregate {
  private var counts: [String: Int] = [:]

  func add(_ value: Value) { for text in SPLValue.texts(value) { counts[text, default: 0] += 1 } }

  func remove(_ value: Value) {
    for text in SPLValue.texts(value) {
      guard let count = counts[text] else { continue }
      counts[text] = count > 1 ? count - 1 : nil
    }
  }

  var result: Value { .long(Int64(counts.count)) }
}

/// `mode`: of values that are as frequent the one that came first.
private final class RunningMode: RunningAggregate {
  private var counts: [String: (count: Int, place: Int)] = [:]
  private var best: (count: Int, place: Int, value: Value)?
  private let type: DataType

  init(_ type: DataType) { self.type = type }

  func add(_ value: Value) {
    for element in SPLValue.elements(value) {
      let text = SPLValue.text(element)
      let known = counts[text] ?? (0, counts.count)
      counts[text] = (known.count + 1, known.place)
      if let best, (best.count, -best.place) >= (known.count + 1, -known.place) { continue }
      best = (known.count + 1, known.place, type == .dynamic ? .dynamic(element.json) : element)
    }
  }

  var result: Value { best?.value ?? .null }
}

/// `range`.
private final class RunningRange: RunningAggregate {
  private var least = Double.infinity
  private var most = -Double.infinity
  private let type: DataType

  init(_ type: DataType) { self.type = type }

  func add(_ value: Value) {
    for number in SPLValue.elements(value).compactMap({ NumberReader.number($0) }) {
      least = min(least, number)
      most = max(most, number)
    }
  }

  var result: Value {
    if least > most { return .null }
    return type == .long ? .long(Int64(saturating: most - least)) : .real(most - least)
  }
}

/// `min` and `max` of texts: of numbers as long as all are, else by the order of texts.
private final class RunningExtreme: RunningAggregate {
  private let isGreatest: Bool
  private var number: Double?
  private var text: String?
  private var hasText = false

  init(isGreatest: Bool) { self.isGreatest = isGreatest }

  func add(_ value: Value) {
    for element in SPLValue.elements(value) {
      let own = SPLValue.text(element)
      if let best = text {
        let isBetter =
          isGreatest
          ? best.precedes(own) : own.precedes(best)
        if isBetter { text = own }
      } else {
        text = own
      }
      guard let value = NumberReader.number(element) else {
        hasText = true
        continue
      }
      number = number.map { isGreatest ? max($0, value) : min($0, value) } ?? value
    }
  }

  var result: Value {
    if !hasText, let number { return DistinctState.numberValue(number) }
    return text.map { .dynamic(.string($0)) } ?? .null
  }
}

/// `median` and `perc`: the numbers in order, in blocks of some thousands.
private final class RunningQuantile: RunningAggregate {
  private static let blockLimit = 4096

  /// Nil for the median.
  private let percentile: Double?
  private var blocks: [[Double]] = []
  private var count = 0

  init(_ percentile: Double?) { self.percentile = percentile }

  func add(_ value: Value) {
    for element in SPLValue.elements(value) {
      if let number = NumberReader.number(element), !number.isNaN { insert(number) }
    }
  }

  private func insert(_ number: Double) {
    count += 1
    guard !blocks.isEmpty else {
      blocks = [[number]]
      return
    }
    var low = 0
    var high = blocks.count - 1
    while low < high {
      let middle = (low + high) / 2
      if let last = blocks[middle].last, last < number { low = middle + 1 } else { high = middle }
    }
    var start = 0
    var end = blocks[low].count
    while start < end {
      let middle = (start + end) / 2
      if blocks[low][middle] < number { start = middle + 1 } else { end = middle }
    }
    blocks[low].insert(number, at: start)
    if blocks[low].count > Self.blockLimit {
      let half = blocks[low].count / 2
      let rest = Array(blocks[low][half...])
      blocks[low].removeSubrange(half...)
      blocks.insert(rest, at: low + 1)
    }
  }

  private func number(at place: Int) -> Double? {
    var rest = place
    for block in blocks {
      if rest < block.count { return block[rest] }
      rest -= block.count
    }
    return nil
  }

  var result: Value {
    let found =
      percentile.map { Quantile.interpolated($0, of: count) { self.number(at: $0) } }
      ?? Quantile.median(of: count) { self.number(at: $0) }
    return found.map { .real($0) } ?? .null
  }
}
