/// IPv6 addresses: `parse_ipv6`, `ipv6_is_match`, `ipv6_is_in_range`, … IPv4 addresses are taken too.
package enum IPv6Functions {
  package static let all: [ScalarFunction] = [
    parse, parseMasked, compare, isMatch, isInRange, isInAnyRange,
  ]

  private static func network(_ values: [Value], _ index: Int) -> IPv6Network? {
    values.text(index).flatMap { IPv6Network($0) }
  }

  static let parse = ScalarFunction(
    [.kql("parse_ipv6")], Signature([.string("address")], returns: .fixed(.string)),
    "Gives an address in full: eight groups of four hex digits; a prefix masks it.",
    notes: ["What is no address gives the empty text."],
    kernel: .scalar { values in
      network(values, 0).map { .string($0.address.masked(to: $0.prefix).text) } ?? .null
    },
    examples: [
      .kql(#"parse_ipv6("127.0.0.1")"#, gives: #""0000:0000:0000:0000:0000:ffff:7f00:0001""#),
      .kql(#"parse_ipv6("fe80::85d:e82c:9446:7994")"#, gives: #""fe80:0000:0000:0000:085d:e82c:9446:7994""#),
      .kql(#"parse_ipv6("x")"#, gives: #""""#),
    ])

  static let parseMasked = ScalarFunction(
    [.kql("parse_ipv6_mask")],
    Signature([.string("address"), .long("prefix")], returns: .fixed(.string)),
    "Gives an address in full, all but its first bits cleared.",
    notes: ["A bad address or prefix gives the empty text. Prefixes count 128 bits, of IPv4 addresses too."],
    kernel: .scalar { values in
      guard let given = network(values, 0), let prefix = values.integer(1), (0...128).contains(prefix) else {
        return .null
      }
      return .string(given.address.masked(to: min(given.prefix, Int(prefix))).text)
    },
    examples: [
      .kql(#"parse_ipv6_mask("127.0.0.1", 120)"#, gives: #""0000:0000:0000:0000:0000:ffff:7f00:0000""#),
      .kql(#"parse_ipv6_mask("fe80::1", 129)"#, gives: #""""#),
    ])

  private static let pair: [Parameter] = [.string("left"), .string("right"), .long("prefix").optional]

  private static func masked(_ values: [Value]) -> (IPv6Address, IPv6Address)? {
    guard let left = network(values, 0), let right = network(values, 1) else { return nil }
    var prefix = min(left.prefix, right.prefix)
    if values.count > 2 {
      guard let given = values.integer(2), (0...128).contains(given) else { return nil }
      prefix = min(prefix, Int(given))
    }
    return (left.address.masked(to: prefix), right.address.masked(to: prefix))
  }

  static let compare = ScalarFunction(
    [.kql("ipv6_compare")], Signature(pair, returns: .fixed(.long)),
    "Compares two addresses under the shortest of their prefixes: -1, 0 or 1.",
    notes: ["What is no address gives null."],
    kernel: .scalar { values in
      masked(values).map { .long($0.0 == $0.1 ? 0 : $0.0 < $0.1 ? -1 : 1) } ?? .null
    },
    examples: [
      .kql(#"ipv6_compare("fe80::1/120", "fe80::2")"#, gives: "0"),
      .kql(#"ipv6_compare("192.168.1.1", "::ffff:c0a8:0101")"#, gives: "0"),
      .kql(#"ipv6_compare("fe80::1", "fe80::2")"#, gives: "-1"),
    ])

  static let isMatch = ScalarFunction(
    [.kql("ipv6_is_match")], Signature(pair, returns: .fixed(.bool)),
    "Is true if two addresses are equal under the shortest of their prefixes.",
    notes: ["What is no address gives null."],
    kernel: .scalar { values in masked(values).map { .bool($0.0 == $0.1) } ?? .null },
    examples: [
      .kql(#"ipv6_is_match("fe80::1", "fe80::2", 120)"#, gives: "true"),
      .kql(#"ipv6_is_match("fe80::1", "x")"#, gives: "bool(null)"),
    ])

  static let isInRange = ScalarFunction(
    [.kql("ipv6_is_in_range")],
    Signature([.string("address"), .string("range")], returns: .fixed(.bool)),
    "Is true if an address lies in a range such as fe80::/10.", notes: ["What is no address gives null."],
    kernel: .scalar { values in
      guard let given = network(values, 0), let range = network(values, 1) else { return .null }
      return .bool(range.contains(given))
    },
    examples: [
      .kql(#"ipv6_is_in_range("a5e:f127::1", "a5e:f127::/32")"#, gives: "true"),
      .kql(#"ipv6_is_in_range("10.1.2.3", "10.0.0.0/8")"#, gives: "true"),
      .kql(#"ipv6_is_in_range("x", "fe80::/10")"#, gives: "bool(null)"),
    ])

  static let isInAnyRange = ScalarFunction(
    [.kql("ipv6_is_in_any_range")],
    Signature(
      [.string("address"), Parameter.oneOf("ranges", [.string, .dynamic]).repeated], returns: .fixed(.bool)),
    "Is true if an address lies in one of some ranges.",
    notes: ["Arrays of ranges are flattened. What is no address gives null; a bad range is passed over."],
    kernel: .prepared { arguments in
      let isConstant = arguments.constants.dropFirst().allSatisfy { $0 != nil }
      let known = isConstant ? ListArguments.texts(arguments, from: 1).compactMap { IPv6Network($0) } : nil
      return { values in
        guard let given = network(values, 0) else { return .null }
        let ranges = known ?? ListArguments.texts(values.dropFirst()).compactMap { IPv6Network($0) }
        return .bool(ranges.contains { $0.contains(given) })
      }
    },
    examples: [
      .kql(#"ipv6_is_in_any_range("fe80::1", dynamic(["::/128", "fe80::/10"]))"#, gives: "true"),
      .kql(#"ipv6_is_in_any_range("fe80::1", "::1")"#, gives: "false"),
    ])
}
