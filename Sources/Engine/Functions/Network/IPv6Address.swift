/// An IPv6 address as 128 bits. IPv4 addresses are read as `::ffff:a.b.c.d`.
///
///     IPv6Address("::1")?.text  // 0000:0000:0000:0000:0000:0000:0000:0001
struct IPv6Address: Hashable, Sendable {
  var high: UInt64
  var low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  init(_ address: IPv4Address) { self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(address.bits)) }

  /// Up to eight groups of hex digits, `::` for a run of zeros, an IPv4 address as its end.
  init?(_ text: some StringProtocol) {
    if let address = IPv4Address(text) {
      self.init(address)
      return
    }
    let body = text.prefix { $0 != "%" }
    // `::10.1.2.3` is the IPv4 address.
    if body.hasPrefix("::"), let address = IPv4Address(body.dropFirst(2)) {
      self.init(address)
      return
    }
    var groups: [UInt16] = []
    var gap: Int?
    var pieces = body.split(separator: ":", omittingEmptySubsequences: false)[...]
    guard pieces.count >= 3, pieces.count <= 9 else { return nil }
    if pieces.first?.isEmpty == true {
      // Only a `::` may stand at the start.
      pieces = pieces.dropFirst()
      guard pieces.first?.isEmpty == true else { return nil }
    }
    if pieces.last?.isEmpty == true {
      pieces = pieces.dropLast()
      guard pieces.last?.isEmpty == true else { return nil }
    }
    for (index, piece) in pieces.enumerated() {
      if piece.isEmpty {
        guard gap == nil else { return nil }
        gap = groups.count
      } else if piece.contains("."), index == pieces.count - 1 {
        guard let end = IPv4Address(piece) else { return nil }
        groups.append(UInt16(truncatingIfNeeded: end.bits >> 16))
        groups.append(UInt16(truncatingIfNeeded: end.bits))
      } else {
        guard piece.utf8.count <= 4, piece.utf8.allSatisfy({ URLCoding.digit($0) != nil }),
          let group = UInt16(piece, radix: 16)
        else { return nil }
        groups.append(group)
      }
    }
    if let gap {
      guard groups.count < 8 else { return nil }
      groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
    }
    guard groups.count == 8 else { return nil }
    self.init(
      high: groups[..<4].reduce(0) { $0 << 16 | UInt64($1) },
      low: groups[4...].reduce(0) { $0 << 16 | UInt64($1) })
  }

  func masked(to prefix: Int) -> IPv6Address {
    func mask(_ bits: Int) -> UInt64 { bits <= 0 ? 0 : bits >= 64 ? .max : .max << UInt64(64 - bits) }
    return IPv6Address(high: high & mask(prefix), low: low & mask(prefix - 64))
  }

  /// Eight groups of four lower-case hex digits.
  var text: String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    for place in 0..<32 {
      if place > 0, place % 4 == 0 { bytes.append(UInt8(ascii: ":")) }
      let word = place < 16 ? high : low
      bytes.append(digits[Int(word >> UInt64(60 - 4 * (place % 16)) & 15)])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension IPv6Address: Comparable {
  static func < (left: IPv6Address, right: IPv6Address) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

/// An IPv6 or IPv4 address with the length of its network prefix, counted in 128 bits.
struct IPv6Network: Hashable, Sendable {
  var address: IPv6Address
  var prefix: Int

  init?(_ text: String) {
    let body = text.prefix { $0 != "/" }
    let isShort = IPv4Address(body) != nil
    guard let address = IPv6Address(body) else { return nil }
    self.address = address
    let longest = isShort ? 32 : 128
    if body.endIndex == text.endIndex {
      prefix = 128
    } else {
      let digits = text[body.endIndex...].dropFirst()
      guard let first = digits.utf8.first, ByteScanner.isDigit(first), let number = Int(digits),
        number <= longest
      else { return nil }
      prefix = number + 128 - longest
    }
  }

  /// Whether an address, or a whole network, lies inside.
  func contains(_ other: IPv6Network) -> Bool {
    other.prefix >= prefix && other.address.masked(to: prefix) == address.masked(to: prefix)
  }
}
