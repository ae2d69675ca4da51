/// Reads what does not go by indentation: `[a, b]`, `{a: 1}` and quoted texts, over several lines if need be.
struct YAMLFlowReader {
  private static let deepest = 64

  let lines: [YAMLReader.Line]
  var line: Int
  var column: Int
  /// Where the quoted text begins that is being read.
  private var opening: (line: Int, column: Int)?

  init(lines: [YAMLReader.Line], line: Int, column: Int) {
    self.lines = lines
    self.line = line
    self.column = column
  }

  private func failure(_ id: String, _ message: String) -> YAMLFailure {
    if id == "unclosed", let opening {
      return YAMLFailure(
        id: "yaml-\(id)", message: message, line: opening.line + 1, column: opening.column + 1)
    }
    return YAMLFailure(
      id: "yaml-\(id)", message: message, line: min(line, lines.count - 1) + 1, column: column + 1)
  }

  private var current: Character? {
    line < lines.count && column < lines[line].characters.count ? lines[line].characters[column] : nil
  }

  private func peek() -> Character? {
    line < lines.count && column + 1 < lines[line].characters.count ? lines[line].characters[column + 1] : nil
  }

  /// Passes blanks, comments and line ends.
  private mutating func skipBlanks() {
    while line < lines.count {
      guard let character = current else {
        line += 1
        column = 0
        continue
      }
      if character == "#", column == 0 || lines[line].characters[column - 1] == " " {
        line += 1
        column = 0
      } else if character == " " || character == "\t" {
        column += 1
      } else {
        return
      }
    }
  }

  /// Only a comment may follow on the line where a value ends.
  mutating func finishLine() throws(YAMLFailure) {
    while let character = current, character == " " || character == "\t" { column += 1 }
    if let character = current, character != "#" {
      throw failure("trailing-text", "`\(character)` does not belong behind the value")
    }
  }

  mutating func value(depth: Int) throws(YAMLFailure) -> YAMLNode {
    if depth > YAMLFlowReader.deepest { throw failure("too-deep", "the YAML is nested too deeply") }
    let start = (line: line + 1, column: column + 1)
    switch current {
    case "\"":
      return YAMLNode(content: .scalar(try doubleQuoted(), .quoted), line: start.line, column: start.column)
    case "'":
      return YAMLNode(content: .scalar(try singleQuoted(), .quoted), line: start.line, column: start.column)
    case "[": return YAMLNode(content: .list(try list(depth)), line: start.line, column: start.column)
    case "{": return YAMLNode(content: .map(try map(depth)), line: start.line, column: start.column)
    case "&": throw failure("anchor", "anchors (`&name`) are not read")
    case "*": throw failure("alias", "aliases (`*name`) are not read")
    case "!": throw failure("tag", "tags (`!name`) are not read")
    default: return YAMLNode(content: .scalar(plain(), .plain), line: start.line, column: start.column)
    }
  }

  private mutating func list(_ depth: Int) throws(YAMLFailure) -> [YAMLNode] {
    column += 1
    var elements: [YAMLNode] = []
    while true {
      skipBlanks()
      guard let character = current else { throw failure("unclosed", "the list is not closed with `]`") }
      if character == "]" { break }
      elements.append(try value(depth: depth + 1))
      skipBlanks()
      if current == "," {
        column += 1
      } else if current != "]" {
        throw failure("unclosed", "a `,` or `]` is missing")
      }
    }
    column += 1
    return elements
  }

  private mutating func map(_ depth: Int) throws(YAMLFailure) -> [YAMLNode.Entry] {
    column += 1
    var entries: [YAMLNode.Entry] = []
    var names: Set<String> = []
    while true {
      skipBlanks()
      guard let character = current else { throw failure("unclosed", "the map is not closed with `}`") }
      if character == "}" { break }
      let place = (line: line + 1, column: column + 1)
      guard case .scalar(let key, _) = try value(depth: depth + 1).content else {
        throw failure("complex-key", "a key must be a text")
      }
      if !names.insert(key).inserted {
        throw failure("repeated-key", "the key `\(key)` stands here a second time")
      }
      skipBlanks()
      guard current == ":" else { throw failure("missing-colon", "a `:` is missing behind `\(key)`") }
      column += 1
      skipBlanks()
      let isEmpty = current == "," || current == "}"
      let node =
        isEmpty
        ? YAMLNode(content: .scalar("", .plain), line: line + 1, column: column + 1)
        : try value(depth: depth + 1)
      entries.append(YAMLNode.Entry(key: key, value: node, line: place.line, column: place.column))
      skipBlanks()
      if current == "," {
        column += 1
      } else if current != "}" {
        throw failure("unclosed", "a `,` or `}` is missing")
      }
    }
    column += 1
    return entries
  }

  private mutating func plain() -> String {
    var text = ""
    while let character = current {
      if ",[]{}".contains(character) { break }
      if character == ":", peek().map({ $0 == " " || ",[]{}".contains($0) }) ?? true { break }
      if character == "#", text.last == " " { break }
      text.append(character)
      column += 1
    }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }

  private static func isDocumentMark(_ characters: [Character]) -> Bool {
    characters.starts(with: "---") || characters.starts(with: "...")
  }

  private mutating func singleQuoted() throws(YAMLFailure) -> String {
    opening = (line, column)
    defer { opening = nil }
    column += 1
    var text = ""
    while true {
      guard let character = current else {
        try foldLine(into: &text)
        continue
      }
      column += 1
      if character != "'" {
        text.append(character)
      } else if current == "'" {
        text.append("'")
        column += 1
      } else {
        return text
      }
    }
  }

  private mutating func doubleQuoted() throws(YAMLFailure) -> String {
    opening = (line, column)
    defer { opening = nil }
    column += 1
    var text = ""
    while true {
      guard let character = current else {
        try foldLine(into: &text)
        continue
      }
      column += 1
      switch character {
      case "\"": return text
      case "\\":
        guard let escaped = current else {
          // An escaped line end joins without a blank.
          line += 1
          column = line < lines.count ? lines[line].indentation : 0
          if line >= lines.count { throw failure("unclosed", "the quoted text is not closed") }
          continue
        }
        column += 1
        text.unicodeScalars.append(try scalar(escaped))
      default: text.append(character)
      }
    }
  }

  /// A line end within quotes is a blank; empty lines are line ends.
  private mutating func foldLine(into text: inout String) throws(YAMLFailure) {
    while text.last == " " || text.last == "\t" { text.removeLast() }
    var breaks = 0
    line += 1
    while line < lines.count, lines[line].isEmpty {
      breaks += 1
      line += 1
    }
    // Lines that go on may stand as far left as they like, as other readers have it.
    guard line < lines.count, !YAMLFlowReader.isDocumentMark(lines[line].characters) else {
      throw failure("unclosed", "the quoted text is not closed")
    }
    column = lines[line].characters.prefix { $0 == " " || $0 == "\t" }.count
    text += breaks > 0 ? String(repeating: "\n", count: breaks) : " "
  }

  private mutating func scalar(_ escaped: Character) throws(YAMLFailure) -> Unicode.Scalar {
    switch escaped {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "0": return "\0"
    case "e": return "\u{1B}"
    case "\\", "\"", "/", " ": return escaped.unicodeScalars.first ?? " "
    case "x": return try hexadecimal(2)
    case "u": return try hexadecimal(4)
    case "U": return try hexadecimal(8)
    default: throw failure("escape", "`\\\(escaped)` is no escape of YAML")
    }
  }

  private mutating func hexadecimal(_ digits: Int) throws(YAMLFailure) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = current?.hexDigitValue, value < 0x1000_0000 else {
        throw failure("escape", "\(digits) hexadecimal digits must follow")
      }
      value = value * 16 + UInt32(digit)
      column += 1
    }
    guard let scalar = Unicode.Scalar(value) else { throw failure("escape", "the escape names no character") }
    return scalar
  }
}
