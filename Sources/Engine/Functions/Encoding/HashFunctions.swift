/// Fingerprints of values: `hash_md5`, `hash_sha1`, `hash_sha256`, `hash`, …
package enum HashFunctions {
  package static let all: [ScalarFunction] = [md5, sha1, sha256, hash, xxhash64]

  /// The bytes that `hash` is made from: a text's UTF-8, a number's 8 bytes, lowest first.
  static func bytes(of value: Value) -> [UInt8] {
    func lowestFirst(_ word: UInt64) -> [UInt8] {
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
    }
    switch value {
    case .null: return []
    case .bool(let truth): return [truth ? 1 : 0]
    case .long(let number), .datetime(let number), .timespan(let number):
      return lowestFirst(UInt64(bitPattern: number))
    case .real(let number): return lowestFirst(number.bitPattern)
    case .string(let text): return Array(text.utf8)
    case .decimal, .guid: return Array(value.kqlText.utf8)
    case .dynamic(let json): return Array(json.scalarText.utf8)
    }
  }

  private static func digest(
    _ name: String, _ title: String, _ hash: @escaping @Sendable ([UInt8]) -> [UInt8],
    examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.scalar("value")], returns: .fixed(.string)),
      "Gives the \(title) digest of a value in lower-case hex.",
      notes: ["What is hashed is the UTF-8 of the value's text."],
      kernel: .scalar { .string(MessageBlocks.hex(hash(Array($0[0].kqlText.utf8)))) }, examples: examples)
  }

  static let md5 = digest(
    "hash_md5", "MD5", MD5.digest,
    examples: [
      .kql(#"hash_md5("World")"#, gives: #""f5a7924e621e84c9280a9a27e1bcb7f6""#),
      .kql(#"hash_md5("")"#, gives: #""d41d8cd98f00b204e9800998ecf8427e""#),
    ])

  static let sha1 = digest(
    "hash_sha1", "SHA-1", SHA1.digest,
    examples: [
      .kql(#"hash_sha1("World")"#, gives: #""70c07ec18ef89c5309bbb0937f3a6342411e1fdd""#),
      .kql(#"hash_sha1("")"#, gives: #""da39a3ee5e6b4b0d3255bfef95601890afd80709""#),
    ])

  static let sha256 = digest(
    "hash_sha256", "SHA-256", SHA256.digest,
    examples: [
      .kql(
        #"hash_sha256("World")"#,
        gives: #""78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524""#),
      .kql(
        #"hash_sha256("")"#, gives: #""e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855""#),
    ])

  private static func number(_ values: [Value]) -> Value {
    let hash = Int64(bitPattern: XXHash64.hash(bytes(of: values[0])))
    guard values.count > 1 else { return .long(hash) }
    guard let modulus = values.integer(1), modulus > 0 else { return .null }
    let rest = hash % modulus
    return .long(rest < 0 ? rest + modulus : rest)
  }

  static let hash = ScalarFunction(
    [.kql("hash")], Signature([.scalar("value"), .long("modulus").optional], returns: .fixed(.long)),
    "Gives a number that is the same for equal values; with a modulus, one from 0 up to it.",
    notes: ["The hash is xxHash64 without a seed."],
    differs: ["The service names no algorithm for `hash`; its answers for texts are these."],
    kernel: .scalar { number($0) },
    examples: [
      .kql(#"hash("World")"#, gives: "1846988464401551951"), .kql(#"hash("World", 100)"#, gives: "51"),
    ])

  static let xxhash64 = ScalarFunction(
    [.kql("hash_xxhash64")],
    Signature([.scalar("value"), .long("modulus").optional], returns: .fixed(.long)),
    "Gives the xxHash64 of a value; with a modulus, its remainder.",
    notes: ["Without a seed. A text is hashed by its UTF-8, a number or a time by 8 bytes, lowest first."],
    kernel: .scalar { number($0) },
    examples: [
      .kql(#"hash_xxhash64("World")"#, gives: "1846988464401551951"),
      .kql("hash_xxhash64(datetime(2015-01-01))", gives: "1380966698541616202"),
    ])
}
