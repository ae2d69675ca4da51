/// Finds one element in JSON text without building a tree.
///
/// Example: in `{"a":1,"b":{"c":[2]}}` the key `b` is the bytes `{"c":[2]}`. The text is taken to be valid JSON;
/// on text that is not, the answer is nil or some part of it, never a read outside.
struct JSONElementFinder {
  let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The bytes of the value of a key, the last if it repeats; nil if this is no object or has no such key.
  mutating func value(of key: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    skipBlanks()
    guard take(UInt8(ascii: "{")) else { return nil }
    var found: Range<Int>?
    skipBlanks()
    while offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") {
      let start = offset + 1
      let hasEscape = skipString()
      let isMatch = matches(start..<max(start, offset - 1), hasEscape: hasEscape, key)
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { return nil }
      skipBlanks()
      let begin = offset
      skipValue()
      if isMatch { found = begin..<offset }
      skipBlanks()
      guard take(UInt8(ascii: ",")) else { break }
      skipBlanks()
    }
    return found.map { UnsafeBufferPointer(rebasing: bytes[$0]) }
  }

  /// The bytes of an element of an array, from the end if the index is negative; nil if there is none.
  mutating func element(at index: Int64) -> UnsafeBufferPointer<UInt8>? {
    var wanted = index
    if index < 0 {
      let (position, overflow) = elementCount().addingReportingOverflow(index)
      if overflow || position < 0 { return nil }
      wanted = position
      offset = 0
    }
    skipBlanks()
    guard take(UInt8(ascii: "[")) else { return nil }
    skipBlanks()
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "]") { return nil }
    var position: Int64 = 0
    while offset < bytes.count {
      let begin = offset
      skipValue()
      if offset == begin { return nil }
      if position == wanted { return UnsafeBufferPointer(rebasing: bytes[begin..<offset]) }
      position += 1
      skipBlanks()
      guard take(UInt8(ascii: ",")) else { return nil }
      skipBlanks()
    }
    return nil
  }

  /// The elements of an array; 0 of anything else.
  mutating func elementCount() -> Int64 {
    offset = 0
    skipBlanks()
    guard take(UInt8(ascii: "[")) else { return 0 }
    skipBlanks()
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "]") { return 0 }
    var count: Int64 = 0
    while offset < bytes.count {
      let begin = offset
      skipValue()
      if offset == begin { return count }
      count += 1
      skipBlanks()
      guard take(UInt8(ascii: ",")) else { return count }
      skipBlanks()
    }
    return count
  }

  /// Whether the text is an array.
  var isArray: Bool {
    bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: "[")
  }

  /// Where the value of each key stands, the last if a key repeats; none if this is no object.
  mutating func members() -> [[UInt8]: Range<Int>] {
    var found: [[UInt8]: Range<Int>] = [:]
    skipBlanks()
    guard take(UInt8(ascii: "{")) else { return found }
    skipBlanks()
    while offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") {
      let start = offset + 1
      let hasEscape = skipString()
      let name = UnsafeBufferPointer(rebasing: bytes[start..<max(start, min(bytes.count, offset - 1))])
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { return found }
      skipBlanks()
      let begin = offset
      skipValue()
      let key = hasEscape ? JSONText.unescaped(name).map { Array($0.utf8) } : Array(name)
      if let key { found[key] = begin..<offset }
      skipBlanks()
      guard take(UInt8(ascii: ",")) else { break }
      skipBlanks()
    }
    return found
  }

  /// Where the elements of an array stand; none if this is no array.
  mutating func elements() -> [Range<Int>] {
    var found: [Range<Int>] = []
    skipBlanks()
    guard take(UInt8(ascii: "[")) else { return found }
    skipBlanks()
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "]") { return found }
    while offset < bytes.count {
      let begin = offset
      skipValue()
      if offset == begin { return found }
      found.append(begin..<offset)
      skipBlanks()
      guard take(UInt8(ascii: ",")) else { return found }
      skipBlanks()
    }
    return found
  }

  // MARK: - Scanning

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

  /// Goes past a string that begins here; true if it has escapes.
  private mutating func skipString() -> Bool {
    var position = offset + 1
    var hasEscape = false
    let end = bytes.count
    while position < end {
      position = JSONTextWords.plainEnd(bytes, from: position)
      guard position < end else { break }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        offset = position + 1
        return hasEscape
      }
      if byte == UInt8(ascii: "\\") {
        hasEscape = true
        position += 2
      } else {
        position += 1
      }
    }
    offset = end
    return hasEscape
  }

  /// Goes past one value: nested ones by counting their brackets.
  private mutating func skipValue() {
    guard offset < bytes.count else { return }
    switch bytes[offset] {
    case UInt8(ascii: "\""): _ = skipString()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var depth = 0
      while offset < bytes.count {
        switch bytes[offset] {
        case UInt8(ascii: "\""):
          _ = skipString()
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        offset += 1
        if depth == 0 { return }
      }
    default:
      while offset < bytes.count {
        switch bytes[offset] {
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x09, 0x0A, 0x0D: return
        default: offset += 1
        }
      }
    }
  }

  private func matches(_ range: Range<Int>, hasEscape: Bool, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    guard range.upperBound <= bytes.count else { return false }
    let name = UnsafeBufferPointer(rebasing: bytes[range])
    guard hasEscape else { return StringDictionary.equal(name, key) }
    return JSONText.unescaped(name) == String(decoding: key, as: UTF8.self)
  }
}
