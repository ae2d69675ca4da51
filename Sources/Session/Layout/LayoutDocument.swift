/// A text whose lines are broken where they would be too long.
///
/// Example: a group of `a`, a line and `b` is `a b` where that fits, else `a` and `b` on lines of their own.
indirect enum LayoutDocument {
  case text(String)
  /// A space, or a line's end where its group doesn't fit.
  case line
  /// Nothing, or a line's end where its group doesn't fit.
  case softLine
  /// A line's end wherever it stands, with a blank line before the next one if asked for.
  case hardLine(isBlank: Bool)
  /// A comment to the end of its line: whatever follows begins a new one.
  case lineComment(String)
  case sequence([LayoutDocument])
  /// Lines within begin so much further to the right.
  case nest(Int, LayoutDocument)
  /// Lines within begin where this begins.
  case align(LayoutDocument)
  /// All lines within are spaces, or all are lines' ends.
  case group(LayoutDocument)
  /// As many items on a line as fit.
  case fill([LayoutDocument])
  /// As `fill` between brackets: behind the opening one where that stands to the left, else below it.
  case list(open: String, items: [LayoutDocument], close: String)

  /// Whether it has several lines in any case.
  var breaks: Bool {
    switch self {
    case .text(let text): text.utf8.contains(0x0A)
    case .line, .softLine: false
    case .hardLine, .lineComment: true
    case .sequence(let parts), .fill(let parts), .list(_, let parts, _): parts.contains { $0.breaks }
    case .nest(_, let inner), .align(let inner), .group(let inner): inner.breaks
    }
  }

  /// With something between each two.
  static func separated(_ parts: [LayoutDocument], by separator: LayoutDocument) -> LayoutDocument {
    .sequence(Array(parts.map { [$0] }.joined(separator: [separator])))
  }

  /// The text, with lines of at most so many characters where it can be broken.
  func rendered(width: Int) -> String {
    var printer = LayoutPrinter(width: width)
    return printer.print(self)
  }
}

/// Writes a document from left to right, and decides at each group whether it fits into the rest of its line.
private struct LayoutPrinter {
  private enum Part {
    case document(LayoutDocument)
    /// Items of a `fill` behind the first.
    case items(ArraySlice<LayoutDocument>)
  }

  private struct Command {
    var part: Part
    var indentation: Int
    var isFlat: Bool
  }

  /// Items are aligned behind a bracket that stands no further to the right than this.
  private static let rightmostAlignment = 48

  let width: Int
  private var text = ""
  private var column = 0
  private var isBehindLineComment = false
  /// What is still to be written, the next one last.
  private var stack: [Command] = []

  init(width: Int) { self.width = width }

  mutating func print(_ document: LayoutDocument) -> String {
    push(document, 0, false)
    while let command = stack.popLast() { write(command) }
    return text
  }

  private mutating func push(_ document: LayoutDocument, _ indentation: Int, _ isFlat: Bool) {
    stack.append(Command(part: .document(document), indentation: indentation, isFlat: isFlat))
  }

  private mutating func write(_ command: Command) {
    let (indentation, isFlat) = (command.indentation, command.isFlat)
    switch command.part {
    case .items(let items): writeNext(of: items, indentation, isFlat)
    case .document(.text(let words)): write(words, indentation)
    case .document(.lineComment(let words)):
      write(words, indentation)
      isBehindLineComment = true
    case .document(.line):
      if isFlat, !isBehindLineComment { write(" ", indentation) } else { endLine(indentation) }
    case .document(.softLine): if !isFlat || isBehindLineComment { endLine(indentation) }
    case .document(.hardLine(let isBlank)): endLine(indentation, isBlank: isBlank)
    case .document(.sequence(let parts)): for part in parts.reversed() { push(part, indentation, isFlat) }
    case .document(.nest(let more, let inner)): push(inner, indentation + more, isFlat)
    case .document(.align(let inner)): push(inner, isBehindLineComment ? indentation : column, isFlat)
    case .document(.group(let inner)):
      push(inner, indentation, isFlat || (!inner.breaks && fits(inner)))
    case .document(.fill(let items)):
      guard let first = items.first else { return }
      if items.count > 1 {
        stack.append(Command(part: .items(items.dropFirst()), indentation: indentation, isFlat: isFlat))
      }
      push(.group(first), indentation, isFlat)
    case .document(.list(let open, let items, let close)):
      let isLeft = column - indentation <= LayoutPrinter.rightmostAlignment
      let flat = LayoutDocument.sequence([.text(open), .separated(items, by: .line), .text(close)])
      if isFlat || (!flat.breaks && fits(flat)) {
        push(flat, indentation, true)
      } else if isLeft {
        push(.sequence([.text(open), .align(.fill(items)), .text(close)]), indentation, false)
      } else {
        push(
          .sequence([
            .text(open), .nest(4, .sequence([.hardLine(isBlank: false), .fill(items)])),
            .hardLine(isBlank: false), .text(close),
          ]), indentation, false)
      }
    }
  }

  /// Writes the next item of a `fill` on this line, or on the next if it doesn't fit.
  private mutating func writeNext(of items: ArraySlice<LayoutDocument>, _ indentation: Int, _ isFlat: Bool) {
    guard let next = items.first else { return }
    if items.count > 1 {
      stack.append(Command(part: .items(items.dropFirst()), indentation: indentation, isFlat: isFlat))
    }
    if isFlat || fits(.sequence([.text(" "), next])) {
      write(" ", indentation)
    } else {
      endLine(indentation)
    }
    push(.group(next), indentation, isFlat)
  }

  private mutating func write(_ words: String, _ indentation: Int) {
    if isBehindLineComment { endLine(indentation) }
    text += words
    // By bytes: the two characters that end a line of Windows are one to Swift.
    if let end = words.utf8.lastIndex(of: 0x0A) {
      column = words[words.utf8.index(after: end)...].count
    } else {
      column += words.count
    }
  }

  private mutating func endLine(_ indentation: Int, isBlank: Bool = false) {
    isBehindLineComment = false
    while text.last == " " { text.removeLast() }
    if !text.isEmpty, text.last != "\n" { text += isBlank ? "\n\n" : "\n" }
    text += String(repeating: " ", count: indentation)
    column = indentation
  }

  /// Whether a document stays on this line, up to its first sure line's end, with what follows it up to a place where
  /// the line may end.
  private func fits(_ document: LayoutDocument) -> Bool {
    if isBehindLineComment { return false }
    var rest = width - column
    var todo = [Command(part: .document(document), indentation: 0, isFlat: !document.breaks)]
    var waiting = stack[...]
    while rest >= 0 {
      guard let command = todo.popLast() ?? waiting.popLast() else { return true }
      let isFlat = command.isFlat
      func add(_ part: LayoutDocument, _ isFlat: Bool) {
        todo.append(Command(part: .document(part), indentation: 0, isFlat: isFlat))
      }
      switch command.part {
      case .items(let items):
        if !isFlat { return true }
        for item in items.reversed() {
          add(item, true)
          add(.text(" "), true)
        }
      case .document(.text(let words)):
        if let end = words.utf8.firstIndex(of: 0x0A) { return words[..<end].count <= rest }
        rest -= words.count
      // A comment behind may be as long as it is.
      case .document(.lineComment), .document(.hardLine): return true
      case .document(.line):
        if !isFlat { return true }
        rest -= 1
      case .document(.softLine): if !isFlat { return true }
      case .document(.sequence(let parts)): for part in parts.reversed() { add(part, isFlat) }
      case .document(.nest(_, let inner)), .document(.align(let inner)): add(inner, isFlat)
      case .document(.group(let inner)): add(inner, isFlat)
      case .document(.fill(let items)):
        if isFlat {
          add(.separated(items, by: .line), true)
        } else if let first = items.first {
          add(.hardLine(isBlank: false), false)
          add(first, !first.breaks)
        }
      case .document(.list(let open, let items, let close)):
        if isFlat {
          add(.sequence([.text(open), .separated(items, by: .line), .text(close)]), true)
        } else {
          add(.hardLine(isBlank: false), false)
          add(.sequence([.text(open), items.first ?? .text(close)]), true)
        }
      }
    }
    return false
  }
}
