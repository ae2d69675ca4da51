/// Parses JSON text to a tree: strict as RFC 8259 says, with a limit on nesting.
///
/// A number without fraction or exponent that fits 64 bits is a long, any other number a real.
/// A repeated key keeps its last value, in the place of the first.
struct JSONTreeParser {
  /// So many objects and lists may stand inside each other.
  static let depthLimit = 512

  let bytes: UnsafeBufferPointer<UInt8>
  var offset = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func parseDocument() -> JSONValue? {
    skipBlanks()
    guard let value = parseValue(depth: 0) else { return nil }
    skipBlanks()
    return offset == bytes.count ? value : nil
  }

  private mutating func skipBlanks() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

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

  private mutating func parseValue(depth: Int) -> JSONValue? {
    guard offset < bytes.count else { return nil }
    switch bytes[offset] {
    case UInt8(ascii: "{"): return depth < JSONTreeParser.depthLimit ? parseObject(depth: depth) : nil
    case UInt8(ascii: "["): return depth < JSONTreeParser.depthLimit ? parseArray(depth: depth) : nil
    case UInt8(ascii: "\""): return parseString().map { .string($0) }
    case UInt8(ascii: "t"): return take(word: "true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take(word: "false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take(word: "null") ? .null : nil
    default: return parseNumber()
    }
  }

  private mutating func parseObject(depth: Int) -> JSONValue? {
    offset += 1
    var members: [JSONValue.Member] = []
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipBlanks()
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\""), let key = parseString() else {
        return nil
      }
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { return nil }
      skipBlanks()
      guard let value = parseValue(depth: depth + 1) else { return nil }
      members.append(JSONValue.Member(key, value))
      skipBlanks()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { return nil }
      return .object(JSONTreeParser.deduplicated(members))
    }
  }

  private static func deduplicated(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
    if members.count < 2 { return members }
    var places: [String: Int] = [:]
    var result: [JSONValue.Member] = []
    for member in members {
      if let place = places[member.key] {
        result[place].value = member.value
      } else {
        places[member.key] = result.count
        result.append(member)
      }
    }
    return result
  }

  private mutating func parseArray(depth: Int) -> JSONValue? {
    offset += 1
    var elements: [JSONValue] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      skipBlanks()
      guard let value = parseValue(depth: depth + 1) else { return nil }
      elements.append(value)
      skipBlanks()
      if take(UInt8(ascii: ",")) { continue }
      return take(UInt8(ascii: "]")) ? .array(elements) : nil
    }
  }

  private mutating func parseString() -> String? {
    offset += 1
    let start = offset
    var hasEscape = false
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        let slice = UnsafeBufferPointer(rebasing: bytes[start..<offset])
        offset += 1
        return hasEscape ? JSONText.unescaped(slice) : String(decoding: slice, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscape = true
        offset += 2
      } else if byte < 0x20 {
        return nil
      } else {
        offset += 1
      }
    }
    return nil
  }

  private mutating func parseNumber() -> JSONValue? {
    let start = offset
    _ = take(UInt8(ascii: "-"))
    let integerStart = offset
    skipDigits()
    let integerDigits = offset - integerStart
    if integerDigits == 0 || (integerDigits > 1 && bytes[integerStart] == UInt8(ascii: "0")) { return nil }
    var isInteger = true
    if take(UInt8(ascii: ".")) {
      isInteger = false
      let fraction = offset
      skipDigits()
      if offset == fraction { return nil }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isInteger = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      let exponent = offset
      skipDigits()
      if offset == exponent { return nil }
    }
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<offset]), as: UTF8.self)
    if isInteger, let value = Int64(text) { return .long(value) }
    return Double(text).map { .real($0) }
  }

  private mutating func skipDigits() {
    while offset < bytes.count, bytes[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
  }
}
