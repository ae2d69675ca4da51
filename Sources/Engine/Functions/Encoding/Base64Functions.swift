/// Base64 of texts, byte arrays and identifiers.
package enum Base64Functions {
  package static let all: [ScalarFunction] = [
    encodeText, decodeText, encodeArray, decodeArray, encodeGUID, decodeGUID,
  ]

  static let encodeText = ScalarFunction(
    [.kql("base64_encode_tostring"), .kqlAlias("base64_encodestring")],
    Signature([.string("text")], returns: .fixed(.string)), "Encodes the UTF-8 of a text in Base64.",
    kernel: .scalar { .string(Base64.encode(Array(($0.text(0) ?? "").utf8))) },
    examples: [
      .kql(#"base64_encode_tostring("Kusto")"#, gives: #""S3VzdG8=""#),
      .kql(#"base64_encode_tostring("")"#, gives: #""""#),
    ])

  static let decodeText = ScalarFunction(
    [.kql("base64_decode_tostring"), .kqlAlias("base64_decodestring")],
    Signature([.string("base64")], returns: .fixed(.string)), "Decodes Base64 to a text.",
    notes: ["What is no Base64, or decodes to no UTF-8, gives the empty text."],
    kernel: .scalar { values in
      guard let bytes = Base64.decode(values.text(0) ?? "") else { return .null }
      return String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .null
    },
    inverse: .base64,
    examples: [
      .kql(#"base64_decode_tostring("S3VzdG8=")"#, gives: #""Kusto""#),
      .kql(#"base64_decode_tostring("U3RyaW5n0KHR0tGA0L7Rh9C60LA=")"#, gives: #""""#, why: "no UTF-8"),
      .kql(#"base64_decode_tostring("*")"#, gives: #""""#),
    ])

  static let encodeArray = ScalarFunction(
    [.kql("base64_encode_fromarray")], Signature([.dynamic("bytes")], returns: .fixed(.string)),
    "Encodes an array of bytes in Base64.",
    kernel: .scalar { values in
      guard case .array(let elements)? = values.json(0) else { return .null }
      var bytes: [UInt8] = []
      for element in elements {
        guard case .long(let number) = element, let byte = UInt8(exactly: number) else { return .null }
        bytes.append(byte)
      }
      return .string(Base64.encode(bytes))
    },
    examples: [
      .kql("base64_encode_fromarray(dynamic([75, 117, 115, 116, 111]))", gives: #""S3VzdG8=""#),
      .kql("base64_encode_fromarray(dynamic([256]))", gives: #""""#),
    ])

  static let decodeArray = ScalarFunction(
    [.kql("base64_decode_toarray")], Signature([.string("base64")], returns: .fixed(.dynamic)),
    "Decodes Base64 to an array of bytes.",
    kernel: .scalar { values in
      guard let bytes = Base64.decode(values.text(0) ?? "") else { return .null }
      return .dynamic(.array(bytes.map { .long(Int64($0)) }))
    },
    examples: [
      .kql(#"base64_decode_toarray("S3VzdG8=")"#, gives: "dynamic([75,117,115,116,111])"),
      .kql(#"base64_decode_toarray("S")"#, gives: "dynamic(null)"),
    ])

  /// The first three parts of an identifier have their lowest byte first.
  private static func swapped(_ bytes: [UInt8]) -> [UInt8] {
    [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map { bytes[$0] }
  }

  static let encodeGUID = ScalarFunction(
    [.kql("base64_encode_fromguid")],
    Signature([.oneOf("identifier", [.guid, .string])], returns: .fixed(.string)),
    "Encodes the bytes of an identifier in Base64.",
    kernel: .scalar { values in
      guard case .guid(let guid) = ValueConversion.convert(values[0], to: .guid) else { return .null }
      let bytes = [guid.high, guid.low].flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
      }
      return .string(Base64.encode(swapped(bytes)))
    },
    examples: [
      .kql(
        #"base64_encode_fromguid(toguid("ae3133f2-6e22-49ae-b06a-16e6a9b212eb"))"#,
        gives: #""8jMxriJurkmwahbmqbIS6w==""#),
      .kql(#"base64_encode_fromguid("no identifier")"#, gives: #""""#),
    ])

  static let decodeGUID = ScalarFunction(
    [.kql("base64_decode_toguid")], Signature([.string("base64")], returns: .fixed(.guid)),
    "Decodes Base64 to an identifier.",
    kernel: .scalar { values in
      guard let bytes = Base64.decode(values.text(0) ?? ""), bytes.count == 16 else { return .null }
      let words = swapped(bytes)
      func word(_ range: Range<Int>) -> UInt64 { words[range].reduce(0) { $0 << 8 | UInt64($1) } }
      return .guid(GUID(high: word(0..<8), low: word(8..<16)))
    },
    examples: [
      .kql(
        #"tostring(base64_decode_toguid("8jMxriJurkmwahbmqbIS6w=="))"#,
        gives: #""ae3133f2-6e22-49ae-b06a-16e6a9b212eb""#),
      .kql(#"isnull(base64_decode_toguid("S3VzdG8="))"#, gives: "true"),
    ])
}
