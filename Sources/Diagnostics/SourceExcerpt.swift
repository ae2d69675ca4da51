/// One line of a source as it is shown: tabs expanded, control characters escaped, a long line cut.
///
/// Example: of a line of 10,000 characters it holds some hundred around the spans, with `…` where it was cut.
struct SourceExcerpt {
  /// Display cells that a line may take.
  private static let widthLimit = 140
  /// Cells kept in front of the first span when the line is cut.
  private static let lead = 40
  /// Bytes looked at around the first span; a line may be a whole file.
  private static let byteLimit = 2000
  private static let tabWidth = 4

  let text: String
  /// The cells of the text, by source offset; ascending.
  private var cells: [Cell] = []

  private struct Cell {
    var offset: Int
    var column: Int
  }

  init(line: Int, around spans: [SourceSpan], in source: SourceText) {
    let whole = source.lineSpan(line)
    let focus = spans.map(\.lowerBound).min() ?? whole.lowerBound
    var lower = whole.lowerBound
    if focus - lower > Self.byteLimit { lower = Self.boundary(focus - Self.byteLimit / 4, in: source) }
    let upper = Self.boundary(min(whole.upperBound, focus + Self.byteLimit), in: source)
    var pieces: [(text: String, offset: Int, width: Int)] = []
    var offset = lower
    var column = 0
    var visible = Substring(source[SourceSpan(lower, upper)])
    if upper == whole.upperBound, visible.utf8.last == 0x0D { visible = visible.dropLast() }
    for character in visible {
      var shown = DisplayText.escaped(character)
      if character == "\t" { shown = String(repeating: " ", count: Self.tabWidth - column % Self.tabWidth) }
      let width = shown.reduce(0) { $0 + DisplayText.width(of: $1) }
      pieces.append((shown, offset, width))
      column += width
      offset += character.utf8.count
    }
    // Cut in front of the first span so that it stands near the left, then at the width limit.
    let isLong = column > Self.widthLimit || lower > whole.lowerBound || upper < whole.upperBound
    var first = 0
    if isLong {
      var before = 0
      var index = pieces.firstIndex { $0.offset >= focus } ?? pieces.count
      while index > 0, before < Self.lead {
        index -= 1
        before += pieces[index].width
      }
      first = index
    }
    var shown = first > 0 || lower > whole.lowerBound ? "…" : ""
    column = shown.isEmpty ? 0 : 1
    var end = lower
    for piece in pieces[first...] {
      if isLong, column + piece.width > Self.widthLimit {
        shown += "…"
        break
      }
      cells.append(Cell(offset: piece.offset, column: column))
      shown += piece.text
      column += piece.width
      end = piece.offset + 1
    }
    cells.append(Cell(offset: max(end, cells.last.map { $0.offset + 1 } ?? lower), column: column))
    text = shown
  }

  /// The display columns of a span, clamped to what is shown.
  func columns(of span: SourceSpan) -> Range<Int> {
    let lower = column(of: span.lowerBound)
    return lower..<max(lower, column(of: span.upperBound))
  }

  /// The column of the first cell at or behind an offset.
  private func column(of offset: Int) -> Int {
    (cells.first { $0.offset >= offset } ?? cells.last)?.column ?? 0
  }

  /// The nearest offset at or before one that doesn't stand inside a scalar.
  private static func boundary(_ offset: Int, in source: SourceText) -> Int {
    var offset = offset
    let utf8 = source.text.utf8
    while offset > 0, offset < utf8.count, utf8[utf8.index(utf8.startIndex, offsetBy: offset)] & 0xC0 == 0x80
    {
      offset -= 1
    }
    return offset
  }
}
