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
  private var lines: [Substring]
  private var next = 0
  private let isUnfinished: (String) -> Bool

  init(_ text: String, isUnfinished: @escaping (String) -> Bool) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    self.isUnfinished = isUnfinished
  }

  mutating func entry() -> String? {
    var text = ""
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
      if let following = lines.dropFirst(next).first, let first = following.first {
        if first == "|" || first == ")" || first == "]" || first.isWhitespace { continue }
        if isUnfinished(text) { continue }
      }
      return text
    }
    return text.isEmpty ? nil : text
  }
}
