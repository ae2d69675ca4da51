/// Tells whether JSON text is already in the form that columns hold: valid, without blanks, every text and number
/// spelled as it would be printed. It may say no to a text that is; then a tree is built.
///
///     {"a":1}    yes     {"a": 1}    no (blank)     {"a":1e3}   no (printed 1000.0)
struct CompactJSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0

  static func isCanonical(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var scanner = CompactJSONScanner(bytes: bytes)
    return scanner.scanDocument()
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func scanDocument() -> Bool {
    // A bit for each open container, 1 for an object; what is deeper than a word has bits goes to the tree.
    var containers: UInt64 = 0
    var depth = 0
    while true {
      // A value starts here.
      guard offset < bytes.count, depth < min(64, JSONTreeParser.depthLimit - 1) else { return false }
      switch bytes[offset] {
      case UInt8(ascii: "{"):
        offset += 1
        if take(UInt8(ascii: "}")) { break }
        guard scanKey() else { return false }
        containers = containers &<< 1 | 1
        depth += 1
        continue
      case UInt8(ascii: "["):
        offset += 1
        if take(UInt8(ascii: "]")) { break }
        containers = containers &<< 1
        depth += 1
        continue
      case UInt8(ascii: "\""): guard scanString() else { return false }
      case UInt8(ascii: "t"): guard take(word: "true") else { return false }
      case UInt8(ascii: "f"): guard take(word: "false") else { return false }
      case UInt8(ascii: "n"): guard take(word: "null") else { return false }
      default: guard scanNumber() else { return false }
      }
      // A value ended here: close what it closes.
      closing: while true {
        if depth == 0 { return offset == bytes.count }
        let isObject = containers & 1 == 1
        if take(UInt8(ascii: ",")) {
          if isObject, !scanKey() { return false }
          break closing
        }
        guard take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return false }
        containers &>>= 1
        depth -= 1
      }
    }
  }

  @inline(__always)
  private mutating func take(_ byte: UInt8) -> Bool {
    guard offset < bytes.count, bytes[offset] == byte else { return false }
    offset += 1
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard offset + length <= bytes.count else { return false }
    for index in 0..<length where bytes[offset + index] != word.utf8Start[index] { return false }
    offset += length
    return true
  }

  private mutating func scanKey() -> Bool { scanString() && take(UInt8(ascii: ":")) }

  private mutating func scanString() -> Bool {
    guard take(UInt8(ascii: "\"")) else { return false }
    while offset < bytes.count {
      offset = JSONTextWords.plainEnd(bytes, from: offset)
      guard offset < bytes.count else { return false }
      let byte = bytes[offset]
      offset += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte < 0x20 { return false }
      if byte == UInt8(ascii: "\\") {
        guard offset < bytes.count else { return false }
        switch bytes[offset] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
          UInt8(ascii: "r"), UInt8(ascii: "t"):
          offset += 1
        default: return false
        }
      }
    }
    return false
  }

  /// Integers of at most 18 digits only, and fractions of few digits that don't end in a needless zero.
  private mutating func scanNumber() -> Bool {
    let isNegative = take(UInt8(ascii: "-"))
    let start = offset
    skipDigits()
    let digits = offset - start
    guard digits > 0, digits <= 18, bytes[start] != UInt8(ascii: "0") || digits == 1 else { return false }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") { return false }
    guard take(UInt8(ascii: ".")) else { return !isNegative || bytes[start] != UInt8(ascii: "0") }
    let fraction = offset
    skipDigits()
    let places = offset - fraction
    // 0.0001 and smaller are printed with an exponent.
    guard places > 0, digits + places <= 15, bytes[start] != UInt8(ascii: "0") || places <= 3 else {
      return false
    }
    if places > 1, bytes[offset - 1] == UInt8(ascii: "0") { return false }
    return offset == bytes.count || bytes[offset] | 0x20 != UInt8(ascii: "e")
  }

  private mutating func skipDigits() {
    while offset < bytes.count, bytes[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
  }
}
