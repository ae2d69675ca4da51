package import Diagnostics

/// A value of a YAML document and where it begins.
///
/// Example: `severity: high` at the top of a file is a map whose entry `severity` is the plain scalar `high` at 1:11.
package struct YAMLNode: Hashable, Sendable {
  package enum Style: Hashable, Sendable {
    case plain, quoted
    /// `|`: its lines are lines of the file.
    case literal
    /// `>`
    case folded
  }

  package struct Entry: Hashable, Sendable {
    package var key: String
    package var value: YAMLNode
    /// 1-based, of the key.
    package var line: Int
    package var column: Int
  }

  package indirect enum Content: Hashable, Sendable {
    case scalar(String, Style)
    case list([YAMLNode])
    case map([Entry])
  }

  package var content: Content
  /// 1-based; of a block scalar the place of its first character.
  package var line: Int
  package var column: Int

  package subscript(key: String) -> YAMLNode? {
    guard case .map(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The text of a scalar; nil for lists, maps and null.
  package var text: String? {
    if case .scalar(let text, let style) = content, !(style == .plain && YAMLNode.isNull(text)) {
      text
    } else {
      nil
    }
  }

  package var entries: [Entry] {
    if case .map(let entries) = content { entries } else { [] }
  }

  /// The elements of a list; a scalar stands for a list of one.
  package var elements: [YAMLNode] {
    switch content {
    case .list(let elements): elements
    case .scalar: text == nil ? [] : [self]
    case .map: [self]
    }
  }

  package var texts: [String] { elements.compactMap(\.text) }

  /// The text as one that messages can point into, with the file's own lines and columns.
  package func source(in file: SourceText) -> SourceText? {
    text.map {
      SourceText(text: $0, in: file, places: ScalarPlaces.places(of: $0, at: line, column, in: file))
    }
  }

  /// Whether a plain scalar stands for nothing.
  package static func isNull(_ text: String) -> Bool { ["", "~", "null", "Null", "NULL"].contains(text) }
}

/// A text that is no YAML of the subset that rules use.
package struct YAMLFailure: Error, Hashable, Sendable {
  package var id: String
  package var message: String
  /// 1-based.
  package var line: Int
  package var column: Int
  package var advice: [Advice]

  package init(id: String, message: String, line: Int, column: Int, advice: [Advice] = []) {
    self.id = id
    self.message = message
    self.line = line
    self.column = column
    self.advice = advice
  }

  /// The message with its place in the file.
  package func failure(in source: SourceText) -> QueryFailure {
    let span = source.lineSpan(min(max(0, line - 1), source.lineCount - 1))
    let prefix = String(source[span].prefix(max(0, column - 1)))
    let offset = span.lowerBound + prefix.utf8.count
    return QueryFailure(
      [
        .error(
          id, message, at: SourceSpan(offset, min(offset + 1, span.upperBound)),
          suggestions: advice.map { Diagnostic.Suggestion($0) })
      ], in: source)
  }
}
