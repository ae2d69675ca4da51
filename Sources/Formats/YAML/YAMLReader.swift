/// Reads the YAML that rules are written in: block and flow maps and lists, all scalar styles, comments.
///
/// ```
///   let node = try YAMLReader.read("name: a\nquery: |\n  T\n  | take 1\n")
///   node["query"]?.text   // "T\n| take 1\n"
/// ```
/// Anchors, aliases, tags, directives, complex keys and further documents are refused by name.
package struct YAMLReader {
  struct Line {
    var characters: [Character]
    /// Characters before the content; a list's `- ` counts as indentation of what follows it.
    var indentation: Int

    var isBlank: Bool { indentation >= characters.count || characters[indentation] == "#" || isEmpty }
    var isEmpty: Bool { characters.allSatisfy { $0 == " " || $0 == "\t" } }
  }

  private static let deepest = 64

  var lines: [Line]
  /// The index of the line that is read next.
  var index = 0

  package static func read(_ text: String) throws(YAMLFailure) -> YAMLNode {
    var reader = try YAMLReader(text)
    return try reader.document()
  }

  private init(_ text: String) throws(YAMLFailure) {
    lines = []
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let characters = Array(line)
      let indentation = characters.prefix { $0 == " " }.count
      lines.append(Line(characters: characters, indentation: indentation))
    }
    // What stands behind the last line end is no line.
    if lines.count > 1, lines.last?.characters.isEmpty == true { lines.removeLast() }
  }

  private mutating func document() throws(YAMLFailure) -> YAMLNode {
    skipBlankLines()
    if index < lines.count, lines[index].characters.starts(with: "---"), lines[index].characters.count == 3 {
      index += 1
    }
    let node = try block(deeperThan: -1, depth: 0)
    skipBlankLines()
    if index < lines.count {
      try refuseTab(at: lines[index].indentation)
      if lines[index].characters.starts(with: "---") || lines[index].characters.starts(with: "...") {
        throw failure("several-documents", "the file holds more than one YAML document", at: 0)
      }
      throw failure(
        "bad-indentation", "the line does not belong to what is above it", at: lines[index].indentation)
    }
    return node
  }

  func failure(_ id: String, _ message: String, at column: Int) -> YAMLFailure {
    YAMLFailure(
      id: "yaml-\(id)", message: message, line: min(index, max(0, lines.count - 1)) + 1, column: column + 1)
  }

  mutating func skipBlankLines() {
    while index < lines.count, lines[index].isBlank { index += 1 }
  }

  private func null() -> YAMLNode { YAMLNode(content: .scalar("", .plain), line: index + 1, column: 1) }

  /// What stands below a key or at the top, indented by more than `parent`.
  mutating func block(deeperThan parent: Int, depth: Int) throws(YAMLFailure) -> YAMLNode {
    skipBlankLines()
    guard index < lines.count, lines[index].indentation > parent else { return null() }
    if depth > YAMLReader.deepest { throw failure("too-deep", "the YAML is nested too deeply", at: 0) }
    let line = lines[index]
    let column = line.indentation
    try refuseTab(at: column)
    switch line.characters[column] {
    case "%" where column == 0: throw failure("directive", "YAML directives are not read", at: column)
    case "?" where isBlank(column + 1):
      throw failure("complex-key", "a key written with `?` is not read", at: column)
    case "-" where isBlank(column + 1): return try list(at: column, depth: depth)
    default: break
    }
    if try key(at: column) != nil { return try map(at: column, depth: depth) }
    return try inline(at: column, deeperThan: parent, depth: depth)
  }

  func isBlank(_ column: Int) -> Bool {
    let characters = lines[index].characters
    return column >= characters.count || characters[column] == " " || characters[column] == "\t"
  }

  private mutating func list(at column: Int, depth: Int) throws(YAMLFailure) -> YAMLNode {
    var node = YAMLNode(content: .list([]), line: index + 1, column: column + 1)
    var elements: [YAMLNode] = []
    while index < lines.count, lines[index].indentation == column, lines[index].characters[column] == "-",
      isBlank(column + 1)
    {
      var next = column + 1
      while next < lines[index].characters.count, lines[index].characters[next] == " " { next += 1 }
      lines[index].indentation = next
      if lines[index].isBlank { index += 1 }
      elements.append(try block(deeperThan: column, depth: depth + 1))
      skipBlankLines()
    }
    try refuseDeeper(than: column)
    node.content = .list(elements)
    return node
  }

  private mutating func map(at column: Int, depth: Int) throws(YAMLFailure) -> YAMLNode {
    var node = YAMLNode(content: .map([]), line: index + 1, column: column + 1)
    var entries: [YAMLNode.Entry] = []
    var names: Set<String> = []
    while index < lines.count, lines[index].indentation == column {
      try refuseTab(at: column)
      guard let (name, after) = try key(at: column) else { break }
      if !names.insert(name).inserted {
        throw failure("repeated-key", "the key `\(name)` stands here a second time", at: column)
      }
      let line = index + 1
      let value = try value(after: after, of: column, depth: depth)
      entries.append(YAMLNode.Entry(key: name, value: value, line: line, column: column + 1))
      skipBlankLines()
    }
    try refuseDeeper(than: column)
    node.content = .map(entries)
    return node
  }

  private func refuseTab(at column: Int) throws(YAMLFailure) {
    guard lines[index].characters[column] == "\t" else { return }
    throw failure("tab", "a tab stands where blanks must indent", at: column)
  }

  private func refuseDeeper(than column: Int) throws(YAMLFailure) {
    if index < lines.count, lines[index].indentation > column {
      throw failure(
        "bad-indentation", "the line is indented more than what is above it", at: lines[index].indentation)
    }
  }

  /// What stands behind `key:`.
  private mutating func value(after: Int, of column: Int, depth: Int) throws(YAMLFailure) -> YAMLNode {
    var next = after
    while next < lines[index].characters.count, lines[index].characters[next] == " " { next += 1 }
    lines[index].indentation = next
    guard lines[index].isBlank else { return try inline(at: next, deeperThan: column, depth: depth) }
    index += 1
    skipBlankLines()
    // A list may stand as far left as its key.
    if index < lines.count, lines[index].indentation == column, lines[index].characters[column] == "-",
      isBlank(column + 1)
    {
      return try list(at: column, depth: depth + 1)
    }
    return try block(deeperThan: column, depth: depth + 1)
  }

  /// A value that begins within a line.
  private mutating func inline(at column: Int, deeperThan parent: Int, depth: Int) throws(YAMLFailure)
    -> YAMLNode
  {
    switch lines[index].characters[column] {
    case "&": throw failure("anchor", "anchors (`&name`) are not read", at: column)
    case "*": throw failure("alias", "aliases (`*name`) are not read", at: column)
    case "!": throw failure("tag", "tags (`!name`) are not read", at: column)
    case "|", ">": return try blockScalar(at: column, deeperThan: parent)
    case "@", "`":
      throw failure(
        "reserved", "a plain text cannot begin with `\(lines[index].characters[column])`", at: column)
    case "\"", "'", "[", "{":
      var flow = YAMLFlowReader(lines: lines, line: index, column: column)
      let node = try flow.value(depth: depth)
      try flow.finishLine()
      index = flow.line + 1
      return node
    default: return try plain(at: column, deeperThan: parent)
    }
  }

  /// The key at a column and where its value begins; nil if the line is no entry of a map.
  private func key(at column: Int) throws(YAMLFailure) -> (name: String, after: Int)? {
    let characters = lines[index].characters
    guard column < characters.count else { return nil }
    if characters[column] == "\"" || characters[column] == "'" {
      var flow = YAMLFlowReader(lines: [lines[index]], line: 0, column: column)
      guard let node = try? flow.value(depth: 0), case .scalar(let name, _) = node.content, flow.line == 0,
        flow.column < characters.count, characters[flow.column] == ":", isBlank(flow.column + 1)
      else { return nil }
      return (name, flow.column + 1)
    }
    if "[{|>@`%".contains(characters[column]) { return nil }
    var position = column
    while position < characters.count {
      if characters[position] == ":", isBlank(position + 1) {
        if "&*!".contains(characters[column]) {
          throw failure("anchor", "anchors, aliases and tags are not read", at: column)
        }
        var name = characters[column..<position]
        while name.last == " " { name.removeLast() }
        return (String(name), position + 1)
      }
      if characters[position] == "#", position > column, characters[position - 1] == " " { return nil }
      position += 1
    }
    return nil
  }

  /// A plain scalar; lines below that are indented more go on with it.
  private mutating func plain(at column: Int, deeperThan parent: Int) throws(YAMLFailure) -> YAMLNode {
    let start = (line: index + 1, column: column + 1)
    var text = try plainText(from: column)
    index += 1
    var breaks = 0
    while index < lines.count {
      let line = lines[index]
      if line.isEmpty {
        breaks += 1
        index += 1
        continue
      }
      guard line.indentation > parent, !line.isBlank else { break }
      text += (breaks > 0 ? String(repeating: "\n", count: breaks) : " ")
      text += try plainText(from: line.indentation)
      breaks = 0
      index += 1
    }
    return YAMLNode(content: .scalar(text, .plain), line: start.line, column: start.column)
  }

  /// The rest of the line; a colon there would make it a map to other readers.
  private func plainText(from column: Int) throws(YAMLFailure) -> String {
    let text = YAMLReader.withoutComment(lines[index].characters[column...])
    for (offset, character) in text.enumerated() where character == ":" && isBlank(column + offset + 1) {
      throw failure("colon", "a plain text cannot hold `: `; put the text in quotes", at: column + offset)
    }
    return text
  }

  private static func withoutComment(_ characters: ArraySlice<Character>) -> String {
    var end = characters.endIndex
    for position in characters.indices where characters[position] == "#" && position > characters.startIndex {
      if characters[position - 1] == " " || characters[position - 1] == "\t" {
        end = position
        break
      }
    }
    var result = characters[..<end]
    while let last = result.last, last == " " || last == "\t" { result.removeLast() }
    return String(result)
  }
}
