/// The groups of an aggregate over some of its rows, with what each of its items has seen of them.
package struct PartialGroups: Sendable {
  /// A row for each group.
  var keys: [Column]
  /// Where each group was first seen: its order among all.
  var positions: [Int64]
  /// What each item has seen, by the numbers of the groups here.
  var items: [PartialRows]

  var count: Int { positions.count }

  /// The groups by the bucket that their keys fall into.
  func split(into buckets: Int) -> [PartialGroups] {
    if buckets == 1 { return [self] }
    let bucketOfGroup = BucketHash.buckets(of: keys, count: count, among: buckets)
    var groups = [[UInt32]](repeating: [], count: buckets)
    var places = [UInt32](repeating: 0, count: count)
    for (group, bucket) in bucketOfGroup.enumerated() {
      places[group] = UInt32(groups[Int(bucket)].count)
      groups[Int(bucket)].append(UInt32(group))
    }
    let itemRows = items.map { item in
      var rows = [[UInt32]](repeating: [], count: buckets)
      for (row, group) in item.groups.enumerated() {
        rows[Int(bucketOfGroup[Int(group)])].append(UInt32(row))
      }
      return rows
    }
    return (0..<buckets).map { bucket in
      let kept = Vector(groups[bucket])
      return PartialGroups(
        keys: keys.map { $0.gather(kept) }, positions: groups[bucket].map { positions[Int($0)] },
        items: items.indices.map { item in
          let rows = itemRows[item][bucket]
          let gathered = Vector(rows)
          return PartialRows(
            groups: rows.map { places[Int(items[item].groups[Int($0)])] },
            columns: items[item].columns.map { $0.gather(gathered) })
        })
    }
  }

  // MARK: - As tables

  /// The keys with their positions, then the rows of each item with their groups.
  var tables: [Table] {
    [PartialGroups.table(positions, keys)]
      + items.map { PartialGroups.table($0.groups.map { Int64($0) }, $0.columns) }
  }

  /// - Throws: if tables are not those of partial groups with so many items.
  init(_ tables: [Table], itemCount: Int) throws(BlockFailure) {
    guard tables.count == itemCount + 1, tables.allSatisfy({ !$0.columns.isEmpty }) else {
      throw .damaged("it holds no groups of this aggregate")
    }
    positions = try PartialGroups.numbers(tables[0])
    keys = Array(tables[0].columns.dropFirst())
    items = []
    for table in tables.dropFirst() {
      let numbers = try PartialGroups.numbers(table)
      guard numbers.allSatisfy({ positions.indices.contains(Int($0)) }) else {
        throw .damaged("a row is of no group")
      }
      items.append(
        PartialRows(groups: numbers.map { UInt32($0) }, columns: Array(table.columns.dropFirst())))
    }
  }

  init(keys: [Column], positions: [Int64], items: [PartialRows]) {
    self.keys = keys
    self.positions = positions
    self.items = items
  }

  private static func table(_ numbers: [Int64], _ columns: [Column]) -> Table {
    Table(
      fields: [Field("number", .long)] + columns.map { Field("", $0.type) },
      columns: [.int64(.long, numbers)] + columns, rowCount: numbers.count)
  }

  private static func numbers(_ table: Table) throws(BlockFailure) -> [Int64] {
    guard case .int64(let column)? = table.columns.first, column.validity == nil else {
      throw .damaged("it holds no numbers of groups")
    }
    return column.values.array
  }
}
