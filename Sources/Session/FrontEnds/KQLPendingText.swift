import Diagnostics
import KQL

/// A KQL text that comes line by line. Its tokens end with their lines, but for texts between fences.
struct KQLPendingText: PendingText {
  private static let fences = ["```", "~~~"]

  private var open = 0
  private var last: KQLToken.Kind?
  /// What closes the text that goes over lines.
  private var fence: String?
  /// The statement at hand.
  private var statement = ""
  /// Statements that ended, and of which it is not known whether one is a query.
  private var ended: [String] = []
  private var hasQuery = false

  mutating func add(line: String) {
    statement += line + "\n"
    guard let fence else { return read(line) }
    guard let end = line.firstRange(of: fence) else { return }
    self.fence = nil
    // An empty text stands for the one that ends here.
    read(fence + line[end.lowerBound...])
  }

  private mutating func read(_ line: String) {
    let source = SourceText(name: "", text: line)
    for token in KQLLexer.tokens(of: source).tokens where token.kind != .endOfFile {
      if case .punctuation(let mark) = token.kind {
        if mark.opensBracket { open += 1 }
        if mark.closesBracket { open -= 1 }
        if mark == .semicolon, open <= 0 { endStatement(at: line, token.span.upperBound) }
      }
      last = token.kind
      if case .string = token.kind { fence = KQLPendingText.fences.first { isOpen(source[token.span], $0) } }
    }
  }

  private func isOpen(_ text: String, _ fence: String) -> Bool {
    // It may be obfuscated: h```…```.
    let text = text.drop { $0 == "h" || $0 == "H" }
    return text.hasPrefix(fence) && (text.utf8.count < 6 || !text.hasSuffix(fence))
  }

  /// What stands behind the semicolon begins the next one.
  private mutating func endStatement(at line: String, _ place: Int) {
    let rest = line.utf8.count - place
    ended.append(String(decoding: statement.utf8.dropLast(rest + 1), as: UTF8.self))
    statement = String(decoding: statement.utf8.suffix(rest + 1), as: UTF8.self)
  }

  mutating func isUnfinished() -> Bool {
    // A comment alone is no query yet.
    guard let last else { return true }
    if open > 0 || fence != nil { return true }
    switch last {
    case .punctuation(.semicolon):
      for text in ended where !hasQuery {
        hasQuery = KQL.parse(SourceText(name: "", text: text)).0.statements.contains {
          if case .query = $0 { true } else { false }
        }
      }
      ended = []
      return !hasQuery
    case .punctuation(.pipe), .punctuation(.comma), .punctuation(.equal), .punctuation(.assign): return true
    case .word(let word): return ["and", "or", "by", "on"].contains(word)
    case .string, .punctuation, .long, .real, .timespan, .bool, .guid, .typedLiteral, .unknown, .endOfFile:
      return false
    }
  }
}
