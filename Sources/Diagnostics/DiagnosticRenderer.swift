/// Draws a diagnostic over its source: the place, the line, carets under the span, notes and help.
///
/// ```
/// error[unknown-column]: no column named `EvntName`
///   --> rules/x.kql:3:9
///    |
///  3 | | where EvntName == "x"
///    |         ^^^^^^^^ not in `AWSCloudTrail`
///    = help: did you mean `EventName`?
/// ```
/// Columns are display columns: wide characters take two, combining marks none, tabs go to the next multiple
/// of four. Texts may come from an attacker, so control characters and direction marks are shown escaped.
public enum DiagnosticRenderer {
  /// The picture, with a line end after each line; remedies by the names that `spelling` has for them.
  public static func render(
    _ diagnostic: Diagnostic, in source: SourceText, spelling: (Remedy) -> String = \.description
  ) -> String {
    styled(diagnostic, in: source, spelling: spelling).plain
  }

  /// The same with what its parts are.
  package static func styled(
    _ diagnostic: Diagnostic, in source: SourceText, spelling: (Remedy) -> String = \.description
  ) -> StyledText {
    let (source, diagnostic) = source.shown(diagnostic)
    let marks = marks(of: diagnostic, in: source)
    let numbers = marks.map { String($0.line + 1) }
    let width = numbers.map(\.utf8.count).max() ?? 1
    let gutter = String(repeating: " ", count: width + 2)
    var text = StyledText()
    text.append("\(diagnostic.severity.rawValue)[\(diagnostic.id)]", StyledText.Style(diagnostic.severity))
    text.append(": ")
    text.append(DisplayText.escaped(diagnostic.message), .name)
    text.append("\n")
    if let primary = diagnostic.primary {
      let position = source.position(of: primary.span.lowerBound)
      text.append(String(repeating: " ", count: width + 1) + "--> ", .frame)
      text.append("\(DisplayText.escaped(source.name)):\(position.line):\(position.column)\n")
      text.append("\(gutter)|\n", .frame)
      body(marks, of: diagnostic.severity, in: source, width: width, gutter: gutter, to: &text)
    }
    for note in diagnostic.notes {
      text.append("\(gutter)= ", .frame)
      text.append("note: ", .note)
      text.append(DisplayText.escaped(note.text(spelling)) + "\n")
    }
    for suggestion in diagnostic.suggestions {
      text.append("\(gutter)= ", .frame)
      text.append("help: ", .help)
      text.append(DisplayText.escaped(suggestion.message.text(spelling)) + "\n")
    }
    return text
  }

  /// The pictures of several diagnostics with a blank line between them; at most `limit`, then their number.
  public static func render(
    _ diagnostics: [Diagnostic], in source: SourceText, limit: Int = 10,
    spelling: (Remedy) -> String = \.description
  ) -> String {
    styled(diagnostics, in: source, limit: limit, spelling: spelling).plain
  }

  package static func styled(
    _ diagnostics: [Diagnostic], in source: SourceText, limit: Int = 10,
    spelling: (Remedy) -> String = \.description
  ) -> StyledText {
    let folded = folded(diagnostics, in: source, limit: limit)
    var text = StyledText()
    for (index, diagnostic) in folded.prefix(limit).enumerated() {
      if index > 0 { text.append("\n") }
      text.append(styled(diagnostic, in: source, spelling: spelling))
    }
    if folded.count > limit { text.append("\nand \(folded.count - limit) more\n") }
    return text
  }

  /// Messages that say the same of several places become one, which names the other places; at most `limit` of them.
  private static func folded(
    _ diagnostics: [Diagnostic], in source: SourceText, limit: Int
  ) -> [Diagnostic] {
    var result: [Diagnostic] = []
    var places: [[String]] = []
    for diagnostic in diagnostics {
      let known = result.firstIndex {
        $0.id == diagnostic.id && $0.severity == diagnostic.severity && $0.message == diagnostic.message
      }
      guard let known, let span = diagnostic.primary?.span else {
        result.append(diagnostic)
        places.append([])
        continue
      }
      let position = source.position(of: span.lowerBound)
      places[known].append("\(position.line):\(position.column)")
    }
    for index in result.indices where !places[index].isEmpty {
      let others = places[index].count - limit
      let named = places[index].prefix(limit).joined(separator: ", ")
      result[index].notes.append("the same at \(named)\(others > 0 ? " and \(others) more" : "")")
    }
    return result
  }

  /// `rules/x.kql:3:9: error[unknown-column]: no column named …`, without a line end.
  public static func oneLine(_ diagnostic: Diagnostic, in source: SourceText) -> String {
    let name = DisplayText.escaped(source.name)
    guard let primary = diagnostic.primary else { return "\(name): \(headline(diagnostic))" }
    let position = source.position(of: primary.span.lowerBound)
    return "\(name):\(position.line):\(position.column): \(headline(diagnostic))"
  }

  private static func headline(_ diagnostic: Diagnostic) -> String {
    "\(diagnostic.severity.rawValue)[\(diagnostic.id)]: \(DisplayText.escaped(diagnostic.message))"
  }

  // MARK: - Lines

  /// One underlined stretch of one line.
  private struct Mark {
    /// 0-based.
    var line: Int
    var span: SourceSpan
    var caret: Character
    var label: String
  }

  /// The stretches in the order of their lines; on one line the primary one comes first.
  private static func marks(of diagnostic: Diagnostic, in source: SourceText) -> [Mark] {
    guard let primary = diagnostic.primary else { return [] }
    var marks = stretches(primary, caret: "^", in: source)
    for label in diagnostic.secondary { marks += stretches(label, caret: "-", in: source) }
    return marks.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      .map(\.element)
  }

  /// A label within one line, or the first and the last line of one that spans several.
  private static func stretches(_ label: Diagnostic.Label, caret: Character, in source: SourceText) -> [Mark]
  {
    let lower = min(max(0, label.span.lowerBound), source.length)
    let upper = min(max(lower, label.span.upperBound), source.length)
    let first = source.lineIndex(of: lower)
    // A span that ends with a line end ends on that line.
    let last = max(first, source.lineIndex(of: upper > lower ? upper - 1 : upper))
    if first == last {
      return [Mark(line: first, span: SourceSpan(lower, upper), caret: caret, label: label.text)]
    }
    return [
      Mark(line: first, span: SourceSpan(lower, source.lineSpan(first).upperBound), caret: caret, label: ""),
      Mark(
        line: last, span: SourceSpan(source.lineSpan(last).lowerBound, upper), caret: caret,
        label: label.text),
    ]
  }

  private static func body(
    _ marks: [Mark], of severity: Diagnostic.Severity, in source: SourceText, width: Int, gutter: String,
    to text: inout StyledText
  ) {
    var previous: Int?
    var index = 0
    while index < marks.count {
      let line = marks[index].line
      let onLine = marks[index...].prefix { $0.line == line }
      if let previous, line > previous + 1 {
        text.append(String(repeating: " ", count: width + 1) + "...\n", .frame)
      }
      let excerpt = SourceExcerpt(line: line, around: onLine.map(\.span), in: source)
      let number = String(line + 1)
      let padding = String(repeating: " ", count: width - number.utf8.count)
      text.append(" \(padding)\(number) |", .frame)
      text.append(trimmed(" \(excerpt.text)") + "\n")
      for mark in onLine {
        let columns = excerpt.columns(of: mark.span)
        let blanks = String(repeating: " ", count: columns.lowerBound)
        let carets = String(repeating: mark.caret, count: max(1, columns.count))
        text.append("\(gutter)|", .frame)
        text.append(" \(blanks)")
        text.append(
          trimmed("\(carets) \(DisplayText.escaped(mark.label))"),
          mark.caret == "^" ? StyledText.Style(severity) : .frame)
        text.append("\n")
      }
      previous = line
      index += onLine.count
    }
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
