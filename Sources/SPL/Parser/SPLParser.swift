internal import Diagnostics

/// Reads the expanded text into a syntax tree, by recursive descent.
///
/// A syntax error skips to the end of its stage, so that one mistake gives one message and the stages
/// after it are still read. Nothing here throws or traps, whatever the text.
struct SPLParser {
  /// How deep parentheses, signs and brackets may nest.
  static let depthLimit = 100
  /// How many operators of one kind may stand in a row where each adds a level to the tree.
  static let chainLimit = 500
  static let diagnosticLimit = 50

  let text: ExpandedText
  private(set) var sink = DiagnosticSink()
  /// The tokens taken so far, in the modes they were taken in.
  private(set) var consumed: [SPLToken] = []
  private var position = 0
  private(set) var previous = 0..<0
  private var depth = 0
  /// How many brackets are open around the current stage.
  var bracketDepth = 0
  /// Set by a syntax error until the next stage: what follows from it is not reported.
  var isRecovering = false

  init(_ text: ExpandedText) { self.text = text }

  // MARK: - Tokens

  func peek(_ mode: SPLLexerMode = .arguments) -> SPLToken {
    SPLLexer.token(in: text, at: position, mode: mode)
  }

  /// The token after the current one.
  func peekSecond(_ mode: SPLLexerMode = .arguments) -> SPLToken {
    SPLLexer.token(in: text, at: peek(mode).range.upperBound, mode: mode)
  }

  @discardableResult
  mutating func take(_ mode: SPLLexerMode = .arguments) -> SPLToken {
    var token = peek(mode)
    token.mode = mode
    position = token.range.upperBound
    if token.kind != .endOfText {
      previous = token.range
      consumed.append(token)
    }
    if token.kind == .word, SPLLexer.beginsWithCurlyQuote(text.bytes, token.range.lowerBound) {
      report(SPLMessages.curlyQuote(token, isExpression: mode == .eval))
    }
    if !token.isClosed { syntaxError(SPLMessages.unclosedQuote(token)) }
    return token
  }

  mutating func take(_ kind: SPLToken.Kind, _ mode: SPLLexerMode = .arguments) -> SPLToken? {
    peek(mode).kind == kind ? take(mode) : nil
  }

  /// Takes a bare word if it is the given one, in any case.
  mutating func takeKeyword(_ keyword: String, _ mode: SPLLexerMode = .arguments) -> SPLToken? {
    peek(mode).isKeyword(keyword) ? take(mode) : nil
  }

  /// Takes what runs up to the next blank, or up to a pipe or bracket that is outside parentheses, as a word.
  mutating func takeBarePattern() -> SPLToken? {
    let begin = start
    var end = begin
    var depth = 0
    while end < text.bytes.count, !SPLLexer.isSpace(text.bytes[end]) {
      let byte = text.bytes[end]
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      if depth <= 0, byte == UInt8(ascii: "|") || (byte == UInt8(ascii: "]") && bracketDepth > 0) { break }
      end += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    end = min(end, text.bytes.count)
    guard end > begin else { return nil }
    let range = begin..<end
    let token = SPLToken(
      kind: .word, text: String(decoding: text.bytes[range], as: UTF8.self), span: text.span(range),
      range: range)
    position = end
    previous = range
    consumed.append(token)
    return token
  }

  /// Passes over text that was read by its bytes.
  mutating func move(to end: Int) {
    previous = position..<max(position, end)
    position = max(position, min(end, text.bytes.count))
  }

  /// The span from an offset of the expanded text to the end of the last taken token.
  func span(from start: Int) -> SourceSpan { text.span(start..<max(start, previous.upperBound)) }

  /// The offset of the next token.
  var start: Int { peek().range.lowerBound }
  var isAtStageEnd: Bool { Self.endsStage(peek().kind) }
  static func endsStage(_ kind: SPLToken.Kind) -> Bool {
    kind == .pipe || kind == .rightBracket || kind == .endOfText
  }

  func isAdjacent(_ left: SPLToken, _ right: SPLToken) -> Bool {
    left.range.upperBound == right.range.lowerBound
  }

  // MARK: - Diagnostics

  mutating func report(_ diagnostic: Diagnostic) {
    if sink.diagnostics.count < Self.diagnosticLimit { sink.report(diagnostic) }
  }

  /// Reports an error after which the rest of the stage cannot be understood.
  mutating func syntaxError(_ diagnostic: Diagnostic) {
    if !isRecovering { report(diagnostic) }
    isRecovering = true
    skipToStageEnd()
  }

  mutating func unexpected(_ expected: String, _ mode: SPLLexerMode = .arguments) {
    syntaxError(SPLMessages.unexpectedToken(peek(mode), expected: expected))
  }

  /// Passes over the rest of the stage, brackets inside it included.
  private mutating func skipToStageEnd() {
    var brackets = 0
    while true {
      let token = peek(.search)
      switch token.kind {
      case .endOfText: return
      case .pipe where brackets == 0: return
      case .rightBracket where brackets == 0:
        if bracketDepth > 0 { return }
      case .leftBracket: brackets += 1
      case .rightBracket: brackets -= 1
      case .pipe, .word, .string, .quotedField, .number, .symbol, .leftParenthesis, .rightParenthesis,
        .comma, .unexpected:
        break
      }
      position = token.range.upperBound
    }
  }

  // MARK: - Depth

  /// Runs a nested part unless the text nests too deep.
  mutating func nested<Result>(
    _ fallback: Result, weight: Int = 1, _ body: (inout SPLParser) -> Result
  ) -> Result {
    if depth + weight > Self.depthLimit {
      syntaxError(SPLMessages.tooDeep(at: peek(.search).span))
      return fallback
    }
    depth += weight
    defer { depth -= weight }
    return body(&self)
  }
}
