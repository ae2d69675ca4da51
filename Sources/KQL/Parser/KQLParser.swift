package import Diagnostics
import Engine

/// A recursive descent parser for KQL; it always gives a tree, whatever the text.
///
/// Example: `KQL.parse(SourceText(name: "q", text: "T | take 5"))`.
/// Errors are reported once per place; after one, reading goes on at the next `|`, `;` or closing bracket.
/// A class, since in a debug build each level of recursion would copy a struct several times.
/// - Invariant: every loop advances the cursor or ends, and recursion is bounded by `depthLimit`.
package final class KQLParser {
  /// How deep expressions and subqueries may nest, and how high a tree may grow.
  package static let depthLimit = 250
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
  let bracketDepths: [Int]
  /// The brackets around the present pipeline: one that was opened inside it can't close it.
  var pipelineDepth = 0
  /// In a predicate a single `=` can only be meant as `==`.
  var readsAssignAsEqual = false

  init(_ source: SourceText) {
    self.source = source
    let (tokens, diagnostics) = KQLLexer.tokens(of: source)
    cursor = TokenCursor(tokens)
    bracketDepths = Self.bracketDepths(of: tokens)
    sink.report(contentsOf: diagnostics)
  }

  /// For each token the number of brackets that are open in front of it.
  private static func bracketDepths(of tokens: [KQLToken]) -> [Int] {
    var depth = 0
    return tokens.map { token in
      let before = depth
      if case .punctuation(let mark) = token.kind {
        if mark.opensBracket { depth += 1 }
        if mark.closesBracket { depth = max(0, depth - 1) }
      }
      return before
    }
  }

  // MARK: - Looking

  var current: KQLToken { cursor.current }
  var isAtEnd: Bool { cursor.isAtEnd }

  /// The mark at the cursor. Functions that recurse look at this and not at `current`: a token on the stack of
  /// each level would cost more than all else.
  var mark: KQLPunctuation? {
    if case .punctuation(let mark) = cursor.current.kind { return mark }
    return nil
  }

  var currentSpan: SourceSpan { cursor.current.span }

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

  func take(_ mark: KQLPunctuation) -> SourceSpan? {
    at(mark) ? cursor.advance().span : nil
  }

  func take(_ word: String) -> SourceSpan? {
    at(word) ? cursor.advance().span : nil
  }

  /// Takes a mark, or reports that it is missing.
  @discardableResult
  func expect(_ mark: KQLPunctuation, after context: String = "") -> Bool {
    if take(mark) != nil { return true }
    reportExpected("`\(mark.rawValue)`", after: context)
    return false
  }

  /// Takes a word, or reports that it is missing.
  @discardableResult
  func expect(_ word: String, after context: String = "") -> Bool {
    if take(word) != nil { return true }
    reportExpected("`\(word)`", after: context)
    return false
  }

  /// Takes the bracket that closes `opening`, or reports it as unclosed.
  func close(_ mark: KQLPunctuation, opening: SourceSpan) {
    if take(mark) != nil { return }
    if let timespan = brokenTimespan() { return report(syntax: timespan) }
    report(
      syntax: KQLMessages.unclosedBracket(
        expected: mark, found: describeCurrent, at: current.span, opening: opening))
  }

  /// `1 h`: a number whose unit stands apart.
  private func brokenTimespan() -> Diagnostic? {
    guard let unit = current.word, TimespanParsing.nanosecondsPerUnit[unit] != nil, cursor.index > 0
    else { return nil }
    let number = cursor.peek(-1)
    guard case .long = number.kind else { return nil }
    return KQLMessages.brokenTimespan(source[number.span], unit: unit, at: number.span.union(current.span))
  }

  /// From a start to the end of what was taken last.
  func span(from start: SourceSpan) -> SourceSpan {
    SourceSpan(start.lowerBound, max(start.upperBound, cursor.previousSpan.upperBound))
  }

  // MARK: - Depth

  /// Goes down, a pipeline by two levels since it takes more of the stack; false where the text is nested too
  /// deeply, which is reported.
  func enter(levels: Int = 1) -> Bool {
    guard depth + levels <= Self.depthLimit else {
      report(syntax: KQLMessages.tooDeep(limit: Self.depthLimit, at: current.span))
      return false
    }
    depth += levels
    return true
  }

  func leave(levels: Int = 1) { depth -= levels }

  /// Notes that a node stands above one of a height; false where the tree has grown too high.
  func grow(above lower: Int, at span: SourceSpan) -> Bool {
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
    let parser = KQLParser(source)
    let query = parser.query()
    return (query, parser.sink.sorted)
  }
}
