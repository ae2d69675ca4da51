/// Structures as Athena and CloudTrail Lake print them, in which nothing is quoted.
///
/// ```
///   {type=IAMUser, arn=arn:aws:iam::1:user/ada, invokedby=null}    {"type":"IAMUser","arn":"arn:aws:iam::1:user/ada"}
///   [{accountid=1, arn=null}]                                      [{"accountId":"1"}]
/// ```
/// A text goes on until a comma with a name and `=` behind it. What is null is left out.
struct StructureText {
  private static let depthLimit = 32

  private let bytes: UnsafeBufferPointer<UInt8>
  private let spelling: [String: String]
  private var position = 0
  private var result: [UInt8] = []

  /// Nil for what is no such text.
  static func json(_ text: UnsafeBufferPointer<UInt8>, spelling: [String: String]) -> [UInt8]? {
    guard let first = text.first, first == 0x7B || first == 0x5B else { return nil }
    var reader = StructureText(bytes: text, spelling: spelling)
    guard reader.value(depth: 0), reader.position == text.count else { return nil }
    return reader.result
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, spelling: [String: String]) {
    self.bytes = bytes
    self.spelling = spelling
  }

  private func byte(_ at: Int) -> UInt8 { at < bytes.count ? bytes[at] : 0 }

  /// Writes the value at the position; false if it is malformed.
  private mutating func value(depth: Int) -> Bool {
    guard depth < StructureText.depthLimit else { return false }
    switch byte(position) {
    case 0x7B: return members(depth)
    case 0x5B: return elements(depth)
    default: return false
    }
  }

  private mutating func members(_ depth: Int) -> Bool {
    position += 1
    result.append(0x7B)
    var isFirst = true
    while byte(position) != 0x7D {
      guard let nameEnd = nameEnd(position) else { return false }
      let name = String(decoding: bytes[position..<nameEnd], as: UTF8.self)
      position = nameEnd + 1
      let start = result.count
      if !isFirst { result.append(0x2C) }
      JSONValue.writeQuoted(spelling[name] ?? name, to: &result)
      result.append(0x3A)
      if byte(position) == 0x7B || byte(position) == 0x5B {
        guard value(depth: depth + 1) else { return false }
        isFirst = false
      } else if scalar(endsAt: 0x7D) {
        isFirst = false
      } else {
        result.removeSubrange(start...)
      }
      guard goesOn(0x7D) else { return false }
    }
    position += 1
    result.append(0x7D)
    return true
  }

  private mutating func elements(_ depth: Int) -> Bool {
    position += 1
    result.append(0x5B)
    var isFirst = true
    while byte(position) != 0x5D {
      let start = result.count
      if !isFirst { result.append(0x2C) }
      if byte(position) == 0x7B || byte(position) == 0x5B {
        guard value(depth: depth + 1) else { return false }
        isFirst = false
      } else if scalar(endsAt: 0x5D) {
        isFirst = false
      } else {
        result.removeSubrange(start...)
      }
      guard goesOn(0x5D) else { return false }
    }
    position += 1
    result.append(0x5D)
    return true
  }

  /// Steps over a comma; false if neither it nor the closing bracket stands there.
  private mutating func goesOn(_ close: UInt8) -> Bool {
    if byte(position) == 0x2C {
      position += 1
      while byte(position) == 0x20 { position += 1 }
      return position < bytes.count
    }
    return position < bytes.count && byte(position) == close
  }

  /// Behind a name there is `=`.
  private func nameEnd(_ start: Int) -> Int? {
    var end = start
    while end < bytes.count, end - start < 256 {
      let byte = bytes[end]
      if byte == 0x3D { return end > start ? end : nil }
      let isName =
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || [0x5F, 0x2D, 0x2E, 0x3A, 0x2F].contains(byte)
      guard isName else { return nil }
      end += 1
    }
    return nil
  }

  /// Writes a text; false if it is null.
  private mutating func scalar(endsAt close: UInt8) -> Bool {
    let start = position
    while position < bytes.count {
      if bytes[position] == close { break }
      if bytes[position] == 0x2C, byte(position + 1) == 0x20,
        close == 0x5D || nameEnd(position + 2) != nil
      {
        break
      }
      position += 1
    }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
    if text.elementsEqual("null".utf8) { return false }
    result += ValueText.quoted(text)
    return true
  }
}
