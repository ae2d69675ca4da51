import Session

/// The comment at the head of a rule file: keys with a text or a list.
///
/// ```
/// // title: Console login without MFA
/// // technique: T1078
/// // false positives:
/// //   - Accounts that sign in through a
/// //     provider with factors of its own.
/// ```
/// Indented lines go on with what is above them. A language has lines with a mark, up to the first other line, or one
/// comment between two marks. Lines that are none of this are left alone: a query may begin with a comment of its own.
struct RuleHeader: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    /// In lower case.
    var key: String
    var text: String
    var items: [String] = []
    /// As it stands there, in one line.
    var line: String

    /// The items, or else the text.
    var texts: [String] { items.isEmpty ? (text.isEmpty ? [] : [text]) : items }
    /// The parts between commas.
    var parts: [String] {
      texts.flatMap { $0.split(separator: ",") }.map(RuleHeader.trimmed).filter { !$0.isEmpty }
    }
    /// The words between commas and spaces.
    var words: [String] { parts.flatMap { $0.split(separator: " ") }.map(String.init) }
  }

  private(set) var entries: [Entry] = []
  /// Lines that are no part of an entry.
  private(set) var otherLines: [String] = []
  /// The entry that the next indented line goes on with.
  private var isOpen = false

  init(_ text: String, _ style: CommentStyle) {
    switch style {
    case .lines(let mark):
      for line in RuleHeader.lines(of: text) {
        let content = RuleHeader.trimmed(line)
        guard content.hasPrefix(mark) else {
          if content.isEmpty, entries.isEmpty { continue }
          break
        }
        read(content.dropFirst(mark.count))
      }
    case .between(let marks):
      guard text.drop(while: \.isWhitespace).hasPrefix(marks) else { return }
      for line in RuleHeader.lines(of: text.drop(while: \.isWhitespace).dropFirst(marks.count)) {
        guard let end = line.firstRange(of: marks) else {
          read(" " + line)
          continue
        }
        // The comment ends within the line.
        if end.lowerBound > line.startIndex { read(" " + line[..<end.lowerBound]) }
        break
      }
    }
  }

  /// Windows ends its lines with two characters, which count as one.
  private static func lines(of text: some StringProtocol) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { Substring($0) }
  }

  /// Reads one line; the space that parts it from the comment's mark does not count as indentation.
  private mutating func read(_ line: some StringProtocol) {
    let line = line.first == " " ? String(line.dropFirst()) : String(line)
    let content = RuleHeader.trimmed(line)
    if content.isEmpty { return }
    if line.first?.isWhitespace == true {
      if isOpen { goOn(with: content) } else { otherLines.append(content) }
      return
    }
    isOpen = false
    guard let colon = line.firstIndex(of: ":"), RuleHeader.isKey(line[..<colon]) else {
      otherLines.append(content)
      return
    }
    let text = RuleHeader.trimmed(line[line.index(after: colon)...])
    entries.append(Entry(key: line[..<colon].lowercased(), text: text, line: content))
    isOpen = true
  }

  private mutating func goOn(with content: String) {
    let last = entries.count - 1
    entries[last].line += " \(content)"
    if content.hasPrefix("- ") {
      entries[last].items.append(RuleHeader.trimmed(content.dropFirst(2)))
    } else if entries[last].items.isEmpty {
      entries[last].text += entries[last].text.isEmpty ? content : " " + content
    } else {
      entries[last].items[entries[last].items.count - 1] += " " + content
    }
  }

  private static func isKey(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.count <= 30
      && text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0 == " " || $0 == "_"
      }
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    var text = Substring(text)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
