package import Diagnostics

/// A text that comes line by line, and what it lacks so far: each line is read once.
package protocol PendingText {
  mutating func add(line: String)
  /// Whether more must follow before the text is a query: something is open, or ends with a pipe.
  mutating func isUnfinished() -> Bool
}

/// Of a language in which every line is a query.
struct LinesOfQueries: PendingText {
  mutating func add(line: String) {}
  func isUnfinished() -> Bool { false }
}

/// A question at a prompt, whose language is the one that was chosen, or the one that the text tells.
package struct PendingQuestion: PendingText {
  private let languages: [any FrontEnd]
  private var pending: [any PendingText]
  private let tell: (String) -> any FrontEnd
  private var text = ""
  private var told: (name: String, length: Int)?

  /// Up to so many bytes the language is told anew with each line that matters, and beyond each time they have doubled:
  /// what a long text begins with seldom changes what it is.
  private static let shortLength = 4096

  /// - Parameters:
  ///   - language: nil: the text tells.
  ///   - tell: of a text.
  package init(
    _ language: (any FrontEnd)?, of languages: FrontEnds, tell: @escaping (String) -> any FrontEnd
  ) {
    self.languages = language.map { [$0] } ?? languages.all
    pending = self.languages.map { $0.pendingText() }
    self.tell = tell
  }

  package mutating func add(line: String) {
    if !text.isEmpty { text += "\n" }
    text += line
    for index in pending.indices { pending[index].add(line: line) }
  }

  package mutating func isUnfinished() -> Bool {
    let answers = pending.indices.map { pending[$0].isUnfinished() }
    // Where all languages say the same it does not matter which one it is.
    if let first = answers.first, answers.allSatisfy({ $0 == first }) { return first }
    let length = text.utf8.count
    let name: String
    if let told, told.length > PendingQuestion.shortLength, length < 2 * told.length {
      name = told.name
    } else {
      name = tell(text).name
      told = (name, length)
    }
    return languages.firstIndex { $0.name == name }.map { answers[$0] } ?? false
  }
}

extension FrontEnd {
  /// Whether more must follow before the text is a query.
  package func isUnfinished(_ source: SourceText) -> Bool {
    var pending = pendingText()
    for line in source.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      pending.add(line: String(line))
    }
    return pending.isUnfinished()
  }
}
