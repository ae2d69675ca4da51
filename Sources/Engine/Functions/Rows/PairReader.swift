/// Reads pairs such as `user=ann action="log in"` out of a text.
package struct PairReader: Hashable, Sendable {
  /// What stands between pairs, and between a key and its value; both empty for `=` between words.
  private let pairDelimiters: [UInt8]
  private let keyDelimiters: [UInt8]
  private let cleansKeys: Bool

  package init(pairDelimiters: String = "", keyDelimiters: String = "", cleansKeys: Bool = true) {
    let isAutomatic = pairDelimiters.isEmpty && keyDelimiters.isEmpty
    self.pairDelimiters =
      isAutomatic ? [] : Array((pairDelimiters.isEmpty ? " \t\r\n,;|&" : pairDelimiters).utf8)
    self.keyDelimiters = isAutomatic ? [] : Array((keyDelimiters.isEmpty ? "=" : keyDelimiters).utf8)
    self.cleansKeys = cleansKeys
  }

  package func pairs(in text: String) -> [(key: String, value: String)] {
    let bytes = Array(text.utf8)
    return pairDelimiters.isEmpty ? automatic(bytes) : delimited(bytes)
  }

  // MARK: - Words around `=`

  private func automatic(_ bytes: [UInt8]) -> [(key: String, value: String)] {
    var result: [(key: String, value: String)] = []
    var index = 0
    while let sign = bytes[index...].firstIndex(of: UInt8(ascii: "=")) {
      var begin = sign
      while begin > index, PairReader.isKeyByte(bytes[begin - 1]) { begin -= 1 }
      let (value, end) = PairReader.value(in: bytes, from: sign + 1)
      index = max(end, sign + 1)
      if let value, let key = key(bytes[begin..<sign]) { result.append((key, value)) }
    }
    return result
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
      0x80...0xFF:
      true
    default: false
    }
  }

  /// A text in quotes, or what runs up to a blank or a mark; nil where there is nothing.
  private static func value(in bytes: [UInt8], from start: Int) -> (String?, Int) {
    guard start < bytes.count else { return (nil, start) }
    if bytes[start] == UInt8(ascii: "\"") {
      var text: [UInt8] = []
      var index = start + 1
      while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
        if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
          bytes[index + 1] == UInt8(ascii: "\"") || bytes[index + 1] == UInt8(ascii: "\\")
        {
          index += 1
        }
        text.append(bytes[index])
        index += 1
      }
      return (String(decoding: text, as: UTF8.self), index + 1 > bytes.count ? bytes.count : index + 1)
    }
    let end = bytes[start...].firstIndex { " \t\r\n,;|&<>()[]{}\"'".utf8.contains($0) } ?? bytes.count
    return (end > start ? String(decoding: bytes[start..<end], as: UTF8.self) : nil, end)
  }

  // MARK: - Delimiters

  private func delimited(_ bytes: [UInt8]) -> [(key: String, value: String)] {
    var result: [(key: String, value: String)] = []
    for piece in PairReader.split(bytes[...], at: pairDelimiters) {
      // With a delimiter in its value a pair is none.
      let halves = PairReader.split(piece, at: keyDelimiters)
      guard halves.count == 2, let key = key(PairReader.plain(halves[0])) else { continue }
      let value = PairReader.plain(halves[1])
      if !value.isEmpty { result.append((key, String(decoding: value, as: UTF8.self))) }
    }
    return result
  }

  /// The parts between delimiters that stand outside of double quotes.
  private static func split(_ bytes: ArraySlice<UInt8>, at delimiters: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var begin = bytes.startIndex
    var isQuoted = false
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, delimiters.contains(bytes[index]) {
        parts.append(bytes[begin..<index])
        begin = index + 1
      }
    }
    parts.append(bytes[begin...])
    return parts
  }

  /// Without blanks and quotes around it.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let first = bytes.first, " \t\r\n".utf8.contains(first) { bytes = bytes.dropFirst() }
    while let last = bytes.last, " \t\r\n".utf8.contains(last) { bytes = bytes.dropLast() }
    if bytes.count > 1, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") {
      return bytes.dropFirst().dropLast()
    }
    return bytes
  }

  // MARK: - Keys

  private func key(_ bytes: ArraySlice<UInt8>) -> String? {
    if bytes.isEmpty { return nil }
    return cleansKeys
      ? PairReader.cleaned(bytes) : String(decoding: bytes, as: UTF8.self)
  }

  /// A name of letters, digits and `_`, which does not begin with a digit or `_`; nil if nothing is left.
  static func cleaned(_ bytes: ArraySlice<UInt8>) -> String? {
    let rest = bytes.drop { $0 == UInt8(ascii: "_") || $0 &- 0x30 < 10 }
    if rest.isEmpty { return nil }
    let plain = rest.map {
      isKeyByte($0) && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") ? $0 : UInt8(ascii: "_")
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
