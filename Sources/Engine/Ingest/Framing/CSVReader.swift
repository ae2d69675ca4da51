/// Reads comma-separated values (RFC 4180): quoted cells may hold commas, line breaks and doubled quotes. Other
/// separators, and texts without quotes, are read the same way.
///
/// ```
///   var reader = CSVReader(bytes)
///   reader.nextRow()      // true
///   reader.cell(0)        // the bytes of the first cell, valid until the next row
/// ```
package struct CSVReader {
  private struct Cell {
    var isScratch: Bool
    var start: Int
    var count: Int
  }

  private let base: UnsafePointer<UInt8>
  private let end: Int
  let separator: UInt8
  private let hasQuotes: Bool
  private var position = 0
  private var cells: [Cell] = []
  /// Cells whose quotes had to be resolved.
  private let scratch = PaddedBuffer(capacity: 256)
  /// Where the current row begins.
  package private(set) var rowStart = 0
  /// The last row ended inside quotes.
  package private(set) var isCutOff = false
  /// Text stands behind the closing quote of a cell of the current row.
  package private(set) var hasTextBehindQuotes = false

  /// The bytes must be followed by padding and outlive the reader.
  init(
    padded bytes: UnsafeBufferPointer<UInt8>, separator: UInt8 = UInt8(ascii: ","), hasQuotes: Bool = true,
    from start: Int = 0
  ) {
    position = start
    self.separator = separator
    self.hasQuotes = hasQuotes
    base = bytes.baseAddress ?? UnsafePointer(scratch.base)
    end = bytes.count
  }

  /// The cells of a text's rows; empty lines are passed over.
  package static func records(
    of text: String, separator: UInt8 = UInt8(ascii: ","), hasQuotes: Bool = true
  ) -> [[String]] {
    let buffer = PaddedBuffer(Array(text.utf8))
    return withExtendedLifetime(buffer) {
      var reader = CSVReader(
        padded: UnsafeBufferPointer(start: buffer.base, count: buffer.count), separator: separator,
        hasQuotes: hasQuotes)
      var records: [[String]] = []
      while reader.nextRow() { records.append((0..<reader.cellCount).map { reader.text($0) }) }
      return records
    }
  }

  package var cellCount: Int { cells.count }
  /// Where the current row ends, without its line break.
  var textEnd: Int {
    var end = position
    while end > rowStart, base[end - 1] == 0x0A || base[end - 1] == 0x0D { end -= 1 }
    return end
  }

  package func cell(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let cell = cells[index]
    let start = cell.isScratch ? UnsafePointer(scratch.base) : base
    return UnsafeBufferPointer(start: start + cell.start, count: cell.count)
  }

  /// Why the current row is none of a table with so many columns; nil if it is one.
  func problem(columns: Int) -> String? {
    if isCutOff { return "a quoted cell is not closed" }
    if hasTextBehindQuotes { return "text stands behind the quotes of a cell" }
    return cellCount == columns ? nil : "the row has \(cellCount) cells, the header \(columns)"
  }

  /// The row has nothing but blanks, tabs between cells among them.
  var isBlankRow: Bool {
    !isCutOff
      && UnsafeBufferPointer(start: base + rowStart, count: textEnd - rowStart).allSatisfy(JSONBytes.isBlank)
  }

  /// Whether the cells of the row are these, as where files with a header stand one behind the other.
  func repeats(_ header: [String]) -> Bool {
    cellCount == header.count && header.indices.allSatisfy { cell($0).elementsEqual(header[$0].utf8) }
  }

  package func text(_ index: Int) -> String { String(decoding: cell(index), as: UTF8.self) }

  /// Reads the next row that is not empty; false at the end.
  package mutating func nextRow() -> Bool {
    cells.removeAll(keepingCapacity: true)
    scratch.count = 0
    hasTextBehindQuotes = false
    while position < end, base[position] == 0x0A || base[position] == 0x0D { position += 1 }
    rowStart = position
    guard position < end else { return false }
    while true {
      if hasQuotes, base[position] == 0x22 { quotedCell() } else { plainCell() }
      guard position < end else { return true }
      switch base[position] {
      case separator:
        position += 1
        if position >= end {
          cells.append(Cell(isScratch: false, start: end, count: 0))
          return true
        }
      case 0x0D where position + 1 < end && base[position + 1] == 0x0A:
        position += 2
        return true
      default:
        position += 1
        return true
      }
    }
  }

  // MARK: -

  private mutating func plainCell() {
    let start = position
    while position < end {
      let byte = base[position]
      if byte == separator || byte == 0x0A || byte == 0x0D { break }
      position += 1
    }
    cells.append(Cell(isScratch: false, start: start, count: position - start))
  }

  private mutating func quotedCell() {
    position += 1
    let start = position
    var scratchStart: Int?
    var runStart = position
    while position < end {
      guard base[position] == 0x22 else {
        position += 1
        continue
      }
      if position + 1 < end, base[position + 1] == 0x22 {
        if scratchStart == nil { scratchStart = scratch.count }
        scratch.append(base + runStart, count: position + 1 - runStart)
        position += 2
        runStart = position
        continue
      }
      break
    }
    if position >= end { isCutOff = true }
    if let scratchStart {
      scratch.append(base + runStart, count: position - runStart)
      cells.append(Cell(isScratch: true, start: scratchStart, count: scratch.count - scratchStart))
    } else {
      cells.append(Cell(isScratch: false, start: start, count: position - start))
    }
    if position < end { position += 1 }
    // Text between the closing quote and the separator is not allowed.
    while position < end, ![separator, 0x0A, 0x0D].contains(base[position]) {
      if base[position] != 0x20 { hasTextBehindQuotes = true }
      position += 1
    }
  }
}
