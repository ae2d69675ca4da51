import Engine
import Formats

/// Puts recorded rows into the text of a test file; all other lines stay as they are.
///
/// Example: a test of three lines gets a fourth, `result:`, and the rows below it; a `result` that is there already is
/// replaced where it stands.
package struct RecordingEdit {
  /// The text could not be changed without harm.
  package struct Refusal: Error, Hashable, Sendable {
    package var message: String
    /// 1-based.
    package var line: Int
  }

  /// The lines with their ends.
  private var lines: [String]
  private let lineEnd: String

  package static func text(
    _ text: String, recording results: [(test: String, rows: [[RuleTest.Cell]])]
  ) throws(Refusal) -> String {
    var text = text
    for (test, rows) in results {
      var edit = RecordingEdit(text)
      let before = try node(of: test, in: text)
      try edit.record(rows, in: before)
      let changed = edit.lines.joined()
      let after = try node(of: test, in: changed)
      guard isSame(before, after), all(text).count == all(changed).count else {
        throw Refusal(
          message: "the rows of `\(test)` cannot be recorded here; write `result: []` on a line of its own",
          line: before.line)
      }
      text = changed
    }
    return text
  }

  private init(_ text: String) {
    lines = []
    var line = ""
    for character in text {
      line.append(character)
      if character.isNewline {
        lines.append(line)
        line = ""
      }
    }
    if !line.isEmpty { lines.append(line) }
    lineEnd = text.contains("\r\n") ? "\r\n" : "\n"
  }

  private static func all(_ text: String) -> [YAMLNode] {
    guard let document = try? YAMLReader.read(text) else { return [] }
    return (document["tests"] ?? document).elements
  }

  private static func node(of test: String, in text: String) throws(Refusal) -> YAMLNode {
    guard let node = all(text).first(where: { $0["name"]?.text == test }) else {
      throw Refusal(message: "the test `\(test)` is lost while it is recorded", line: 1)
    }
    return node
  }

  /// Nothing but the result differs.
  private static func isSame(_ before: YAMLNode, _ after: YAMLNode) -> Bool {
    func rest(_ node: YAMLNode) -> [String: String] {
      var rest: [String: String] = [:]
      for entry in node.entries where entry.key != "result" { rest[entry.key] = entry.value.json.text }
      return rest
    }
    return rest(before) == rest(after) && after["result"] != nil
  }

  // MARK: - One test

  private mutating func record(_ rows: [[RuleTest.Cell]], in node: YAMLNode) throws(Refusal) {
    guard let first = node.entries.first, first.column > 1 else {
      throw Refusal(message: "a test is written as an element of a list", line: node.line)
    }
    let indentation = first.column - 1
    var added = RecordedResult.lines(rows, indentation: indentation).map { $0 + lineEnd }
    guard let entry = node.entries.first(where: { $0.key == "result" }) else {
      let place = end(ofTestAt: node.line - 1, indentation: indentation)
      finishLine(before: place)
      lines.insert(contentsOf: added, at: place)
      return
    }
    let start = entry.line - 1
    let end = end(ofValueAt: start, indentation: indentation)
    if !rows.isEmpty, isKeyAlone(start, indentation) {
      lines.replaceSubrange((start + 1)..<end, with: added.dropFirst())
      finishLine(before: start + 1)
      return
    }
    if entry.line == node.line, let head = added.first {
      // The key shares its line with the mark of the list.
      added[0] = String(lines[start].prefix(indentation)) + String(head.dropFirst(indentation))
    }
    lines.replaceSubrange(start..<end, with: added)
  }

  /// The line after the last one that belongs to a test.
  private func end(ofTestAt start: Int, indentation: Int) -> Int {
    var end = start + 1
    while end < lines.count, isBlank(end) || blanks(end) >= indentation { end += 1 }
    while end > start + 1, isBlank(end - 1) || (isComment(end - 1) && blanks(end - 1) < indentation) {
      end -= 1
    }
    return end
  }

  /// The line after the last one that belongs to the value of a key.
  private func end(ofValueAt start: Int, indentation: Int) -> Int {
    var end = start + 1
    while end < lines.count {
      let isDeeper = blanks(end) > indentation || isBlank(end)
      let isElement = blanks(end) == indentation && lines[end].dropFirst(indentation).hasPrefix("- ")
      guard isDeeper || isElement else { break }
      end += 1
    }
    while end > start + 1, isBlank(end - 1) || isComment(end - 1) { end -= 1 }
    return end
  }

  /// The line has the key `result` and at most a comment, which stays.
  private func isKeyAlone(_ line: Int, _ indentation: Int) -> Bool {
    let rest = lines[line].dropFirst(indentation)
    guard rest.hasPrefix("result:") else { return false }
    let value = rest.dropFirst("result:".count).drop(while: \.isWhitespace)
    return value.isEmpty || value.hasPrefix("#")
  }

  private func blanks(_ line: Int) -> Int { lines[line].prefix { $0 == " " }.count }
  private func isBlank(_ line: Int) -> Bool { lines[line].allSatisfy(\.isWhitespace) }
  private func isComment(_ line: Int) -> Bool { lines[line].drop { $0 == " " }.hasPrefix("#") }

  /// The last line of a file may lack its end.
  private mutating func finishLine(before place: Int) {
    guard place > 0, place <= lines.count, lines[place - 1].last?.isNewline != true else { return }
    lines[place - 1] += lineEnd
  }
}
