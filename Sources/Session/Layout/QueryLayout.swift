import Diagnostics

/// Lays out a query: one stage a line, lists and conditions broken where they would be too long.
///
/// ```
///   T | where a == 1 | summarize n = count(), m = max(b) by c      T
///                                                                  | where a == 1
///                                                                  | summarize n = count(), m = max(b) by c
/// ```
/// Only the white space between tokens changes, so the layout cannot change what the query says.
struct QueryLayout {
  static let width = 100

  private let source: SourceText
  private let pieces: [LayoutPiece]
  /// Words may be moved to a new line at any space: a search has few marks between them.
  private let breaksAtSpaces: Bool
  private var index = 0
  /// The first piece at or behind each that is no comment.
  private var nextCode: [LayoutPiece?]
  /// The places of the brackets that hold a pipe of their own.
  private var holdPipes: Set<Int> = []

  /// The query's text with a line's end behind it.
  static func text(of pieces: [LayoutPiece], in source: SourceText, breaksAtSpaces: Bool) -> String {
    var layout = QueryLayout(source: source, pieces: pieces, breaksAtSpaces: breaksAtSpaces)
    let document = layout.statements()
    return document.rendered(width: width) + "\n"
  }

  private init(source: SourceText, pieces: [LayoutPiece], breaksAtSpaces: Bool) {
    self.source = source
    self.pieces = pieces
    self.breaksAtSpaces = breaksAtSpaces
    var code: LayoutPiece?
    nextCode = [LayoutPiece?](repeating: nil, count: pieces.count)
    for place in pieces.indices.reversed() {
      if !pieces[place].isComment { code = pieces[place] }
      nextCode[place] = code
    }
    var open: [Int] = []
    for (place, piece) in pieces.enumerated() {
      switch piece.role {
      case .open: open.append(place)
      case .close: _ = open.popLast()
      case .pipe: if let bracket = open.last { holdPipes.insert(bracket) }
      case .word, .clause, .link, .comma, .end, .comment, .lineComment: break
      }
    }
  }

  private var next: LayoutPiece? { index < pieces.count ? pieces[index] : nil }

  // MARK: - Statements and stages

  /// All up to the end of the text, or to the bracket that closes it.
  private mutating func statements(in block: Block = .text) -> LayoutDocument {
    var parts: [LayoutDocument] = []
    while let first = next, first.role != .close {
      let before = index
      if !parts.isEmpty { parts.append(.hardLine(isBlank: first.followsBlankLine)) }
      if first.isComment {
        parts.append(comment(first))
        index += 1
      } else {
        parts.append(pipeline(in: block))
        if next?.role == .end {
          parts.append(.text(";"))
          index += 1
        }
        parts += trailingComment()
      }
      // A piece that nothing took is written as it is: no text is lost.
      if index == before {
        parts.append(.text(first.text))
        index += 1
      }
    }
    return .sequence(parts)
  }

  private enum Block {
    /// Each stage has its line.
    case text
    /// Few short stages may share one.
    case brackets
  }

  private mutating func pipeline(in block: Block) -> LayoutDocument {
    let stageEnd: LayoutDocument =
      block == .brackets && isShort ? .line : .hardLine(isBlank: false)
    var parts: [LayoutDocument] = next?.role == .pipe ? [] : [stage()] + trailingComment()
    while let piece = next {
      if piece.isOwnLine, isBeforePipe(index) {
        parts += [.hardLine(isBlank: piece.followsBlankLine), comment(piece)]
        index += 1
      } else if piece.role == .pipe {
        index += 1
        if !parts.isEmpty { parts.append(piece.followsBlankLine ? .hardLine(isBlank: true) : stageEnd) }
        parts += [.text("| "), stage()] + trailingComment()
      } else {
        break
      }
    }
    return .sequence(parts)
  }

  /// Whether what stands up to the closing bracket is one statement of at most two stages, without comments.
  private var isShort: Bool {
    var depth = 0
    var pipes = 0
    for piece in pieces[index...] {
      switch piece.role {
      case .open: depth += 1
      case .close:
        if depth == 0 { return pipes < 2 }
        depth -= 1
      case .pipe: pipes += 1
      case .end, .comment, .lineComment: return false
      case .word, .clause, .link, .comma: break
      }
    }
    return false
  }

  /// Whether comments at a place stand before a pipe.
  private func isBeforePipe(_ place: Int) -> Bool {
    nextCode[place]?.role == .pipe
  }

  private func comment(_ piece: LayoutPiece) -> LayoutDocument {
    switch piece.role {
    case .lineComment: .lineComment(piece.text)
    case .comment, .word, .clause, .link, .pipe, .comma, .end, .open, .close: .text(piece.text)
    }
  }

  /// Comments that stand behind the code of their line.
  private mutating func trailingComment() -> [LayoutDocument] {
    var parts: [LayoutDocument] = []
    while let piece = next, piece.isComment, !piece.isOwnLine {
      parts += [.text(" "), comment(piece)]
      index += 1
    }
    return parts
  }

  // MARK: - Within a stage

  /// What stands together without a space.
  private struct Atom {
    var document: LayoutDocument
    var role: LayoutPiece.Role
    /// It is a token or two, without brackets.
    var isSimple = true
    /// It holds a pipeline or statements.
    var hasBlock = false
    var isComment = false
    var binding = LayoutPiece.Binding.none
  }

  private mutating func stage() -> LayoutDocument {
    let items = commaSeparated { $0.endsStage }
    guard let first = items.first, let head = first.first else { return .sequence([]) }
    let hasClause = items.contains { $0.dropFirst().contains { $0.role == .clause } }
    guard items.count > 1 || hasClause, !items.joined().contains(where: \.hasBlock) else {
      return .separated(items.map { expression($0) }, by: .text(", "))
    }
    var rest = items
    var heads = [head.document]
    rest[0].removeFirst()
    if let second = rest[0].first, second.role == .clause {
      // `sort by`
      heads.append(second.document)
      rest[0].removeFirst()
    }
    var lists: [(clause: LayoutDocument?, items: [[Atom]])] = [(nil, [])]
    for item in rest {
      var item = item
      while let place = item.firstIndex(where: { $0.role == .clause }) {
        if place > 0 { lists[lists.count - 1].items.append(Array(item[..<place])) }
        lists.append((item[place].document, []))
        item.removeFirst(place + 1)
      }
      lists[lists.count - 1].items.append(item)
    }
    let parts = lists.filter { $0.clause != nil || !$0.items.isEmpty }.map { list -> LayoutDocument in
      guard let clause = list.clause else { return self.list(list.items) }
      return .sequence([clause, .text(" "), .align(.fill(self.items(list.items)))])
    }
    return .sequence([
      .separated(heads, by: .text(" ")), .text(" "), .align(.group(.separated(parts, by: .line))),
    ])
  }

  /// Items with their commas.
  private func items(_ items: [[Atom]]) -> [LayoutDocument] {
    items.enumerated().map { index, item in
      let isLast = index == items.count - 1
      // A comma stands before the comment behind its item.
      let code = isLast ? item.count : (item.lastIndex { !$0.isComment } ?? item.count - 1) + 1
      let comments = item[code...].flatMap { [.text(" "), $0.document] }
      return .sequence(
        [.group(expression(Array(item[..<code])))] + (isLast ? [] : [.text(",")]) + comments)
    }
  }

  /// Names fill their lines; assignments have lines of their own where not all fit on one.
  private func list(_ list: [[Atom]]) -> LayoutDocument {
    let documents = items(list)
    return 2 * list.count { $0.count == 1 && $0[0].isSimple } >= list.count
      ? .fill(documents) : .group(.separated(documents, by: .line))
  }

  /// Operands, broken before the `or`, `and` or `+` that holds them together.
  ///
  /// - Parameter indentation: where lines go on, from where the enclosing ones begin.
  private func expression(_ atoms: [Atom], _ indentation: Int = 4) -> LayoutDocument {
    guard
      let link = LayoutPiece.Link.allCases.first(where: { link in
        atoms.dropFirst().contains { $0.role == .link(link) }
      })
    else { return words(atoms, indentation) }
    var operands: [[Atom]] = [[]]
    for (index, atom) in atoms.enumerated() {
      if index > 0, atom.role == .link(link) { operands.append([]) }
      operands[operands.count - 1].append(atom)
    }
    let documents = operands.map { operand -> LayoutDocument in
      guard let first = operand.first, first.role == .link(link) else {
        return .group(expression(operand, indentation + 4))
      }
      let rest = expression(Array(operand.dropFirst()), 0)
      return .group(.sequence([first.document, .text(" "), .align(rest)]))
    }
    if indentation == 0, link == .or, atoms.allSatisfy(\.isSimple) { return .fill(documents) }
    return .group(
      .sequence([
        documents[0],
        .nest(indentation, .sequence(documents.dropFirst().flatMap { [LayoutDocument.line, $0] })),
      ]))
  }

  private func words(_ atoms: [Atom], _ indentation: Int) -> LayoutDocument {
    guard breaksAtSpaces, let first = atoms.first else {
      return .separated(atoms.map(\.document), by: .text(" "))
    }
    var runs: [[Atom]] = []
    for (index, atom) in atoms.enumerated() {
      if index > 0, atoms[index - 1].binding != .none || atom.binding == .both {
        runs[runs.count - 1].append(atom)
      } else {
        runs.append([atom])
      }
    }
    // Behind a command's name there is room for one thing.
    let isNested = runs.count > 2 || !first.isSimple || first.role != .word
    let documents = runs.map { run in
      let document = LayoutDocument.separated(run.map(\.document), by: .text(" "))
      // Stages within begin where the stage's own lines do.
      return isNested && run.contains(where: \.hasBlock) ? .nest(-indentation, document) : document
    }
    return isNested ? .nest(indentation, .fill(documents)) : .separated(documents, by: .text(" "))
  }

  /// The items up to a piece that ends them, which stays.
  private mutating func commaSeparated(_ ends: (LayoutPiece) -> Bool) -> [[Atom]] {
    var items: [[Atom]] = [[]]
    while let piece = next, !ends(piece) {
      if piece.isOwnLine, piece.isComment, isBeforeEnd(index, ends) { break }
      if piece.role == .comma {
        index += 1
        // A comment behind the comma is about what stands before it.
        while let comment = next, comment.isComment, !comment.isOwnLine {
          items[items.count - 1].append(atom())
        }
        items.append([])
      } else {
        items[items.count - 1].append(atom())
      }
    }
    if items.last?.isEmpty == true, items.count > 1 {
      // A comma behind the last item.
      items.removeLast()
      items[items.count - 1].append(Atom(document: .text(","), role: .word))
    }
    return items
  }

  /// Whether only comments stand between a place and what ends the items.
  private func isBeforeEnd(_ place: Int, _ ends: (LayoutPiece) -> Bool) -> Bool {
    nextCode[place].map(ends) ?? true
  }

  private mutating func atom() -> Atom {
    guard let first = next else { return Atom(document: .sequence([]), role: .word) }
    if first.isComment {
      index += 1
      let document = comment(first)
      return Atom(
        document: first.isOwnLine ? .sequence([.hardLine(isBlank: false), document]) : document,
        role: .word, isSimple: false, isComment: true)
    }
    var atom = Atom(document: .sequence([]), role: first.role, binding: first.binding)
    var parts: [LayoutDocument] = []
    repeat {
      guard let piece = next else { break }
      if piece.role == .open {
        let (document, hasBlock) = bracket()
        parts.append(document)
        atom.isSimple = false
        if hasBlock { atom.hasBlock = true }
      } else {
        parts.append(.text(piece.text))
        index += 1
      }
    } while next.map { !$0.isSpaced && $0.isPartOfWord } ?? false
    atom.document = .sequence(parts)
    return atom
  }

  /// A bracket and what it holds.
  private mutating func bracket() -> (LayoutDocument, hasBlock: Bool) {
    let open = pieces[index]
    if open.isFixed { return (fixed(), false) }
    let holdsPipe = holdPipes.contains(index)
    index += 1
    if next?.role == .close {
      let close = pieces[index].text
      index += 1
      return (.text(open.text + close), false)
    }
    if holdsPipe || open.opensBlock {
      let edge: LayoutDocument = open.text == "{" ? .line : .softLine
      let inner = statements(in: .brackets)
      let close = closing()
      return (
        .group(.sequence([.text(open.text), .nest(4, .sequence([edge, inner])), edge, .text(close)])), true
      )
    }
    let items = commaSeparated { $0.role == .close }
    var tail: [LayoutDocument] = []
    while let piece = next, piece.isComment {
      tail += [.hardLine(isBlank: false), comment(piece)]
      index += 1
    }
    let hasBlock = items.joined().contains(where: \.hasBlock)
    let close = closing()
    guard items.count > 1 else {
      let item = expression(items[0], 0)
      return (.sequence([.text(open.text), .align(.sequence([item] + tail)), .text(close)]), hasBlock)
    }
    let documents = self.items(items)
    if tail.isEmpty, open.itemsPerLine == 1, items.allSatisfy({ $0.count == 1 && $0[0].isSimple }) {
      return (.list(open: open.text, items: documents, close: close), hasBlock)
    }
    var rows: [LayoutDocument] = []
    for start in stride(from: 0, to: documents.count, by: max(1, open.itemsPerLine)) {
      let row = documents[start..<min(documents.count, start + max(1, open.itemsPerLine))]
      rows.append(.separated(Array(row), by: .text(" ")))
    }
    return (
      .group(
        .sequence([
          .text(open.text),
          .nest(4, .sequence([.softLine, .separated(rows, by: .line)] + tail)), .softLine, .text(close),
        ])), hasBlock
    )
  }

  private mutating func closing() -> String {
    guard let close = next, close.role == .close else { return "" }
    index += 1
    return close.text
  }

  /// A bracket as it stands in the text.
  private mutating func fixed() -> LayoutDocument {
    let start = pieces[index].span
    var end = start
    var depth = 0
    repeat {
      switch pieces[index].role {
      case .open: depth += 1
      case .close: depth -= 1
      case .word, .clause, .link, .pipe, .comma, .end, .comment, .lineComment: break
      }
      end = pieces[index].span
      index += 1
    } while depth > 0 && index < pieces.count
    return .text(source[SourceSpan(start.lowerBound, end.upperBound)])
  }
}

extension LayoutPiece {
  fileprivate var endsStage: Bool {
    switch role {
    case .pipe, .end, .close: true
    case .word, .clause, .link, .comma, .open, .comment, .lineComment: false
    }
  }

  /// Whether it may stand behind another token without a space.
  fileprivate var isPartOfWord: Bool {
    switch role {
    case .word, .clause, .link, .open: true
    case .pipe, .end, .close, .comma, .comment, .lineComment: false
    }
  }
}
