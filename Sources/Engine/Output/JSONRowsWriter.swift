/// Writes the rows of a table as JSON.
///
/// ```
/// .array   [
///          {"n":1},
///          {"n":null}
///          ]
/// .lines   {"n":1}
///          {"n":null}
/// .typed   {"columns":[{"name":"n","type":"long"}],"rows":[[1],[null]]}
/// ```
struct JSONRowsWriter {
  enum Layout {
    case array, lines, typed
  }

  var table: Table
  var dialect: Dialect
  var layout: Layout

  func write(_ write: ([UInt8]) -> Void) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(OutputBlocks.size + 4096)
    let cell = JSONCell(dialect: dialect)
    let keys = table.fields.enumerated().map { index, field in
      var key: [UInt8] = index > 0 ? [UInt8(ascii: ",")] : []
      if layout == .typed { return key }
      JSONCell.appendQuoted(field.name, to: &key)
      key.append(UInt8(ascii: ":"))
      return key
    }
    let isTyped = layout == .typed
    appendHead(to: &bytes)
    for row in 0..<table.rowCount {
      if row > 0 { bytes.append(contentsOf: separator.utf8) }
      bytes.append(isTyped ? UInt8(ascii: "[") : UInt8(ascii: "{"))
      for (index, column) in table.columns.enumerated() {
        bytes.append(contentsOf: keys[index])
        cell.append(column, row, to: &bytes)
      }
      bytes.append(isTyped ? UInt8(ascii: "]") : UInt8(ascii: "}"))
      OutputBlocks.passOn(&bytes, to: write)
    }
    appendFoot(to: &bytes)
    OutputBlocks.finish(&bytes, to: write)
  }

  private var separator: String {
    switch layout {
    case .array: ",\n"
    case .lines: "\n"
    case .typed: ","
    }
  }

  private func appendHead(to bytes: inout [UInt8]) {
    switch layout {
    case .array: bytes.append(contentsOf: (table.rowCount == 0 ? "[" : "[\n").utf8)
    case .lines: break
    case .typed:
      bytes.append(contentsOf: "{\"columns\":[".utf8)
      for (index, field) in table.fields.enumerated() {
        bytes.append(contentsOf: (index > 0 ? ",{\"name\":" : "{\"name\":").utf8)
        JSONCell.appendQuoted(field.name, to: &bytes)
        bytes.append(contentsOf: ",\"type\":\"\(field.type.rawValue)\"}".utf8)
      }
      bytes.append(contentsOf: "],\"rows\":[".utf8)
    }
  }

  private func appendFoot(to bytes: inout [UInt8]) {
    switch layout {
    case .array: bytes.append(contentsOf: (table.rowCount == 0 ? "]\n" : "\n]\n").utf8)
    case .lines: if table.rowCount > 0 { bytes.append(UInt8(ascii: "\n")) }
    case .typed: bytes.append(contentsOf: "]}\n".utf8)
    }
  }
}
