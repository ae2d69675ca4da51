/// All values of each group, in the order of the rows.
final class ListState: AggregateState {
  enum Nulls {
    case dropped
    case kept
  }

  private let dialect: Dialect
  private let keepsNull: Bool
  private let limit: Int?
  private var elements: ElementEncoder
  /// The group and the value code of each value kept, side by side.
  private var groups: [UInt32] = []
  private var codes: [UInt32] = []
  private var counts: [Int] = []

  /// A null of a scalar type is dropped; whether one of type dynamic stays is for the dialect.
  init(_ nulls: Nulls, _ arguments: AggregateArguments, flattens: Bool = true, limit: Int?) {
    dialect = arguments.dialect
    keepsNull = nulls == .kept || (dialect.listsNullsOfJSON && arguments.type(at: 0) == .dynamic)
    self.limit = limit
    elements = ElementEncoder(
      type: arguments.type(at: 0), dialect: arguments.dialect, flattens: flattens)
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    counts.grow(to: groupCount, filling: 0)
    elements.forEach(arguments[0], groups: groups) { group, code in append(group, code) }
  }

  @inline(__always)
  private func append(_ group: UInt32, _ code: UInt32) {
    if code == KeyColumnEncoder.null, !keepsNull { return }
    if let limit {
      if counts[Int(group)] >= limit { return }
      counts[Int(group)] += 1
    }
    groups.append(group)
    codes.append(code)
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    counts.grow(to: groupCount, filling: 0)
    let moved = elements.absorb(other.elements)
    for position in other.groups.indices {
      append(mapping[Int(other.groups[position])], moved[Int(other.codes[position])])
    }
  }

  func partial(groupCount: Int) -> PartialRows {
    PartialRows(groups: groups, columns: [elements.column(of: codes)])
  }

  func finish(groupCount: Int) -> [Column] {
    let runs = GroupedRuns(groups: groups, items: codes, groupCount: groupCount)
    return [
      JSONArrays.column(
        runs, groupCount: groupCount, elements: elements, form: dialect.lists)
    ]
  }
}
