/// IPv4 addresses as numbers and texts: `parse_ipv4`, `format_ipv4`, `ipv4_netmask_suffix`, …
package enum IPv4FormatFunctions {
  package static let all: [ScalarFunction] = [
    parse, parseMasked, format, formatWithMask, suffix, rangeToList,
  ]

  static let parse = ScalarFunction(
    [.kql("parse_ipv4")], Signature([.string("address")], returns: .fixed(.long)),
    "Gives an address as a number; a prefix masks it.", notes: ["What is no IPv4 address gives null."],
    kernel: .scalar { values in
      values.text(0).flatMap { IPv4Network($0) }.map { .long(Int64($0.network.bits)) } ?? .null
    },
    examples: [
      .kql(#"parse_ipv4("127.0.0.1")"#, gives: "2130706433"),
      .kql(#"parse_ipv4("192.1.168.2/24") == parse_ipv4("192.1.168.0")"#, gives: "true"),
      .kql(#"parse_ipv4("256.0.0.1")"#, gives: "long(null)"),
    ])

  static let parseMasked = ScalarFunction(
    [.kql("parse_ipv4_mask")],
    Signature([.string("address"), .long("prefix")], returns: .fixed(.long)),
    "Gives the first bits of an address as a number.", notes: ["What is no IPv4 address gives null."],
    kernel: .scalar { values in
      guard let network = values.text(0).flatMap({ IPv4Network($0) }), let prefix = values.integer(1),
        (0...32).contains(prefix)
      else { return .null }
      return .long(Int64(network.network.masked(to: Int(prefix)).bits))
    },
    examples: [
      .kql(#"parse_ipv4_mask("127.0.0.1", 24)"#, gives: "2130706432"),
      .kql(#"parse_ipv4_mask("127.0.0.1", 33)"#, gives: "long(null)"),
    ])

  /// An address in text or as a number, masked by its own prefix and by the second argument.
  private static func masked(_ values: [Value]) -> IPv4Network? {
    var network: IPv4Network
    switch values[0] {
    case .string(let text):
      guard let given = IPv4Network(text) else { return nil }
      network = given
    case .long(let number):
      guard let bits = UInt32(exactly: number) else { return nil }
      network = IPv4Network(IPv4Address(bits: bits), prefix: 32)
    case .null, .bool, .real, .decimal, .datetime, .timespan, .guid, .dynamic: return nil
    }
    if values.count > 1 {
      guard let prefix = values.integer(1), (0...32).contains(prefix) else { return nil }
      network.prefix = min(network.prefix, Int(prefix))
    }
    network.address = network.network
    return network
  }

  private static let parameters: [Parameter] = [
    .oneOf("address", [.string, .long, .int]), .long("prefix").optional,
  ]

  static let format = ScalarFunction(
    [.kql("format_ipv4")], Signature(parameters, returns: .fixed(.string)),
    "Gives an address as text, masked by its prefix.",
    notes: ["A bad address or prefix gives the empty text."],
    kernel: .scalar { values in masked(values).map { .string($0.address.text) } ?? .null },
    examples: [
      .kql(#"format_ipv4("192.168.1.255", 24)"#, gives: #""192.168.1.0""#),
      .kql("format_ipv4(3232236031)", gives: #""192.168.1.255""#),
      .kql(#"format_ipv4("192.168.1.255", 33)"#, gives: #""""#),
    ])

  static let formatWithMask = ScalarFunction(
    [.kql("format_ipv4_mask")], Signature(parameters, returns: .fixed(.string)),
    "Gives an address as text with its prefix.",
    notes: ["A bad address or prefix gives the empty text."],
    kernel: .scalar { values in
      masked(values).map { .string("\($0.address.text)/\($0.prefix)") } ?? .null
    },
    examples: [
      .kql(#"format_ipv4_mask("192.168.1.255", 24)"#, gives: #""192.168.1.0/24""#),
      .kql("format_ipv4_mask(3232236031)", gives: #""192.168.1.255/32""#),
      .kql(#"format_ipv4_mask("x")"#, gives: #""""#),
    ])

  static let suffix = ScalarFunction(
    [.kql("ipv4_netmask_suffix")], Signature([.string("address")], returns: .fixed(.long)),
    "Gives the length of an address's prefix, 32 if it has none.",
    notes: ["What is no IPv4 address gives null."],
    kernel: .scalar { values in
      values.text(0).flatMap { IPv4Network($0) }.map { .long(Int64($0.prefix)) } ?? .null
    },
    examples: [
      .kql(#"ipv4_netmask_suffix("192.168.1.1/24")"#, gives: "24"),
      .kql(#"ipv4_netmask_suffix("192.168.1.1")"#, gives: "32"),
      .kql(#"ipv4_netmask_suffix("192.168.1")"#, gives: "long(null)"),
    ])

  static let rangeToList = ScalarFunction(
    [.kql("ipv4_range_to_cidr_list")],
    Signature([.string("first"), .string("last")], returns: .fixed(.dynamic)),
    "Gives the networks that cover the addresses from one to another.",
    notes: ["What is no IPv4 address, and a range that runs backward, gives null."],
    kernel: .scalar { values in
      guard let first = values.text(0).flatMap({ IPv4Address($0) }),
        let last = values.text(1).flatMap({ IPv4Address($0) }), first.bits <= last.bits
      else { return .null }
      return .dynamic(.array(networks(from: first.bits, through: last.bits).map { .string($0) }))
    },
    examples: [
      .kql(
        #"ipv4_range_to_cidr_list("1.1.128.0", "1.1.140.255")"#,
        gives: #"dynamic(["1.1.128.0/21","1.1.136.0/22","1.1.140.0/24"])"#),
      .kql(#"ipv4_range_to_cidr_list("0.0.0.0", "255.255.255.255")"#, gives: #"dynamic(["0.0.0.0/0"])"#),
    ])

  /// The largest aligned network first, then what it leaves.
  private static func networks(from first: UInt32, through last: UInt32) -> [String] {
    var result: [String] = []
    var next = UInt64(first)
    while next <= UInt64(last) {
      var size = next == 0 ? 32 : min(32, next.trailingZeroBitCount)
      while next + (1 << UInt64(size)) - 1 > UInt64(last) { size -= 1 }
      result.append("\(IPv4Address(bits: UInt32(truncatingIfNeeded: next)).text)/\(32 - size)")
      next += 1 << UInt64(size)
    }
    return result
  }
}
