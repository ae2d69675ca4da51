import Diagnostics

/// What a terminal shows after some bytes: enough of one to read the screens of a line editor.
struct TerminalScreen {
  let columns: Int
  let rows: Int
  private var cells: [[String]]
  private var row = 0
  private var column = 0
  /// Lines that went off the top.
  private(set) var scrolled: [String] = []
  private var pending: [UInt8] = []
  /// All bytes.
  private(set) var transcript = ""

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: "", count: columns), count: rows)
  }

  /// The lines, without blanks at their ends.
  var lines: [String] {
    scrolled + cells.map(TerminalScreen.text)
  }

  var text: String { lines.joined(separator: "\n") }
  /// The line of the cursor.
  var line: String { TerminalScreen.text(cells[row]) }
  var cursor: Int { column }

  private static func text(_ cells: [String]) -> String {
    var line = cells.map { $0.isEmpty ? " " : $0 == "\0" ? "" : $0 }.joined()
    while line.last == " " { line.removeLast() }
    return line
  }

  mutating func feed(_ bytes: [UInt8]) {
    transcript += String(decoding: bytes, as: UTF8.self)
    pending += bytes
    while let length = unit() {
      let unit = Array(pending[..<length])
      pending.removeFirst(length)
      show(unit)
    }
  }

  /// The length of the next sequence or character; nil if it is not there as a whole.
  private func unit() -> Int? {
    guard let first = pending.first else { return nil }
    if first == 0x1B {
      guard pending.count > 1 else { return nil }
      guard pending[1] == UInt8(ascii: "[") else { return 2 }
      guard let end = pending.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
        return nil
      }
      return end + 1
    }
    let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    return pending.count >= length ? length : nil
  }

  private mutating func show(_ unit: [UInt8]) {
    switch unit[0] {
    case 0x0D: column = 0
    case 0x0A: lineFeed()
    case 0x08: column = max(0, column - 1)
    case 0x1B: if unit.count > 2 { obey(unit) }
    case 0x00..<0x20: break
    default: put(String(decoding: unit, as: UTF8.self))
    }
  }

  private mutating func lineFeed() {
    if row + 1 < rows {
      row += 1
      return
    }
    scrolled.append(TerminalScreen.text(cells.removeFirst()))
    cells.append(Array(repeating: "", count: columns))
  }

  private mutating func put(_ text: String) {
    let width = text.reduce(0) { $0 + DisplayText.width(of: $1) }
    if width == 0 {
      if column > 0 { cells[row][column - 1] += text }
      return
    }
    if column + width > columns {
      column = 0
      lineFeed()
    }
    cells[row][column] = text
    if width > 1 { cells[row][column + 1] = "\0" }
    column += width
  }

  private mutating func obey(_ sequence: [UInt8]) {
    let number = Int(String(decoding: sequence[2..<sequence.count - 1], as: UTF8.self)) ?? 0
    switch sequence[sequence.count - 1] {
    case UInt8(ascii: "A"): row = max(0, row - max(1, number))
    case UInt8(ascii: "B"): row = min(rows - 1, row + max(1, number))
    case UInt8(ascii: "C"): column = min(columns - 1, column + max(1, number))
    case UInt8(ascii: "D"): column = max(0, column - max(1, number))
    case UInt8(ascii: "H"): (row, column) = (0, 0)
    case UInt8(ascii: "K"): clear(row, from: column)
    case UInt8(ascii: "J"):
      if number == 2 { for row in 0..<rows { clear(row, from: 0) } }
      clear(row, from: column)
      for below in row + 1..<max(row + 1, rows) { clear(below, from: 0) }
    default: break
    }
  }

  private mutating func clear(_ row: Int, from column: Int) {
    for place in column..<columns { cells[row][place] = "" }
  }
}
