/// Texts in the letters of host names: `punycode_from_string`, `punycode_domain_from_string` and back.
package enum PunycodeFunctions {
  package static let all: [ScalarFunction] = [encode, decode, encodeDomain, decodeDomain]

  private static func record(
    _ name: String, _ summary: String, _ convert: @escaping @Sendable (String) -> String?,
    examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.string("text")], returns: .fixed(.string)), summary,
      notes: ["What cannot be converted, or has more than 4,096 letters, gives the empty text."],
      kernel: .scalar { values in convert(values.text(0) ?? "").map { .string($0) } ?? .null },
      examples: examples)
  }

  static let encode = record(
    "punycode_from_string", "Encodes a text in Punycode.", Punycode.encode,
    examples: [
      .kql(#"punycode_from_string("académie-française")"#, gives: #""acadmie-franaise-npb1a""#),
      .kql(#"punycode_from_string("bücher")"#, gives: #""bcher-kva""#),
    ])

  static let decode = record(
    "punycode_to_string", "Decodes a text from Punycode.", Punycode.decode,
    examples: [
      .kql(#"punycode_to_string("bcher-kva")"#, gives: #""bücher""#),
      .kql(#"punycode_to_string("é")"#, gives: #""""#),
    ])

  /// The names go the other way round than those above: a domain comes from a string by decoding it.
  static let decodeDomain = record(
    "punycode_domain_from_string", "Decodes the labels of a host name from Punycode.", Punycode.decodeDomain,
    examples: [
      .kql(#"punycode_domain_from_string("xn--bcher-kva.example.com")"#, gives: #""bücher.example.com""#),
      .kql(#"punycode_domain_from_string("xn--é.com")"#, gives: #""""#),
    ])

  static let encodeDomain = record(
    "punycode_domain_to_string", "Encodes the labels of a host name in Punycode.", Punycode.encodeDomain,
    examples: [
      .kql(#"punycode_domain_to_string("bücher.example.com")"#, gives: #""xn--bcher-kva.example.com""#),
      .kql(#"punycode_domain_to_string("bücher。example｡com")"#, gives: #""xn--bcher-kva.example.com""#),
      .kql(#"punycode_domain_to_string("example.com")"#, gives: #""example.com""#),
    ])
}
