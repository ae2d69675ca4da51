import Testing

@testable import Engine

@Suite struct NetworkFunctionsTests {
  @Test(
    arguments: [
      ("127.0.0.1", 0x7F00_0001), ("255.255.255.255", 0xFFFF_FFFF), ("0.0.0.0", 0), ("256.0.0.1", nil),
      ("1.2.3", nil),
      ("1.2.3.4.5", nil), ("1..3.4", nil), ("", nil), ("a.b.c.d", nil), ("1.2.3.", nil), (" 1.2.3.4", nil),
      ("0001.2.3.4", nil),
    ] as [(String, UInt32?)])
  func `IPv4 addresses are read`(text: String, bits: UInt32?) {
    #expect(IPv4Address(text)?.bits == bits)
    if let bits { #expect(IPv4Address(bits: bits).text == text) }
  }

  @Test(
    arguments: [
      ("::", "0000:0000:0000:0000:0000:0000:0000:0000"), ("::1", "0000:0000:0000:0000:0000:0000:0000:0001"),
      ("1::", "0001:0000:0000:0000:0000:0000:0000:0000"),
      ("fe80::85d:e82c:9446:7994", "fe80:0000:0000:0000:085d:e82c:9446:7994"),
      ("::ffff:192.168.255.255", "0000:0000:0000:0000:0000:ffff:c0a8:ffff"),
      ("1:2:3:4:5:6:7:8", "0001:0002:0003:0004:0005:0006:0007:0008"), ("1:2:3", nil), (":::", nil),
      ("1::2::3", nil),
      ("12345::", nil), ("1:2:3:4:5:6:7:8:9", nil), ("g::", nil), (":1", nil), ("", nil),
      ("1:2:3:4:5:6:7::8", nil),
    ] as [(String, String?)])
  func `IPv6 addresses are read`(text: String, full: String?) {
    #expect(IPv6Address(text)?.text == full)
  }

  @Test func `private addresses`() throws {
    for text in ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.0/16"] {
      #expect(try FunctionCheck.call("ipv4_is_private", [.string(text)]) == .bool(true), "\(text)")
    }
    for text in ["11.0.0.1", "172.15.0.1", "172.32.0.0", "192.169.0.1", "10.0.0.0/7"] {
      #expect(try FunctionCheck.call("ipv4_is_private", [.string(text)]) == .bool(false), "\(text)")
    }
    #expect(try FunctionCheck.call("ipv4_is_private", [.string("10.0.0.1/33")]) == .null)
    #expect(try FunctionCheck.call("ipv4_is_private", [.string("")]) == .null)
  }

  @Test func `ranges and masks`() throws {
    let address: Value = .string("10.1.2.3")
    let ranges: Value = .dynamic(.array([.string("bad"), .string("10.0.0.0/8")]))
    #expect(try FunctionCheck.call("ipv4_is_in_any_range", [address, ranges]) == .bool(true))
    #expect(try FunctionCheck.call("ipv4_is_in_range", [address, .string("0.0.0.0/0")]) == .bool(true))
    #expect(try FunctionCheck.call("ipv4_compare", [address, .string("10.1.3.3"), .long(16)]) == .long(0))
    #expect(try FunctionCheck.call("ipv4_is_match", [address, .string("10.1.2.3"), .long(40)]) == .null)
    #expect(try FunctionCheck.call("format_ipv4", [.long(1 << 32)]) == .string(""))
    #expect(try FunctionCheck.call("format_ipv4_mask", [.string("10.1.2.3/16")]) == .string("10.1.0.0/16"))
    #expect(try FunctionCheck.call("parse_ipv4_mask", [address, .long(0)]) == .long(0))
  }

  @Test func `ranges become networks`() throws {
    #expect(
      try FunctionCheck.call("ipv4_range_to_cidr_list", [.string("1.1.1.1"), .string("1.1.1.6")])
        == .dynamic(
          .array([.string("1.1.1.1/32"), .string("1.1.1.2/31"), .string("1.1.1.4/31"), .string("1.1.1.6/32")])
        ))
    #expect(
      try FunctionCheck.call(
        "ipv4_range_to_cidr_list", [.string("255.255.255.255"), .string("255.255.255.255")])
        == .dynamic(.array([.string("255.255.255.255/32")])))
    #expect(
      try FunctionCheck.call("ipv4_range_to_cidr_list", [.string("2.0.0.0"), .string("1.0.0.0")]) == .null)
  }

  @Test(arguments: [
    ("from 10.0.0.1", true), ("10.0.0.1", true), ("a10.0.0.1", false), ("10.0.0.1b", false),
    ("10.0.0.10", false),
    ("(10.0.0.1)", true), ("ends with 10.0.0.1.", true), ("110.0.0.1", false), ("é10.0.0.1", false),
    ("", false),
    ("10.0.0.1:443", true), ("ip=010.0.0.1", true),
  ])
  func `addresses are found in texts`(text: String, isFound: Bool) throws {
    #expect(try FunctionCheck.call("has_ipv4", [.string(text), .string("10.0.0.1")]) == .bool(isFound))
  }

  @Test func `prefixes are found in texts`() throws {
    let text: Value = .string("src=10.20.30.40")
    #expect(try FunctionCheck.call("has_ipv4_prefix", [text, .string("10.20.")]) == .bool(true))
    #expect(try FunctionCheck.call("has_ipv4_prefix", [text, .string("10.20.30.40")]) == .bool(true))
    #expect(try FunctionCheck.call("has_ipv4_prefix", [text, .string("10.2")]) == .bool(false))
    #expect(try FunctionCheck.call("has_ipv4_prefix", [text, .string("20.")]) == .bool(false))
    #expect(
      try FunctionCheck.call("has_any_ipv4_prefix", [text, .string("1."), .string("10.")]) == .bool(true))
  }
}
