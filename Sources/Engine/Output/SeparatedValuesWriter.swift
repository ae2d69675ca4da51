/// Writes csv and tsv: a header, then a line for each row.
///
/// With `isSafe`, a text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets a `'` in front:
/// spreadsheets would run it as a formula. Numbers stay as they are.
struct SeparatedValuesWriter {
  enum Form {
    case csv, tsv
  }

  var table: Table
  var dialect: Dialect
  var form: Form
  var isSafe: Bool

  func write(_ write: ([UInt8]) -> Void) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(OutputBlocks.size + 4096)
    let separator = form == .csv ? UInt8(ascii: ",") : UInt8(ascii: "\t")
    let text = CellText(dialect: dialect, listSeparator: "\n", dropsTrailingZeros: false)
    for (index, field) in table.fields.enumerated() {
      if index > 0 { bytes.append(separator) }
      append(Array(field.name.utf8), isText: true, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
    let isText = table.fields.map { $0.type == .string || $0.type == .dynamic }
    var cell: [UInt8] = []
    for row in 0..<table.rowCount {
      for (index, column) in table.columns.enumerated() {
        if index > 0 { bytes.append(separator) }
        cell.removeAll(keepingCapacity: true)
        text.append(column, row, to: &cell)
        append(cell, isText: isText[index], to: &bytes)
      }
      bytes.append(UInt8(ascii: "\n"))
      OutputBlocks.passOn(&bytes, to: write)
    }
    OutputBlocks.finish(&bytes, to: write)
  }

  private func append(_ cell: [UInt8], isText: Bool, to bytes: inout [UInt8]) {
    let defuses = isSafe && isText && cell.first.map(SeparatedValuesWriter.startsFormula) ?? false
    switch form {
    case .csv:
      CSVCell.append(
        cell, isAlone: table.fields.count == 1, mark: defuses ? UInt8(ascii: "'") : nil, to: &bytes)
    case .tsv:
      if defuses { bytes.append(UInt8(ascii: "'")) }
      for byte in cell {
        switch byte {
        case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
        case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
        case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
        case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
        default: bytes.append(byte)
        }
      }
    }
  }

  private static func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
      UInt8(ascii: "\r"):
      true
    default: false
    }
  }
}
