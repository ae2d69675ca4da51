package import Diagnostics
import Engine
import KQL

extension KQLFrontEnd {
  package var breaksAtSpaces: Bool { false }

  package func layout(
    of source: SourceText, in workspace: Workspace
  ) -> (pieces: [LayoutPiece], diagnostics: [Diagnostic]) {
    let (_, diagnostics) = KQL.parse(source)
    if diagnostics.contains(where: \.preventsLayout) { return ([], diagnostics) }
    var reader = KQLLayoutReader(source)
    return (reader.read(), diagnostics)
  }
}

/// Makes the pieces of a layout from tokens and what stands between them.
private struct KQLLayoutReader {
  private let source: SourceText
  private let bytes: [UInt8]
  private let tokens: [KQLToken]
  private var pieces: [LayoutPiece] = []
  /// The open brackets: their places among the pieces, and how many commas they hold.
  private var open: [(place: Int, commas: Int)] = []
  /// How many columns the schema has that was closed last.
  private var columnCount = 0

  init(_ source: SourceText) {
    self.source = source
    bytes = Array(source.text.utf8)
    tokens = KQLLexer.tokens(of: source).tokens
  }

  mutating func read() -> [LayoutPiece] {
    var comments = KQLLexer.comments(of: source)[...]
    var end = 0
    for (index, token) in tokens.enumerated() {
      while let comment = comments.first, comment.lowerBound < token.span.lowerBound {
        add(comment: comment, behind: LayoutGap(bytes[end..<max(end, comment.lowerBound)]))
        end = comment.upperBound
        comments.removeFirst()
      }
      if token.kind == .endOfFile { break }
      let gap = LayoutGap(bytes[end..<max(end, token.span.lowerBound)])
      add(index, followsBlankLine: gap.hasBlankLine)
      end = token.span.upperBound
    }
    return pieces
  }

  private mutating func add(comment span: SourceSpan, behind gap: LayoutGap) {
    let text = source[span]
    // A directive has a line of its own.
    let isOwnLine = pieces.isEmpty || gap.endsLine || !text.hasPrefix("//")
    var piece = LayoutPiece(
      .lineComment(ownLine: isOwnLine), String(text.reversed().drop(while: \.isWhitespace).reversed()), span,
      isSpaced: true)
    piece.followsBlankLine = gap.hasBlankLine
    pieces.append(piece)
  }

  private mutating func add(_ index: Int, followsBlankLine: Bool) {
    let token = tokens[index]
    let before = self.token(at: index - 1)
    var piece = LayoutPiece(.word, source[token.span], token.span, isSpaced: isSpaced(index))
    piece.followsBlankLine = followsBlankLine
    switch token.kind {
    case .word("by"): piece.role = .clause
    case .word("or"): piece.role = .link(.or)
    case .word("and"): piece.role = .link(.and)
    case .punctuation(.pipe): piece.role = .pipe
    case .punctuation(.semicolon): piece.role = .end
    case .punctuation(.comma):
      piece.role = .comma
      if !open.isEmpty { open[open.count - 1].commas += 1 }
    case .punctuation(let mark) where mark.opensBracket:
      piece.role = .open
      piece.opensBlock = mark == .leftBrace && before?.kind == .punctuation(.rightParenthesis)
      piece.itemsPerLine = itemsPerLine(of: mark, index)
      open.append((pieces.count, 0))
    case .punctuation(let mark) where mark.closesBracket:
      piece.role = .close
      if let bracket = open.popLast() { columnCount = bracket.commas + 1 }
    case .punctuation(.plus), .punctuation(.minus):
      if piece.isSpaced, isSpacedBehind(index) { piece.role = .link(.sum) }
    case .word, .string, .long, .real, .timespan, .bool, .guid, .typedLiteral, .punctuation, .unknown,
      .endOfFile:
      break
    }
    pieces.append(piece)
  }

  private func token(at index: Int) -> KQLToken? { tokens.indices.contains(index) ? tokens[index] : nil }

  /// Conditions stand beside their values, and cells of a table in rows.
  private func itemsPerLine(of mark: KQLPunctuation, _ index: Int) -> Int {
    guard let before = self.token(at: index - 1) else { return 1 }
    if mark == .leftParenthesis, let name = before.word {
      return KQLFrontEnd().argumentsInTurn(of: name)
    }
    return mark == .leftBracket && before.kind == .punctuation(.rightParenthesis) ? columnCount : 1
  }

  private func isSpaced(_ index: Int) -> Bool {
    let token = tokens[index]
    guard let before = self.token(at: index - 1) else { return false }
    switch token.kind {
    case .punctuation(.comma), .punctuation(.semicolon), .punctuation(.rightParenthesis),
      .punctuation(.rightBracket), .punctuation(.rightBrace):
      return false
    case .punctuation(let mark) where mark.compares: return true
    case .punctuation(.assign): return isGapBefore(index) || isSpacedBehind(index)
    case .word, .string, .long, .real, .timespan, .bool, .guid, .typedLiteral, .punctuation, .unknown,
      .endOfFile:
      break
    }
    switch before.kind {
    case .punctuation(.leftParenthesis), .punctuation(.leftBracket), .punctuation(.leftBrace): return false
    case .punctuation(.comma): return true
    case .punctuation(let mark) where mark.compares: return true
    case .punctuation(.assign): return isGapBefore(index) || isGapBefore(index - 1)
    case .word, .string, .long, .real, .timespan, .bool, .guid, .typedLiteral, .punctuation, .unknown,
      .endOfFile:
      return isGapBefore(index)
    }
  }

  private func isGapBefore(_ index: Int) -> Bool {
    guard let before = self.token(at: index - 1), let token = token(at: index) else { return false }
    return before.span.upperBound < token.span.lowerBound
  }

  private func isSpacedBehind(_ index: Int) -> Bool { isGapBefore(index + 1) }
}

extension KQLPunctuation {
  /// A space stands on both of its sides.
  fileprivate var compares: Bool {
    switch self {
    case .equal, .notEqual, .lessGreater, .less, .greater, .lessOrEqual, .greaterOrEqual, .equalTilde,
      .notTilde,
      .arrow:
      true
    case .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .pipe,
      .semicolon, .comma, .dot, .dotDot, .colon, .assign, .plus, .minus, .star, .slash, .percent, .bang,
      .ampersands, .pipes, .ampersand, .tilde, .at, .question, .hash, .caret:
      false
    }
  }
}
