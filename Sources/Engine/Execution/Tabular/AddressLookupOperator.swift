/// KQL's `ipv4_lookup` and `ipv6_lookup`: joins addresses with the networks that hold them.
///
/// The first input's column 0 is the address, the second's column 0 the network; further key columns follow
/// in both. The result is a pair of row numbers for each match, from which a join makes the rows.
package struct AddressLookupOperator: TabularOperator {
  package enum Family: Sendable {
    case version4
    case version6
  }

  let family: Family
  /// How many columns behind the first must be equal.
  let extraKeys: Int
  let keepsUnmatched: Bool
  /// The columns of the output: which side, which column.
  let outputs: [(fromLeft: Bool, position: Int)]

  package init(
    family: Family, extraKeys: Int, keepsUnmatched: Bool, outputs: [(fromLeft: Bool, position: Int)]
  ) {
    self.family = family
    self.extraKeys = extraKeys
    self.keepsUnmatched = keepsUnmatched
    self.outputs = outputs
  }

  package var label: String { family == .version4 ? "ipv4_lookup" : "ipv6_lookup" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard inputs.count == 2 else { return [] }
    let left = inputs[0]
    let right = inputs[1]
    let networks = index(right)
    // Longest prefix first: the nearest network is the first match.
    let lengths = Set(networks.keys.map(\.length)).sorted(by: >)
    var leftRows: [UInt32?] = []
    var rightRows: [UInt32?] = []
    for row in 0..<left.rowCount {
      if row % 65_536 == 0 { try context.checkpoint() }
      var found = false
      if let (bits, _) = network(of: left.value(row: row, column: 0).kqlText) {
        let extra = keys(left, row)
        for length in lengths {
          let key = Key(bits: Self.masked(bits, length), length: length, extra: extra)
          for match in networks[key] ?? [] {
            found = true
            leftRows.append(UInt32(row))
            rightRows.append(match)
          }
        }
      }
      if !found, keepsUnmatched {
        leftRows.append(UInt32(row))
        rightRows.append(nil)
      }
    }
    return outputs.map { output in
      let column = (output.fromLeft ? left : right).columns[output.position]
      let rows = output.fromLeft ? leftRows : rightRows
      let missing: Value = column.type == .string ? .string("") : .null
      return Column.of(column.type, rows.map { $0.map { column.value(at: Int($0)) } ?? missing })
    }
  }

  private struct Key: Hashable {
    var bits: Bits
    var length: Int
    var extra: [Value]
  }

  private struct Bits: Hashable {
    var high: UInt64
    var low: UInt64
  }

  private func index(_ table: Table) -> [Key: [UInt32]] {
    var result: [Key: [UInt32]] = [:]
    for row in 0..<table.rowCount {
      guard let (bits, length) = network(of: table.value(row: row, column: 0).kqlText) else { continue }
      let key = Key(bits: Self.masked(bits, length), length: length, extra: keys(table, row))
      result[key, default: []].append(UInt32(row))
    }
    return result
  }

  private func keys(_ table: Table, _ row: Int) -> [Value] {
    (0..<extraKeys).map { table.value(row: row, column: $0 + 1) }
  }

  /// The address in 128 bits and the length of its prefix among them.
  private func network(of text: String) -> (Bits, Int)? {
    switch family {
    case .version4:
      guard let network = IPv4Network(text) else { return nil }
      return (Bits(high: 0, low: 0xFFFF_0000_0000 | UInt64(network.address.bits)), 96 + network.prefix)
    case .version6:
      guard let network = IPv6Network(text) else { return nil }
      return (Bits(high: network.address.high, low: network.address.low), network.prefix)
    }
  }

  private static func masked(_ bits: Bits, _ length: Int) -> Bits {
    func mask(_ count: Int) -> UInt64 { count <= 0 ? 0 : count >= 64 ? .max : .max << UInt64(64 - count) }
    return Bits(high: bits.high & mask(length), low: bits.low & mask(length - 64))
  }
}
