/// IPv4 addresses found in texts: `has_ipv4`, `has_any_ipv4`, `has_ipv4_prefix`, `has_any_ipv4_prefix`.
package enum IPv4SearchFunctions {
  package static let all: [ScalarFunction] = [has, hasAny, hasPrefix, hasAnyPrefix]

  private static let note = "No letter or digit may stand next to the address. A bad address is nowhere."

  private static func record(
    _ name: String, isList: Bool, _ summary: String, notes: [String], examples: [FunctionExample],
    test: @escaping @Sendable ([String]) -> TextTest
  ) -> ScalarFunction {
    let wanted = Parameter.oneOf("wanted", [.string, .dynamic])
    return ScalarFunction(
      [.kql(name)],
      Signature(
        [.string("text"), isList ? wanted.repeated : .string("wanted")], returns: .fixed(.bool)),
      summary, notes: notes, kernel: .textTest { test(ListArguments.texts($0, from: 1)) }, examples: examples)
  }

  private static func addressTest(_ texts: [String]) -> TextTest {
    let wanted = Set(texts.compactMap { IPv4Address($0) })
    return { text in
      IPv4InText.contains(in: text) { IPv4Address(bytes: $0).map { wanted.contains($0) } ?? false }
    }
  }

  private static func prefixTest(_ texts: [String]) -> TextTest {
    let prefixes = texts.compactMap { IPv4InText.prefix($0) }
    return { text in prefixes.contains { IPv4InText.contains(prefix: $0, in: text) } }
  }

  static let has = record(
    "has_ipv4", isList: false, "Is true if an IPv4 address stands in a text.", notes: [note],
    examples: [
      .kql(#"has_ipv4("05:04:54 127.0.0.1 GET /favicon.ico", "127.0.0.1")"#, gives: "true"),
      .kql(#"has_ipv4("127.0.0.1.example", "127.0.0.256")"#, gives: "false"),
      .kql(#"has_ipv4("x127.0.0.1", "127.0.0.1")"#, gives: "false"),
    ], test: addressTest)

  static let hasAny = record(
    "has_any_ipv4", isList: true, "Is true if one of some IPv4 addresses stands in a text.", notes: [note],
    examples: [
      .kql(#"has_any_ipv4("from 127.0.0.1", "10.0.0.1", "127.0.0.1")"#, gives: "true"),
      .kql(#"has_any_ipv4("from 127.0.0.1", dynamic(["127.0.0.2"]))"#, gives: "false"),
    ], test: addressTest)

  private static let prefixNote =
    "A prefix ends with a dot or is a whole address: `10.` and `10.0.0.1`, not `10.0`."

  static let hasPrefix = record(
    "has_ipv4_prefix", isList: false, "Is true if an IPv4 address with a prefix stands in a text.",
    notes: [note, prefixNote],
    examples: [
      .kql(#"has_ipv4_prefix("05:04:54 127.0.0.1 GET", "127.0.")"#, gives: "true"),
      .kql(#"has_ipv4_prefix("05:04:54 127.0.0.1 GET", "127.0")"#, gives: "false"),
    ], test: prefixTest)

  static let hasAnyPrefix = record(
    "has_any_ipv4_prefix", isList: true,
    "Is true if an IPv4 address with one of some prefixes stands in a text.", notes: [note, prefixNote],
    examples: [
      .kql(#"has_any_ipv4_prefix("from 127.0.0.1", "10.", "127.")"#, gives: "true"),
      .kql(#"has_any_ipv4_prefix("from 127.0.0.1", dynamic(["192.168."]))"#, gives: "false"),
    ], test: prefixTest)
}
