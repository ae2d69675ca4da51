/// Items of rows put side by side by group, in row order within each:
///
///     groups  0 1 0 2 1        offsets  0 2 4 5
///     items   a b c d e        items    a c b e d
struct GroupedRuns<Item> {
  private let offsets: [Int]
  private(set) var items: [Item]

  init(groups: [UInt32], items: [Item], groupCount: Int) {
    var ends = [Int](repeating: 0, count: groupCount + 1)
    for group in groups { ends[Int(group) + 1] += 1 }
    for group in 0..<groupCount { ends[group + 1] += ends[group] }
    offsets = ends
    self.items = items
    for row in 0..<groups.count {
      let group = Int(groups[row])
      self.items[ends[group]] = items[row]
      ends[group] += 1
    }
  }

  fileprivate init(offsets: [Int], items: [Item]) {
    self.offsets = offsets
    self.items = items
  }

  func map<Result>(_ transform: (Item) -> Result) -> GroupedRuns<Result> {
    GroupedRuns<Result>(offsets: offsets, items: items.map(transform))
  }

  func range(of group: Int) -> Range<Int> { offsets[group]..<offsets[group + 1] }

  subscript(group: Int) -> ArraySlice<Item> { items[range(of: group)] }
}

extension GroupedRuns where Item: Comparable {
  /// Sorts the items of each group.
  mutating func sortWithinGroups() {
    for group in 0..<offsets.count - 1 { items[range(of: group)].sort() }
  }
}
