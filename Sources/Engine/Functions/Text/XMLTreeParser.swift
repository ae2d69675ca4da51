/// Reads XML into a tree for `parse_xml`: an attribute `a` is the key `@a`, text the key `#text`, children with one
/// name an array. An element that holds nothing but text is that text, one that holds nothing null.
///
///     <a b="1">x<c/></a>    {"a":{"@b":"1","c":null,"#text":"x"}}
struct XMLTreeParser {
  static let depthLimit = 256
  /// Larger documents are refused.
  static let sizeLimit = 1 << 20

  private let bytes: [UInt8]
  private var offset = 0

  static func parse(_ text: String) -> JSONValue? {
    guard text.utf8.count <= sizeLimit else { return nil }
    var parser = XMLTreeParser(bytes: Array(text.utf8))
    return parser.document()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func document() -> JSONValue? {
    guard skipProlog(), let (name, value) = element(depth: 0), skipProlog(), offset == bytes.count else {
      return nil
    }
    return .object([JSONValue.Member(name, value)])
  }

  // MARK: Pieces

  private func starts(with word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard offset + length <= bytes.count else { return false }
    for index in 0..<length where bytes[offset + index] != word.utf8Start[index] { return false }
    return true
  }

  private mutating func take(_ word: StaticString) -> Bool {
    guard starts(with: word) else { return false }
    offset += word.utf8CodeUnitCount
    return true
  }

  /// Moves behind the next occurrence of a word; false if there is none.
  private mutating func skip(past word: StaticString) -> Bool {
    while offset < bytes.count {
      if take(word) { return true }
      offset += 1
    }
    return false
  }

  private mutating func skipBlanks() {
    while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
  }

  /// Blanks, comments, processing instructions and a document type; false if one does not end.
  private mutating func skipProlog() -> Bool {
    _ = offset == 0 && take("\u{FEFF}")
    while true {
      skipBlanks()
      if take("<?") {
        guard skip(past: "?>") else { return false }
      } else if take("<!--") {
        guard skip(past: "-->") else { return false }
      } else if starts(with: "<!DOCTYPE") {
        guard skip(past: ">") else { return false }
      } else {
        return true
      }
    }
  }

  private mutating func name() -> String? {
    let start = offset
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: ":"), 0x80...0xFF:
        offset += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if offset == start { return nil }
        offset += 1
      default: return offset > start ? String(decoding: bytes[start..<offset], as: UTF8.self) : nil
      }
    }
    return nil
  }

  private mutating func attribute() -> JSONValue.Member? {
    guard let name = name() else { return nil }
    skipBlanks()
    guard take("=") else { return nil }
    skipBlanks()
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "'")
    else {
      return nil
    }
    let quote = bytes[offset]
    offset += 1
    guard let end = bytes[offset...].firstIndex(of: quote),
      let value = XMLEntities.decode(bytes[offset..<end])
    else {
      return nil
    }
    offset = end + 1
    return JSONValue.Member("@" + name, .string(value))
  }

  // MARK: Elements

  private mutating func element(depth: Int) -> (String, JSONValue)? {
    guard depth < XMLTreeParser.depthLimit, take("<"), let name = name() else { return nil }
    var members: [JSONValue.Member] = []
    while true {
      skipBlanks()
      if take("/>") { return (name, members.isEmpty ? .null : .object(members)) }
      if take(">") { break }
      guard let attribute = attribute() else { return nil }
      members.append(attribute)
    }
    var text = ""
    var children: [(name: String, values: [JSONValue])] = []
    while true {
      guard offset < bytes.count else { return nil }
      if take("</") {
        guard self.name() == name else { return nil }
        skipBlanks()
        guard take(">") else { return nil }
        return (name, XMLTreeParser.value(attributes: members, children: children, text: text))
      }
      if take("<!--") {
        guard skip(past: "-->") else { return nil }
      } else if take("<![CDATA[") {
        let start = offset
        guard skip(past: "]]>") else { return nil }
        text += String(decoding: bytes[start..<offset - 3], as: UTF8.self)
      } else if take("<?") {
        guard skip(past: "?>") else { return nil }
      } else if bytes[offset] == UInt8(ascii: "<") {
        guard let (child, value) = element(depth: depth + 1) else { return nil }
        if let place = children.firstIndex(where: { $0.name == child }) {
          children[place].values.append(value)
        } else {
          children.append((child, [value]))
        }
      } else {
        let end = bytes[offset...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        guard let piece = XMLEntities.decode(bytes[offset..<end]) else { return nil }
        text += piece
        offset = end
      }
    }
  }

  private static func value(
    attributes: [JSONValue.Member], children: [(name: String, values: [JSONValue])], text: String
  ) -> JSONValue {
    let isBlank = text.utf8.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if attributes.isEmpty, children.isEmpty { return isBlank ? .null : .string(text) }
    var members = attributes
    for child in children {
      members.append(
        JSONValue.Member(child.name, child.values.count == 1 ? child.values[0] : .array(child.values)))
    }
    if !isBlank { members.append(JSONValue.Member("#text", .string(text))) }
    return .object(members)
  }
}

/// The entities of XML that need no document type: `&amp;`, `&#65;`, `&#x41;`, …
enum XMLEntities {
  /// nil for an unknown entity or an ampersand alone.
  static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "&") else {
        result.append(byte)
        continue
      }
      guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
        let scalar = scalar(String(decoding: rest[..<end], as: UTF8.self))
      else { return nil }
      result.append(contentsOf: String(Character(scalar)).utf8)
      rest = rest[(end + 1)...]
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func scalar(_ name: String) -> Unicode.Scalar? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      if name.hasPrefix("#x") { return UInt32(name.dropFirst(2), radix: 16).flatMap { Unicode.Scalar($0) } }
      if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap { Unicode.Scalar($0) } }
      return nil
    }
  }
}
