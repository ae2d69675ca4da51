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
    var end = 0
    for (index, token) in tokens.enumerated() {
      let gap = LayoutGap(bytes[end..<max(end, token.span.lowerBound)])
      var followsBlankLine = addComments(gap)
      followsBlankLine = followsBlankLine ?? gap.hasBlankLine
      if token.kind == .endOfFile { break }
      add(index, gap, followsBlankLine: followsBlankLine ?? false)
      end = token.span.upperBound
    }
    return pieces
  }

  /// Adds the comments of a gap; whether a blank line follows the last, if there is one.
  private mutating func addComments(_ gap: LayoutGap) -> Bool? {
    var isOwnLine = pieces.isEmpty
    var hasBlank = false
    var blanks = 0
    var found = false
    for (index, line) in gap.lines.enumerated() {
      if index > 0 { isOwnLine = true }
      let text = line.text
      if let mark = text.firstRange(of: "//") {
        let comment = String(text[mark.lowerBound...].reversed().drop(while: \.isWhitespace).reversed())
        var piece = LayoutPiece(
          .lineComment(ownLine: isOwnLine), comment, SourceSpan(line.start, line.start + line.length),
          isSpaced: true)
        piece.followsBlankLine = blanks > 0
        pieces.append(piece)
        found = true
        blanks = 0
      } else if index > 0, index < gap.lines.count - 1, text.allSatisfy(\.isWhitespace) {
        blanks += 1
      }
      hasBlank = blanks > 0
    }
    return found ? hasBlank : nil
  }

  private mutating func add(_ index: Int, _ gap: LayoutGap, followsBlankLine: Bool) {
    let token = tokens[index]
    let before = self.token(at: index - 1)
    var piece = LayoutPiece(.word, source[token.span], token.span, isSpaced: isSpaced(index, gap))
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

  private func isSpaced(_ index: Int, _ gap: LayoutGap) -> Bool {
    let token = tokens[index]
    guard let before = self.token(at: index - 1) else { return false }
    switch token.kind {
    case .punctuation(.comma), .punctuation(.semicolon), .punctuation(.rightParenthesis),
      .punctuation(.rightBracket), .punctuation(.rightBrace):
      return false
    case .punctuation(let mark) where mark.compares: return true
    case .punctuation(.assign): return !gap.isEmpty || isSpacedBehind(index)
    case .word, .string, .long, .real, .timespan, .bool, .guid, .typedLiteral, .punctuation, .unknown,
      .endOfFile:
      break
    }
    switch before.kind {
    case .punctuation(.leftParenthesis), .punctuation(.leftBracket), .punctuation(.leftBrace): return false
    case .punctuation(.comma): return true
    case .punctuation(let mark) where mark.compares: return true
    case .punctuation(.assign): return !gap.isEmpty || isGapBefore(index - 1)
    case .word, .string, .long, .real, .timespan, .bool, .guid, .typedLiteral, .punctuation, .unknown,
      .endOfFile:
      return !gap.isEmpty
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
