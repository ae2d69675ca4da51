/// Questions about IPv4 addresses: `ipv4_is_private`, `ipv4_is_in_range`, `ipv4_compare`, …
package enum IPv4TestFunctions {
  package static let all: [ScalarFunction] = [isPrivate, isInRange, isInAnyRange, isMatch, compare]

  private static let privateRanges: [IPv4Network] = [
    IPv4Network(IPv4Address(bits: 0x0A00_0000), prefix: 8),
    IPv4Network(IPv4Address(bits: 0xAC10_0000), prefix: 12),
    IPv4Network(IPv4Address(bits: 0xC0A8_0000), prefix: 16),
  ]

  private static func network(_ values: [Value], _ index: Int) -> IPv4Network? {
    values.text(index).flatMap { IPv4Network($0) }
  }

  static let isPrivate = ScalarFunction(
    [.kql("ipv4_is_private")], Signature([.string("address")], returns: .fixed(.bool)),
    "Is true for an address of a private network: 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
    notes: ["What is no IPv4 address gives null."],
    kernel: .scalar { values in
      guard let given = network(values, 0) else { return .null }
      return .bool(privateRanges.contains { $0.contains(given) })
    },
    spellings: [
      .spl(
        #"cidrmatch("10.0.0.0/8", $1) OR cidrmatch("172.16.0.0/12", $1) OR cidrmatch("192.168.0.0/16", $1)"#)
    ],
    examples: [
      .kql(#"ipv4_is_private("192.168.1.1/24")"#, gives: "true"),
      .kql(#"ipv4_is_private("172.32.0.1")"#, gives: "false"),
      .kql(#"ipv4_is_private("no address")"#, gives: "bool(null)"),
    ])

  static let isInRange = ScalarFunction(
    [.kql("ipv4_is_in_range")],
    Signature([.string("address"), .string("range")], returns: .fixed(.bool)),
    "Is true if an address lies in a range such as 10.0.0.0/8.",
    notes: ["What is no IPv4 address or range gives null. The range need not start at its first address."],
    kernel: .scalar { values in
      guard let given = network(values, 0), let range = network(values, 1) else { return .null }
      return .bool(range.contains(given))
    },
    spellings: [.spl("cidrmatch($2, $1)")],
    examples: [
      .kql(#"ipv4_is_in_range("192.168.1.6", "192.168.1.1/24")"#, gives: "true"),
      .kql(#"ipv4_is_in_range("192.168.2.6", "192.168.1.1/24")"#, gives: "false"),
      .kql(#"ipv4_is_in_range("127.0.0.1", "x")"#, gives: "bool(null)"),
    ])

  static let isInAnyRange = ScalarFunction(
    [.kql("ipv4_is_in_any_range")],
    Signature(
      [.string("address"), Parameter.oneOf("ranges", [.string, .dynamic]).repeated], returns: .fixed(.bool)),
    "Is true if an address lies in one of some ranges.",
    notes: [
      "Arrays of ranges are flattened. What is no IPv4 address gives null; a bad range is passed over."
    ],
    kernel: .prepared { arguments in
      let isConstant = arguments.constants.dropFirst().allSatisfy { $0 != nil }
      let known = isConstant ? ListArguments.texts(arguments, from: 1).compactMap { IPv4Network($0) } : nil
      return { values in
        guard let given = network(values, 0) else { return .null }
        let ranges = known ?? ListArguments.texts(values.dropFirst()).compactMap { IPv4Network($0) }
        return .bool(ranges.contains { $0.contains(given) })
      }
    },
    examples: [
      .kql(#"ipv4_is_in_any_range("192.168.1.6", "10.0.0.0/8", "192.168.1.0/24")"#, gives: "true"),
      .kql(#"ipv4_is_in_any_range("127.0.0.1", dynamic(["10.0.0.0/8"]))"#, gives: "false"),
      .kql(#"ipv4_is_in_any_range("x", "10.0.0.0/8")"#, gives: "bool(null)"),
    ])

  /// Both addresses cut to the shortest of all prefixes.
  private static func masked(_ values: [Value]) -> (IPv4Address, IPv4Address)? {
    guard let left = network(values, 0), let right = network(values, 1) else { return nil }
    var prefix = min(left.prefix, right.prefix)
    if values.count > 2 {
      guard let given = values.integer(2), (0...32).contains(given) else { return nil }
      prefix = min(prefix, Int(given))
    }
    return (left.address.masked(to: prefix), right.address.masked(to: prefix))
  }

  private static let pair: [Parameter] = [.string("left"), .string("right"), .long("prefix").optional]

  static let isMatch = ScalarFunction(
    [.kql("ipv4_is_match")], Signature(pair, returns: .fixed(.bool)),
    "Is true if two addresses are equal under the shortest of their prefixes.",
    notes: ["What is no IPv4 address gives null."],
    kernel: .scalar { values in masked(values).map { .bool($0.0 == $0.1) } ?? .null },
    examples: [
      .kql(#"ipv4_is_match("192.168.1.1", "192.168.1.255/24")"#, gives: "true"),
      .kql(#"ipv4_is_match("192.168.1.1", "192.168.1.2", 31)"#, gives: "false"),
      .kql(#"ipv4_is_match("192.168.1", "192.168.1.1")"#, gives: "bool(null)"),
    ])

  static let compare = ScalarFunction(
    [.kql("ipv4_compare")], Signature(pair, returns: .fixed(.long)),
    "Compares two addresses under the shortest of their prefixes: -1, 0 or 1.",
    notes: ["What is no IPv4 address gives null."],
    kernel: .scalar { values in
      masked(values).map { .long($0.0 == $0.1 ? 0 : $0.0.bits < $0.1.bits ? -1 : 1) } ?? .null
    },
    examples: [
      .kql(#"ipv4_compare("192.168.1.1", "192.168.1.255")"#, gives: "-1"),
      .kql(#"ipv4_compare("192.168.1.1/24", "192.168.1.255")"#, gives: "0"),
      .kql(#"ipv4_compare("127.0.0.x", "127.0.0.1")"#, gives: "long(null)"),
    ])
}
