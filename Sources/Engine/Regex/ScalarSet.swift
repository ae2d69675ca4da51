/// A set of Unicode scalars as sorted, disjoint, non-adjacent ranges. Surrogates are never members.
///
///     ScalarSet("a"..."f").union(ScalarSet("0"..."9")).contains(0x63)  // true
struct ScalarSet: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>]

  static let empty = ScalarSet(sorted: [])
  static let all = ScalarSet(sorted: [0...0xD7FF, 0xE000...0x10FFFF])
  static let ascii = ScalarSet(sorted: [0...0x7F])

  /// Ranges that are already canonical.
  private init(sorted ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

  init(_ ranges: [ClosedRange<UInt32>]) {
    let ordered = ranges.sorted { $0.lowerBound < $1.lowerBound }
    var merged: [ClosedRange<UInt32>] = []
    merged.reserveCapacity(ordered.count)
    for range in ordered {
      if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
        if range.upperBound > last.upperBound {
          merged[merged.count - 1] = last.lowerBound...range.upperBound
        }
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
    let touchesSurrogates = merged.contains { $0.lowerBound < 0xE000 && $0.upperBound > 0xD7FF }
    let leavesUnicode = (merged.last?.upperBound ?? 0) > 0x10FFFF
    if touchesSurrogates || leavesUnicode { self = intersection(.all) }
  }

  init(scalar: UInt32) { self.init([scalar...scalar]) }

  init(_ scalars: ClosedRange<Unicode.Scalar>) {
    self.init([scalars.lowerBound.value...scalars.upperBound.value])
  }

  /// Pairs of first and last scalars, in order.
  init(bounds: [UInt32]) {
    self.init(stride(from: 0, to: bounds.count - 1, by: 2).map { bounds[$0]...bounds[$0 + 1] })
  }

  var isEmpty: Bool { ranges.isEmpty }
  var isASCII: Bool { (ranges.last?.upperBound ?? 0) < 0x80 }

  var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// The only member, if there is one only.
  var only: UInt32? {
    guard ranges.count == 1, let range = ranges.first, range.lowerBound == range.upperBound else {
      return nil
    }
    return range.lowerBound
  }

  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= scalar
  }

  func union(_ other: ScalarSet) -> ScalarSet {
    if other.isEmpty { return self }
    if isEmpty { return other }
    return ScalarSet(ranges + other.ranges)
  }

  func intersection(_ other: ScalarSet) -> ScalarSet {
    var result: [ClosedRange<UInt32>] = []
    var left = 0
    var right = 0
    while left < ranges.count, right < other.ranges.count {
      let (one, two) = (ranges[left], other.ranges[right])
      let low = max(one.lowerBound, two.lowerBound)
      let high = min(one.upperBound, two.upperBound)
      if low <= high { result.append(low...high) }
      if one.upperBound < two.upperBound { left += 1 } else { right += 1 }
    }
    return ScalarSet(sorted: result)
  }

  var inverted: ScalarSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { result.append(next...0x10FFFF) }
    return ScalarSet(result)
  }

  func subtracting(_ other: ScalarSet) -> ScalarSet { intersection(other.inverted) }

  func symmetricDifference(_ other: ScalarSet) -> ScalarSet {
    union(other).subtracting(intersection(other))
  }

  func isDisjoint(with other: ScalarSet) -> Bool { intersection(other).isEmpty }
}
