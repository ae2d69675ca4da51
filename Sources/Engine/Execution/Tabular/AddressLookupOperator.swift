/// KQL's `ipv4_lookup` and `ipv6_lookup`: joins addresses with the networks that hold them.
///
/// The first input has the addresses, the second the networks. A row of the first comes along once for each network
/// that holds its address, with the columns of the second behind.
package struct AddressLookupOperator: TabularOperator {
  package static let planName = "address-lookup"
  package enum Family: String, Sendable, CaseIterable {
    case version4
    case version6
  }

  /// A value of the first input and one of the second.
  package struct Pair: Equatable, Sendable {
    var left: Expression
    var right: Expression

    package init(left: Expression, right: Expression) {
      self.left = left
      self.right = right
    }

    fileprivate func mapping(_ transform: (Expression) -> Expression) -> Pair {
      Pair(left: transform(left), right: transform(right))
    }
  }

  let family: Family
  /// The address and the network.
  let place: Pair
  /// What else must be equal.
  let keys: [Pair]
  let keepsUnmatched: Bool
  /// Columns of the second input.
  private(set) var added: [PlanColumn]

  package init(family: Family, place: Pair, keys: [Pair], keepsUnmatched: Bool, added: [PlanColumn]) {
    self.family = family
    self.place = place
    self.keys = keys
    self.keepsUnmatched = keepsUnmatched
    self.added = added
  }

  package static let inputCount: Int? = 2

  package static let form = PlanForm<AddressLookupOperator>.record(
    AddressLookupOperator.init(family:place:keys:keepsUnmatched:added:),
    Member("family", \.family), Member("place", \.place), Member("keys", \.keys),
    Member("keepsUnmatched", \.keepsUnmatched), Member("added", \.added))

  package var label: String { family == .version4 ? "ipv4_lookup" : "ipv6_lookup" }
  package var passes: PassedRows { .some }
  package var made: [PlanColumn] { added }
  package var otherColumns: Set<ColumnID> { Set(added.map(\.id)) }
  package var expressions: [Expression] {
    [place.left] + keys.map(\.left) + [place.right] + keys.map(\.right)
  }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> AddressLookupOperator {
    AddressLookupOperator(
      family: family, place: place.mapping(transform), keys: keys.map { $0.mapping(transform) },
      keepsUnmatched: keepsUnmatched, added: added)
  }

  package func keeping(_ wanted: Set<ColumnID>) -> AddressLookupOperator {
    var copy = self
    copy.added = added.filter { wanted.contains($0.id) }
    return copy
  }

  /// What a row finds depends on this row alone.
  package func standsBehindFilter(on columns: Set<ColumnID>) -> Bool { true }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    guard run.inputs.count == 2 else {
      preconditionFailure("plan invariant: a lookup of addresses has two inputs")
    }
    let right = run.inputs[1]
    let left = try run.input.columns([place.left] + keys.map(\.left))
    let networks = index(try right.columns([place.right] + keys.map(\.right)), count: right.rowCount)
    // Longest prefix first: the nearest network is the first match.
    let lengths = Set(networks.keys.map(\.length)).sorted(by: >)
    var leftRows: [UInt32] = []
    var rightRows: [UInt32?] = []
    for row in 0..<run.input.rowCount {
      if row % 65_536 == 0 { try run.context.checkpoint() }
      var found = false
      if let (bits, _) = network(of: left[0].value(at: row).kqlText) {
        let extra = left.dropFirst().map { $0.value(at: row) }
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
    let found = try right.columns(added.map(\.reference)).map { column in
      let missing: Value = column.type == .string ? .string("") : .null
      return Column.of(column.type, rightRows.map { $0.map { column.value(at: Int($0)) } ?? missing })
    }
    return .picking(leftRows, found)
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

  /// The rows of each network, whose column comes first, with what else must be equal.
  private func index(_ columns: [Column], count: Int) -> [Key: [UInt32]] {
    var result: [Key: [UInt32]] = [:]
    for row in 0..<count {
      guard let (bits, length) = network(of: columns[0].value(at: row).kqlText) else { continue }
      let extra = columns.dropFirst().map { $0.value(at: row) }
      let key = Key(bits: Self.masked(bits, length), length: length, extra: extra)
      result[key, default: []].append(UInt32(row))
    }
    return result
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

extension AddressLookupOperator.Family: PlanCodable {
  package static var form: PlanForm<AddressLookupOperator.Family> { named }
}

extension AddressLookupOperator.Pair: PlanCodable {
  package static let form = PlanForm<AddressLookupOperator.Pair>.record(
    AddressLookupOperator.Pair.init(left:right:), Member("left", \.left), Member("right", \.right))
}
