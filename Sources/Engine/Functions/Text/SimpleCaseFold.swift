/// Case folding of one code point to one code point, independent of locale: the rule of KQL's
/// case-insensitive operators.
///
///     fold("K") == fold("k")     fold("Σ") == fold("ς")     fold("ß") != "ss"
enum SimpleCaseFold {
  @inline(__always)
  static func fold(ascii byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// The code point that all its case variants share.
  static func fold(_ value: UInt32) -> UInt32 {
    if value < 0x80 { return UInt32(fold(ascii: UInt8(value))) }
    // Dotted and dotless i fold in Turkic languages only.
    guard value != 0x130, value != 0x131, let scalar = Unicode.Scalar(value) else { return value }
    let upper = single(scalar.properties.uppercaseMapping) ?? scalar
    return (single(upper.properties.lowercaseMapping) ?? upper).value
  }

  static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    single(scalar.properties.lowercaseMapping) ?? scalar
  }

  static func uppercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    single(scalar.properties.uppercaseMapping) ?? scalar
  }

  private static func single(_ mapping: String) -> Unicode.Scalar? {
    let scalars = mapping.unicodeScalars
    return scalars.count == 1 ? scalars.first : nil
  }

  /// The folded code points of a text; a byte that is no UTF-8 stands for itself, above all code points.
  static func foldedScalars(_ text: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(text.count)
    var position = 0
    while position < text.count {
      let (value, length) = scalar(at: position, in: text)
      result.append(fold(value))
      position += length
    }
    return result
  }

  /// The folded text, as a key for sets.
  static func foldedBytes(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    if ASCIICheck.isASCII(text) { return text.map { fold(ascii: $0) } }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var position = 0
    while position < text.count {
      let (value, length) = scalar(at: position, in: text)
      if let scalar = Unicode.Scalar(fold(value)) {
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      } else {
        result.append(text[position])
      }
      position += length
    }
    return result
  }

  @inline(__always)
  static func scalar(at position: Int, in text: UnsafeBufferPointer<UInt8>) -> (value: UInt32, length: Int) {
    let byte = text[position]
    if byte < 0x80 { return (UInt32(byte), 1) }
    return UTF8Decoding.scalar(at: position, in: text) ?? (0x11_0000 + UInt32(byte), 1)
  }
}
