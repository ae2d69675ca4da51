package import Diagnostics

/// A recursive descent parser for KQL; it always gives a tree, whatever the text.
///
/// Example: `KQL.parse(SourceText(name: "q", text: "T | take 5"))`.
/// Errors are reported once per place; after one, reading goes on at the next `|`, `;` or closing bracket.
/// - Invariant: every loop advances the cursor or ends, and recursion is bounded by `depthLimit`.
package struct KQLParser {
  /// How deep expressions and subqueries may nest, and how high a tree may grow.
  package static let depthLimit = 200
  /// More messages than this help nobody.
  static let diagnosticLimit = 50

  let source: SourceText
  var cursor: TokenCursor<KQLToken>
  var sink = DiagnosticSink()
  var depth = 0
  /// The height of the expression that was read last.
  var height = 0
  /// Set by an error, cleared where reading is in step again; silences follow-up messages.
  var isRecovering = false
  /// In a predicate a single `=` can only be meant as `==`.
  var readsAssignAsEqual = false

  init(_ source: SourceText) {
    self.source = source
    let (tokens, diagnostics) = KQLLexer.tokens(of: source)
    cursor = TokenCursor(tokens)
    sink.report(contentsOf: diagnostics)
  }

  // MARK: - Looking

  var current: KQLToken { cursor.current }
  var isAtEnd: Bool { cursor.isAtEnd }

  func at(_ mark: KQLPunctuation, ahead distance: Int = 0) -> Bool {
    cursor.peek(distance).kind == .punctuation(mark)
  }

  func at(_ word: String, ahead distance: Int = 0) -> Bool { cursor.peek(distance).word == word }

  func atString(ahead distance: Int = 0) -> Bool {
    if case .string = cursor.peek(distance).kind { return true }
    return false
  }

  /// Whether nothing stands between the token `distance` places ahead and the one before it.
  func isAdjacent(ahead distance: Int) -> Bool {
    cursor.peek(distance - 1).span.upperBound == cursor.peek(distance).span.lowerBound
  }

  // MARK: - Taking

  mutating func take(_ mark: KQLPunctuation) -> SourceSpan? {
    at(mark) ? cursor.advance().span : nil
  }

  mutating func take(_ word: String) -> SourceSpan? {
    at(word) ? cursor.advance().span : nil
  }

  /// Takes a mark, or reports that it is missing.
  @discardableResult
  mutating func expect(_ mark: KQLPunctuation, after context: String = "") -> Bool {
    if take(mark) != nil { return true }
    reportExpected("`\(mark.rawValue)`", after: context)
    return false
  }

  /// Takes a word, or reports that it is missing.
  @discardableResult
  mutating func expect(_ word: String, after context: String = "") -> Bool {
    if take(word) != nil { return true }
    reportExpected("`\(word)`", after: context)
    return false
  }

  /// Takes the bracket that closes `opening`, or reports it as unclosed.
  mutating func close(_ mark: KQLPunctuation, opening: SourceSpan) {
    if take(mark) != nil { return }
    report(syntax: KQLMessages.unclosedBracket(expected: mark, found: describeCurrent, at: current.span, opening: opening))
  }

  /// From a start to the end of what was taken last.
  func span(from start: SourceSpan) -> SourceSpan {
    SourceSpan(start.lowerBound, max(start.upperBound, cursor.previousSpan.upperBound))
  }

  // MARK: - Depth

  /// Goes one level down; false where the text is nested too deeply, which is reported.
  mutating func enter() -> Bool {
    guard depth < Self.depthLimit else {
      report(syntax: KQLMessages.tooDeep(limit: Self.depthLimit, at: current.span))
      return false
    }
    depth += 1
    return true
  }

  mutating func leave() { depth -= 1 }

  /// Notes that a node stands above one of a height; false where the tree has grown too high.
  mutating func grow(above lower: Int, at span: SourceSpan) -> Bool {
    height = lower + 1
    if height <= Self.depthLimit { return true }
    report(syntax: KQLMessages.tooDeep(limit: Self.depthLimit, at: span))
    height = 1
    return false
  }
}

extension KQL {
  /// Reads a text; the diagnostics are in the order of their places. A tree with errors must not be run.
  package static func parse(_ source: SourceText) -> (QuerySyntax, [Diagnostic]) {
    var parser = KQLParser(source)
    let query = parser.query()
    return (query, parser.sink.sorted)
  }
}
