package import Diagnostics
import Engine
import SPL

extension SPLFrontEnd {
  package var breaksAtSpaces: Bool { true }

  package func layout(
    of source: SourceText, in workspace: Workspace
  ) -> (pieces: [LayoutPiece], diagnostics: [Diagnostic]) {
    let (tokens, diagnostics) = SPL.layoutTokens(source, macros: SPLFrontEnd.macros(of: workspace))
    if diagnostics.contains(where: \.preventsLayout) { return ([], diagnostics) }
    var reader = SPLLayoutReader(source)
    return (reader.read(tokens), diagnostics)
  }
}

/// Makes the pieces of a layout from the tokens that stand in the text, and from what stands between them: comments,
/// macro calls, and what was read without tokens.
private struct SPLLayoutReader {
  private let source: SourceText
  private let bytes: [UInt8]
  private var pieces: [LayoutPiece] = []
  private var end = 0
  /// Those that are still to come.
  private var comments: ArraySlice<SourceSpan>

  init(_ source: SourceText) {
    self.source = source
    bytes = Array(source.text.utf8)
    comments = SPL.comments(in: source)[...]
  }

  mutating func read(_ tokens: [SPLToken]) -> [LayoutPiece] {
    var before: SPLToken?
    for token in tokens.sorted(by: { $0.span.lowerBound < $1.span.lowerBound }) {
      // What a macro was replaced by has no place of its own.
      guard token.span.lowerBound >= end, token.kind != .endOfText, source[token.span] == token.text else {
        continue
      }
      if end < token.span.lowerBound { addBetween(until: token.span.lowerBound, &before) }
      add(token, behind: before)
      before = token
    }
    addBetween(until: bytes.count, &before)
    return pieces
  }

  private mutating func add(_ token: SPLToken, behind before: SPLToken?) {
    var piece = piece(.word, token.span)
    let isExpression = token.mode != .arguments
    switch token.kind {
    case .pipe: piece.role = .pipe
    case .comma where token.mode != .search:
      piece.role = .comma
      piece.isSpaced = false
    case .leftParenthesis:
      piece.role = .open
      // In a list of arguments it belongs to a name: `count(eval(x=1))` is a column's name as it is written.
      piece.isFixed = !isExpression
      if isExpression, let before, before.kind == .word, !piece.isSpaced {
        piece.itemsPerLine = SPLFrontEnd().argumentsInTurn(of: before.text)
      }
    case .rightParenthesis:
      piece.role = .close
      piece.isSpaced = false
    case .leftBracket:
      piece.role = .open
      piece.opensBlock = true
    case .rightBracket:
      piece.role = .close
      piece.isSpaced = false
    case .symbol:
      piece.binding = .both
      if token.mode == .eval, piece.isSpaced, isSpaced(at: token.span.upperBound),
        ["+", "-", "."].contains(token.text)
      {
        piece.role = .link(.sum)
      }
    case .word: piece = word(piece, token)
    case .string, .quotedField, .number, .unexpected, .comma, .endOfText: break
    }
    if let before, isExpression || before.mode != .arguments, before.kind == .leftParenthesis {
      piece.isSpaced = false
    }
    if before?.kind == .comma, before?.mode != .search { piece.isSpaced = true }
    pieces.append(piece)
    end = token.span.upperBound
  }

  private func word(_ piece: LayoutPiece, _ token: SPLToken) -> LayoutPiece {
    var piece = piece
    switch (token.text.lowercased(), token.mode) {
    case ("by", .arguments): piece.role = .clause
    case ("as", .arguments): piece.binding = .both
    case ("or", .eval): piece.role = .link(.or)
    case ("and", .eval): piece.role = .link(.and)
    case ("or", .search), ("and", .search), ("not", .search), ("not", .eval): piece.binding = .next
    case ("in", .search), ("in", .eval), ("like", .eval): piece.binding = .both
    default: break
    }
    return piece
  }

  private func isSpaced(at place: Int) -> Bool { place < bytes.count && bytes[place].isLayoutSpace }

  private func piece(_ role: LayoutPiece.Role, _ span: SourceSpan) -> LayoutPiece {
    let gap = LayoutGap(bytes[end..<span.lowerBound])
    var piece = LayoutPiece(role, source[span], span, isSpaced: !gap.isEmpty)
    piece.followsBlankLine = gap.hasBlankLine
    return piece
  }

  /// Adds what stands up to a place: comments, calls of macros, and words, in which quotes hold.
  private mutating func addBetween(until limit: Int, _ before: inout SPLToken?) {
    var place = end
    while place < limit {
      if bytes[place].isLayoutSpace {
        place += 1
        continue
      }
      let start = place
      while let comment = comments.first, comment.lowerBound < start { comments.removeFirst() }
      let isComment = comments.first?.lowerBound == start
      if isComment, let comment = comments.popFirst() {
        place = comment.upperBound
      } else {
        let end = min(limit, comments.first?.lowerBound ?? limit)
        while place < end, !bytes[place].isLayoutSpace {
          switch bytes[place] {
          case UInt8(ascii: "\""), UInt8(ascii: "`"): place = afterQuote(bytes[place], from: place + 1)
          case UInt8(ascii: "\\"): place += 2
          default: place += 1
          }
        }
        place = min(place, limit)
      }
      let span = SourceSpan(start, place)
      let isOwnLine =
        isComment && (pieces.isEmpty || LayoutGap(bytes[end..<start]).endsLine)
      pieces.append(piece(isComment ? .comment(ownLine: isOwnLine) : .word, span))
      end = place
      if !isComment { before = nil }
    }
  }

  private func afterQuote(_ quote: UInt8, from place: Int) -> Int {
    var place = place
    while place < bytes.count, bytes[place] != quote {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return Swift.min(place + 1, bytes.count)
  }
}

extension UInt8 {
  fileprivate var isLayoutSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
}
