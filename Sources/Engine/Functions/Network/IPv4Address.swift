/// An IPv4 address as 32 bits, highest first.
///
///     IPv4Address("10.0.0.1")?.bits  // 0x0A000001
struct IPv4Address: Hashable, Sendable {
  var bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  /// Four numbers from 0 to 255 with dots between.
  init?(_ text: some StringProtocol) {
    var text = String(text)
    let parsed = text.withUTF8 { IPv4Address(bytes: $0) }
    guard let parsed else { return nil }
    self = parsed
  }

  init?(bytes: UnsafeBufferPointer<UInt8>) {
    var bits: UInt32 = 0
    var part: UInt32 = 0
    var digits = 0
    var parts = 0
    for byte in bytes {
      if byte == UInt8(ascii: ".") {
        guard digits > 0, parts < 3 else { return nil }
        bits = bits << 8 | part
        parts += 1
        part = 0
        digits = 0
      } else {
        guard ByteScanner.isDigit(byte), digits < 3 else { return nil }
        part = part * 10 + UInt32(byte - 0x30)
        digits += 1
        if part > 255 { return nil }
      }
    }
    guard parts == 3, digits > 0 else { return nil }
    self.bits = bits << 8 | part
  }

  /// The address with all but its first bits cleared.
  func masked(to prefix: Int) -> IPv4Address { IPv4Address(bits: bits & Self.mask(prefix)) }

  static func mask(_ prefix: Int) -> UInt32 {
    prefix <= 0 ? 0 : prefix >= 32 ? .max : .max << UInt32(32 - prefix)
  }

  var text: String { "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)" }
}

/// An IPv4 address with the length of its network prefix, 32 if it has none: `10.0.0.0/8`.
struct IPv4Network: Hashable, Sendable {
  var address: IPv4Address
  var prefix: Int

  init(_ address: IPv4Address, prefix: Int) {
    self.address = address
    self.prefix = prefix
  }

  init?(_ text: String) {
    let (body, prefix) = Self.splitPrefix(text)
    guard let prefix, let address = IPv4Address(body) else { return nil }
    self.init(address, prefix: prefix)
  }

  /// The text before a slash and the number behind it; nil for a bad number.
  private static func splitPrefix(_ text: String) -> (Substring, Int?) {
    let body = text.drop { $0 == " " }
    guard let slash = body.lastIndex(of: "/") else { return (trimmed(body), 32) }
    let digits = trimmed(body[slash...].dropFirst())
    guard let first = digits.utf8.first, ByteScanner.isDigit(first), let prefix = Int(digits), prefix <= 32
    else { return (body, nil) }
    return (trimmed(body[..<slash]), prefix)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.last == " " { text = text.dropLast() }
    return text
  }

  /// The address without its host bits.
  var network: IPv4Address { address.masked(to: prefix) }

  /// Whether an address, or a whole network, lies inside.
  func contains(_ other: IPv4Network) -> Bool {
    other.prefix >= prefix && other.address.masked(to: prefix) == network
  }
}
