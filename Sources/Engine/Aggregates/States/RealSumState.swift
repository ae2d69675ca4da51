/// Sums and means of reals, the same in any order of the rows.
final class RealSumState: AggregateState {
  enum Result {
    case sum
    case mean
  }

  private struct Total {
    var sum = CompensatedSum()
    var count: Int64 = 0
  }

  private let result: Result
  private let dialect: Dialect
  private var reader: NumberReader
  private var totals: [Total] = []

  init(_ result: Result, _ arguments: AggregateArguments) {
    self.result = result
    dialect = arguments.dialect
    reader = NumberReader(type: arguments.type(at: 0), dialect: arguments.dialect)
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    totals.grow(to: groupCount, filling: Total())
    totals.withUnsafeMutableBufferPointer { totals in
      reader.forEach(arguments[0], groups: groups) { group, number in
        totals[group].sum.add(number)
        totals[group].count &+= 1
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    totals.grow(to: groupCount, filling: Total())
    for (group, total) in other.totals.enumerated() {
      totals[Int(mapping[group])].sum.add(total.sum)
      totals[Int(mapping[group])].count &+= total.count
    }
  }

  func partial(groupCount: Int) -> PartialRows {
    totals.grow(to: groupCount, filling: Total())
    return PartialRows(
      ofEach: groupCount, totals.map(\.sum).partColumns + [.int64(.long, totals.map(\.count))])
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    totals.grow(to: groupCount, filling: Total())
    let more = rows.sums(from: 0)
    let counts = rows.longs([CompensatedSum].partCount)
    for (row, group) in rows.groups.enumerated() {
      totals[Int(group)].sum.add(more[row])
      totals[Int(group)].count &+= counts[row]
    }
  }

  func finish(groupCount: Int) -> [Column] {
    totals.grow(to: groupCount, filling: Total())
    let isNull = dialect.emptyTotalIsNull && totals.contains { $0.count == 0 }
    let values = totals.map { total in
      switch result {
      case .sum: total.sum.value
      case .mean: total.sum.doubleDouble.divided(by: Double(total.count)).value
      }
    }
    return [.reals(values, validity: isNull ? totals.map { $0.count > 0 } : nil)]
  }
}
