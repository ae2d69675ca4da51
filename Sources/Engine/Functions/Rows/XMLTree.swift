/// The elements of an XML text with their attributes, as far as paths ask for them.
package struct XMLTree: Sendable {
  static let depthLimit = 256

  enum Child: Sendable {
    case element(Int)
    case text(String)
  }

  struct Node: Sendable {
    var name: String
    var attributes: [(name: String, value: String)] = []
    var parent: Int
    var children: [Child] = []
  }

  /// The first is the document.
  private(set) var nodes = [Node(name: "", parent: 0)]
  /// Whether the text keeps the rules that a reader of `xpath` passes over: names begin with a letter, entities are
  /// known, nothing but blanks stands outside the one root.
  private(set) var isStrict = true

  /// nil for what is no XML: no element, or tags that do not close each other.
  package init?(_ text: String) {
    var reader = XMLReader(Array(text.utf8))
    var current = 0
    var depth = 0
    while let piece = reader.next() {
      switch piece {
      case .text(let text):
        if current != 0 {
          nodes[current].children.append(.text(text))
        } else if !XMLTree.isBlank(text) {
          isStrict = false
        }
      case .open(let name, let attributes, let isClosed):
        nodes[current].children.append(.element(nodes.count))
        nodes.append(Node(name: name, attributes: attributes, parent: current))
        if isClosed { continue }
        current = nodes.count - 1
        depth += 1
        if depth > XMLTree.depthLimit { return nil }
      case .close(let name):
        guard current != 0, nodes[current].name == name else { return nil }
        current = nodes[current].parent
        depth -= 1
      case .documentType:
        if nodes.count > 1 { isStrict = false }
      }
    }
    guard reader.isWell, current == 0, nodes.count > 1 else { return nil }
    isStrict = isStrict && reader.isStrict && elements(of: 0).count == 1
  }

  static func isBlank(_ text: String) -> Bool {
    text.utf8.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  func elements(of node: Int) -> [Int] {
    nodes[node].children.compactMap { if case .element(let child) = $0 { child } else { nil } }
  }

  /// The text of an element and of all below it.
  func text(of node: Int) -> String {
    nodes[node].children.map { child in
      switch child {
      case .element(let element): text(of: element)
      case .text(let text): text
      }
    }.joined()
  }

  /// The elements whose content is text alone, as `<user>ann</user>`, wherever they stand in a text.
  package static func pairs(in text: String) -> [(key: String, value: String)] {
    var reader = XMLReader(Array(text.utf8))
    var result: [(key: String, value: String)] = []
    var open: String?
    var content = ""
    while let piece = reader.next() {
      switch piece {
      case .text(let text): content += text
      case .open(let name, _, let isClosed):
        open = isClosed ? nil : name
        content = ""
      case .close(let name):
        if open == name { result.append((name, content)) }
        open = nil
      case .documentType: break
      }
    }
    return result
  }
}

/// Takes XML apart into tags and texts.
struct XMLReader {
  enum Piece {
    case open(String, attributes: [(name: String, value: String)], isClosed: Bool)
    case close(String)
    case text(String)
    case documentType
  }

  private let bytes: [UInt8]
  private var index = 0
  private(set) var isWell = true
  /// Whether names begin with a letter and entities are known.
  private(set) var isStrict = true

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  mutating func next() -> Piece? {
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        let end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        defer { index = end }
        return .text(decoded(bytes[index..<end]))
      }
      if skip("<!--", to: "-->") || skip("<?", to: "?>") { continue }
      if let content = content("<![CDATA[", to: "]]>") {
        return .text(String(decoding: content, as: UTF8.self))
      }
      if skip("<!DOCTYPE", to: ">") { return .documentType }
      if skip("<!", to: ">") {
        isStrict = false
        continue
      }
      return tag()
    }
    return nil
  }

  private mutating func skip(_ opening: String, to closing: String) -> Bool {
    content(opening, to: closing) != nil
  }

  private mutating func content(_ opening: String, to closing: String) -> ArraySlice<UInt8>? {
    guard bytes[index...].starts(with: opening.utf8) else { return nil }
    let begin = index + opening.utf8.count
    var end = begin
    while end < bytes.count, !bytes[end...].starts(with: closing.utf8) { end += 1 }
    if end >= bytes.count { isWell = false }
    index = min(bytes.count, end + closing.utf8.count)
    return bytes[begin..<max(begin, min(end, bytes.count))]
  }

  /// A tag; what is none is text, and the whole is no XML then.
  private mutating func tag() -> Piece {
    let begin = index
    index += 1
    let isEnd = index < bytes.count && bytes[index] == UInt8(ascii: "/")
    if isEnd { index += 1 }
    let name = word()
    var attributes: [(name: String, value: String)] = []
    while !name.isEmpty {
      skipBlanks()
      guard index < bytes.count else { break }
      if bytes[index] == UInt8(ascii: ">") {
        index += 1
        return isEnd ? .close(name) : .open(name, attributes: attributes, isClosed: false)
      }
      if !isEnd, bytes[index...].starts(with: "/>".utf8) {
        index += 2
        return .open(name, attributes: attributes, isClosed: true)
      }
      guard !isEnd, let attribute = attribute() else { break }
      attributes.append(attribute)
    }
    isWell = false
    index = begin + 1
    return .text("<")
  }

  private mutating func attribute() -> (name: String, value: String)? {
    let name = word()
    skipBlanks()
    guard !name.isEmpty, index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return nil }
    index += 1
    skipBlanks()
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'"),
      let end = bytes[(index + 1)...].firstIndex(of: bytes[index])
    else { return nil }
    defer { index = end + 1 }
    return (name, decoded(bytes[(index + 1)..<end]))
  }

  private mutating func word() -> String {
    let end = bytes[index...].firstIndex { " \t\r\n<>/='\"&".utf8.contains($0) } ?? bytes.count
    defer { index = end }
    if !XMLReader.isName(bytes[index..<end]) { isStrict = false }
    return String(decoding: bytes[index..<end], as: UTF8.self)
  }

  private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: ":"), 0x80...0xFF:
        continue
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if place == 0 { return false }
      default: return false
      }
    }
    return !bytes.isEmpty
  }

  private mutating func skipBlanks() {
    while index < bytes.count, " \t\r\n".utf8.contains(bytes[index]) { index += 1 }
  }

  private static let entities: [String: String] = [
    "amp": "&", "apos": "'", "gt": ">", "lt": "<", "quot": "\"",
  ]

  /// A text with its entities written out: `&lt;` is `<`, `&#65;` is `A`.
  private mutating func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var rest = bytes
    while let sign = rest.firstIndex(of: UInt8(ascii: "&")) {
      result += rest[..<sign]
      rest = rest[(sign + 1)...]
      guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
        let character = XMLReader.character(String(decoding: rest[..<end], as: UTF8.self))
      else {
        isStrict = false
        result.append(UInt8(ascii: "&"))
        continue
      }
      result += character.utf8
      rest = rest[(end + 1)...]
    }
    return String(decoding: result.isEmpty ? rest : result[...] + rest, as: UTF8.self)
  }

  private static func character(_ name: String) -> String? {
    guard name.hasPrefix("#") else { return entities[name] }
    let digits = name.dropFirst()
    let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap { Unicode.Scalar($0) }.map { String($0) }
  }
}
