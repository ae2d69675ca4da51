/// Numbers the distinct keys of rows: group 0, 1, 2, … in the order of their first row.
///
/// Several key columns are paired up step by step, each pair of codes packed into one word:
///
///     hour code   arn code        (hour, arn) -> pair    region code       (pair, region) -> group
///         1           7               1<<32 | 7 -> 0          3                0<<32 | 3 -> 0
///         1           9               1<<32 | 9 -> 1          3                1<<32 | 3 -> 1
struct GroupTable: ~Copyable {
  private var encoders: [EncoderBox]
  private var pairs: [PairBox]
  /// Code 0 (null) to group, for a single key column: dense, no hashing.
  private var dense: [UInt32] = []
  /// For each group, the code of each key column.
  private var groupCodes: [[UInt32]]
  private(set) var count = 0

  /// Boxes, as arrays hold copyable things only.
  private final class EncoderBox {
    var encoder: KeyColumnEncoder
    init(type: DataType) { encoder = KeyColumnEncoder(type: type) }
  }
  private final class PairBox {
    var table = PairTable()
  }

  init(types: [DataType]) {
    encoders = types.map { EncoderBox(type: $0) }
    pairs = types.count > 1 ? (1..<types.count).map { _ in PairBox() } : []
    groupCodes = types.map { _ in [] }
    // Without keys all rows are one group, also when there are no rows.
    if types.isEmpty { count = 1 }
  }

  /// The group of each row.
  mutating func groups(of columns: [Column], count rows: Int) -> [UInt32] {
    if encoders.isEmpty { return [UInt32](repeating: 0, count: rows) }
    return number(zip(encoders, columns).map { $0.encoder.encode($1) }, rows: rows)
  }

  private mutating func number(_ codes: [[UInt32]], rows: Int) -> [UInt32] {
    if codes.count == 1 { return numberSingle(codes[0]) }
    var current = codes[0]
    var limit = encoders[0].encoder.count
    var newRows: [Int] = []
    for step in 0..<pairs.count {
      let isLast = step == pairs.count - 1
      let box = pairs[step]
      let nextLimit = encoders[step + 1].encoder.count
      current.withUnsafeMutableBufferPointer { first in
        codes[step + 1].withUnsafeBufferPointer { second in
          box.table.number(first, below: limit, second, below: nextLimit, rows: rows) { row in
            if isLast { newRows.append(row) }
          }
        }
      }
      limit = box.table.count
    }
    for (column, columnCodes) in codes.enumerated() {
      groupCodes[column].reserveCapacity(groupCodes[column].count + newRows.count)
      for row in newRows { groupCodes[column].append(columnCodes[row]) }
    }
    count += newRows.count
    return current
  }

  private mutating func numberSingle(_ codes: [UInt32]) -> [UInt32] {
    let known = encoders[0].encoder.count
    if dense.count < known {
      dense.append(contentsOf: repeatElement(UInt32.max, count: max(known, dense.count * 2) - dense.count))
    }
    var found = count
    var newCodes: [UInt32] = []
    let result = dense.withUnsafeMutableBufferPointer { dense in
      codes.withUnsafeBufferPointer { codes in
        [UInt32](unsafeUninitializedCapacity: codes.count) { groups, initialized in
          for row in 0..<codes.count {
            let code = Int(codes[row])
            var group = dense[code]
            if group == UInt32.max {
              group = UInt32(truncatingIfNeeded: found)
              dense[code] = group
              newCodes.append(codes[row])
              found += 1
            }
            groups.initializeElement(at: row, to: group)
          }
          initialized = codes.count
        }
      }
    }
    groupCodes[0].append(contentsOf: newCodes)
    count = found
    return result
  }

  /// What `lookUp` gives for a row whose key has no group.
  static let noGroup = UInt32.max

  /// The group of each row, without making new ones; `noGroup` where the key is new or, if so asked, has a null.
  mutating func lookUp(_ columns: [Column], count rows: Int, nullsMatch: Bool) -> [UInt32] {
    // New key values get codes that no group has, which does no harm.
    let codes = zip(encoders, columns).map { $0.encoder.encode($1) }
    guard var result = codes.first else { return [UInt32](repeating: 0, count: rows) }
    if codes.count == 1 {
      for row in 0..<rows {
        let code = Int(result[row])
        let isSkipped = !nullsMatch && code == Int(KeyColumnEncoder.null)
        result[row] = isSkipped || code >= dense.count ? GroupTable.noGroup : dense[code]
      }
      return result
    }
    for row in 0..<rows where !nullsMatch && result[row] == KeyColumnEncoder.null {
      result[row] = GroupTable.noGroup
    }
    for step in 0..<pairs.count {
      let next = codes[step + 1]
      let box = pairs[step]
      for row in 0..<rows where result[row] != GroupTable.noGroup {
        let isSkipped = !nullsMatch && next[row] == KeyColumnEncoder.null
        result[row] =
          isSkipped ? GroupTable.noGroup : box.table.find(result[row], next[row]) ?? GroupTable.noGroup
      }
    }
    return result
  }

  /// For each group of another table over the same key types, the group here; new groups are added.
  mutating func absorb(_ other: borrowing GroupTable) -> [UInt32] {
    if encoders.isEmpty { return [0] }
    var codes: [[UInt32]] = []
    for (index, box) in encoders.enumerated() {
      let mapping = box.encoder.absorb(other.encoders[index].encoder)
      codes.append(other.groupCodes[index].map { mapping[Int($0)] })
    }
    return number(codes, rows: other.count)
  }

  /// The keys of all groups, a column for each key.
  func keyColumns() -> [Column] {
    encoders.indices.map { encoders[$0].encoder.column(of: groupCodes[$0]) }
  }
}
