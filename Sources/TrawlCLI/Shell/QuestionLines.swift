import Session

/// Parts a script into questions and commands.
///
/// ```
///   AWSCloudTrail                 a question goes on while it is not whole, and where the next line begins with
///   | count                       a pipe or a blank
///   \spl                          a line with a backslash is a command
///   eventName=SendEmail | head 5
///                                 an empty line ends a question
/// ```
struct QuestionLines {
  private let lines: [Substring]
  private var next = 0
  private let begin: () -> any PendingText

  /// - Parameter begin: the next question, of which nothing is known yet.
  init(_ text: String, begin: @escaping () -> any PendingText) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    self.begin = begin
  }

  mutating func entry() -> String? {
    var text = ""
    var pending = begin()
    while next < lines.count {
      let line = lines[next]
      let isCommand = line.first { !$0.isWhitespace } == "\\"
      if line.allSatisfy(\.isWhitespace) || isCommand {
        if !text.isEmpty { return text }
        next += 1
        if isCommand { return line.trimmed }
        continue
      }
      next += 1
      text += (text.isEmpty ? "" : "\n") + line
      pending.add(line: String(line))
      if let following = lines.dropFirst(next).first, let first = following.first {
        if first == "|" || first == ")" || first == "]" || first.isWhitespace { continue }
        if pending.isUnfinished() { continue }
      }
      return text
    }
    return text.isEmpty ? nil : text
  }
}
