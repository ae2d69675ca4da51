/// Covariance of two arguments, over the rows in which both have a value.
final class CovarianceState: AggregateState {
  private struct Sums {
    var first = CompensatedSum()
    var second = CompensatedSum()
    var products = CompensatedSum()
    var count: Int64 = 0
  }

  private let ofSample: Bool
  private var sums: [Sums] = []

  init(ofSample: Bool) { self.ofSample = ofSample }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    sums.grow(to: groupCount, filling: Sums())
    for row in 0..<groups.count {
      guard let first = arguments[0].value(at: row).number, let second = arguments[1].value(at: row).number
      else { continue }
      let group = Int(groups[row])
      sums[group].first.add(first)
      sums[group].second.add(second)
      sums[group].products.add(DoubleDouble(first, times: second))
      sums[group].count &+= 1
    }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    sums.grow(to: groupCount, filling: Sums())
    for (group, more) in other.sums.enumerated() {
      let target = Int(mapping[group])
      sums[target].first.add(more.first)
      sums[target].second.add(more.second)
      sums[target].products.add(more.products)
      sums[target].count &+= more.count
    }
  }

  func partial(groupCount: Int) -> PartialRows {
    sums.grow(to: groupCount, filling: Sums())
    return PartialRows(
      ofEach: groupCount,
      sums.map(\.first).partColumns + sums.map(\.second).partColumns + sums.map(\.products).partColumns + [
        .int64(.long, sums.map(\.count))
      ])
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    sums.grow(to: groupCount, filling: Sums())
    let firsts = rows.sums(from: 0)
    let seconds = rows.sums(from: [CompensatedSum].partCount)
    let products = rows.sums(from: 2 * [CompensatedSum].partCount)
    let counts = rows.longs(3 * [CompensatedSum].partCount)
    for (row, group) in rows.groups.enumerated() {
      sums[Int(group)].first.add(firsts[row])
      sums[Int(group)].second.add(seconds[row])
      sums[Int(group)].products.add(products[row])
      sums[Int(group)].count &+= counts[row]
    }
  }

  func finish(groupCount: Int) -> [Column] {
    sums.grow(to: groupCount, filling: Sums())
    return [.reals(sums.map(covariance))]
  }

  private func covariance(_ sums: Sums) -> Double {
    if !sums.first.value.isFinite || !sums.second.value.isFinite { return .nan }
    if sums.count < 2 { return 0 }
    let count = Double(sums.count)
    let product = sums.first.doubleDouble * sums.second.doubleDouble
    let spread = (sums.products.doubleDouble - product.divided(by: count)).value
    return spread / (ofSample ? count - 1 : count)
  }
}
