/// Writes a table for a page or a ticket. Markup inside cells is escaped, so that a log cannot smuggle a link or
/// an image into it.
struct MarkdownWriter {
  var table: Table
  var dialect: Dialect

  func write(_ write: ([UInt8]) -> Void) {
    if table.fields.isEmpty { return }
    var bytes: [UInt8] = []
    var cell = DisplayCell()
    let text = CellText.readable(dialect)
    for field in table.fields {
      cell.set(field.name)
      append(cell, to: &bytes)
    }
    bytes.append(contentsOf: "|\n".utf8)
    for field in table.fields { bytes.append(contentsOf: (field.type.isNumeric ? "| ---: " : "| --- ").utf8) }
    bytes.append(contentsOf: "|\n".utf8)
    for row in 0..<table.rowCount {
      for column in table.columns {
        cell.set { text.append(column, row, to: &$0) }
        append(cell, to: &bytes)
      }
      bytes.append(contentsOf: "|\n".utf8)
      OutputBlocks.passOn(&bytes, to: write)
    }
    OutputBlocks.finish(&bytes, to: write)
  }

  private static func follows(_ text: StaticString, _ place: Int, _ bytes: some Collection<UInt8>) -> Bool {
    let rest = bytes.dropFirst(place + 1).prefix(text.utf8CodeUnitCount)
    return text.withUTF8Buffer { expected in
      rest.count == expected.count && zip(rest, expected).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
  }

  private func append(_ cell: DisplayCell, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "| ".utf8)
    for (place, byte) in cell.bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "`"),
        UInt8(ascii: "*"), UInt8(ascii: "~"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      // A comment keeps pages from making a link of a bare address, or from calling a name.
      case UInt8(ascii: "@"): bytes.append(contentsOf: "@<!-- -->".utf8)
      case UInt8(ascii: ":") where MarkdownWriter.follows("//", place, cell.bytes):
        bytes.append(contentsOf: ":<!-- -->".utf8)
      case UInt8(ascii: "w"), UInt8(ascii: "W"):
        bytes.append(byte)
        if MarkdownWriter.follows("ww.", place, cell.bytes) { bytes.append(contentsOf: "<!-- -->".utf8) }
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: " "))
  }
}
