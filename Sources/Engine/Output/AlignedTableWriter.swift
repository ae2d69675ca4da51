import Diagnostics

/// Writes a table for people: aligned columns, numbers at the right, one line a row, the row count below.
///
/// ```
/// EventName      n
/// ------------  --
/// ConsoleLogin  12
///
/// 1 row
/// ```
/// In a given width, long texts are cut and the foot says so; a table with too many columns for that is written
/// as one block of `name  value` lines for each row.
struct AlignedTableWriter {
  private let table: Table
  private let text: CellText
  private let width: Int?
  private let formatOfWholeCells: String
  private let isNumber: [Bool]

  init(table: Table, dialect: Dialect, width: Int?, formatOfWholeCells: String) {
    self.table = table
    self.width = width
    self.formatOfWholeCells = formatOfWholeCells
    text = .readable(dialect)
    isNumber = table.fields.map(\.type.isNumeric)
  }

  func write(_ write: ([UInt8]) -> Void) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(OutputBlocks.size + 4096)
    let natural = naturalWidths()
    var wasCut = false
    if let width {
      let canCut = table.fields.map { $0.type == .string || $0.type == .dynamic }
      if let widths = ColumnWidths.fitting(natural: natural, canCut: canCut, into: width) {
        wasCut = writeRows(widths: widths, &bytes, to: write)
      } else {
        wasCut = writeRecords(width: width, &bytes, to: write)
      }
    } else {
      wasCut = writeRows(widths: natural, &bytes, to: write)
    }
    if !table.fields.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    bytes.append(contentsOf: (table.rowCount == 1 ? "1 row\n" : "\(table.rowCount) rows\n").utf8)
    if wasCut, let width {
      let advice = "(cells cut to fit \(width) columns; \(formatOfWholeCells) shows them whole)\n"
      bytes.append(contentsOf: advice.utf8)
    }
    OutputBlocks.finish(&bytes, to: write)
  }

  private func naturalWidths() -> [Int] {
    var cell = DisplayCell()
    return table.fields.indices.map { index in
      cell.set(table.fields[index].name)
      var widest = cell.width
      let column = table.columns[index]
      for row in 0..<table.rowCount {
        cell.set { text.append(column, row, to: &$0) }
        widest = max(widest, cell.width)
      }
      return widest
    }
  }

  private func writeRows(widths: [Int], _ bytes: inout [UInt8], to write: ([UInt8]) -> Void) -> Bool {
    if table.fields.isEmpty { return false }
    var cell = DisplayCell()
    var wasCut = false
    var line = AlignedLine()
    for (index, field) in table.fields.enumerated() {
      cell.set(field.name)
      if cell.cut(to: widths[index]) { wasCut = true }
      line.append(cell, width: widths[index], atRight: isNumber[index], to: &bytes)
    }
    line.end(&bytes)
    for width in widths {
      cell.set { $0.append(contentsOf: repeatElement(UInt8(ascii: "-"), count: width)) }
      line.append(cell, width: width, atRight: false, to: &bytes)
    }
    line.end(&bytes)
    for row in 0..<table.rowCount {
      for (index, column) in table.columns.enumerated() {
        cell.set { text.append(column, row, to: &$0) }
        if cell.cut(to: widths[index]) { wasCut = true }
        line.append(cell, width: widths[index], atRight: isNumber[index], to: &bytes)
      }
      line.end(&bytes)
      OutputBlocks.passOn(&bytes, to: write)
    }
    return wasCut
  }

  private func writeRecords(width: Int, _ bytes: inout [UInt8], to write: ([UInt8]) -> Void) -> Bool {
    var name = DisplayCell()
    var cell = DisplayCell()
    var line = AlignedLine()
    var wasCut = false
    let nameLimit = max(1, min(width / 2, table.fields.map { DisplayText.width(of: $0.name) }.max() ?? 1))
    let valueLimit = max(1, width - nameLimit - 2 * ColumnWidths.gap)
    for row in 0..<table.rowCount {
      bytes.append(contentsOf: (row > 0 ? "\nrow \(row + 1)\n" : "row 1\n").utf8)
      for (index, column) in table.columns.enumerated() {
        cell.set { text.append(column, row, to: &$0) }
        if !isNumber[index], cell.cut(to: valueLimit) { wasCut = true }
        name.set(table.fields[index].name)
        if name.cut(to: nameLimit) { wasCut = true }
        bytes.append(contentsOf: "  ".utf8)
        line.append(name, width: nameLimit, atRight: false, to: &bytes)
        line.append(cell, width: cell.width, atRight: false, to: &bytes)
        line.end(&bytes)
      }
      OutputBlocks.passOn(&bytes, to: write)
    }
    return wasCut
  }
}

/// One line of aligned cells; blanks are written only once something follows them.
private struct AlignedLine {
  private var pending = 0
  private var isFirst = true

  mutating func append(_ cell: DisplayCell, width: Int, atRight: Bool, to bytes: inout [UInt8]) {
    if !isFirst { pending += ColumnWidths.gap }
    isFirst = false
    let padding = max(0, width - cell.width)
    if cell.bytes.isEmpty {
      pending += padding
      return
    }
    if atRight { pending += padding }
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: pending))
    bytes.append(contentsOf: cell.bytes)
    pending = atRight ? 0 : padding
  }

  mutating func end(_ bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\n"))
    pending = 0
    isFirst = true
  }
}
