/// The plain text of a cell, for every format but JSON. Null is empty.
///
/// Example: the real `2.0` is `2.0` in KQL and `2` in SPL; the dynamic `["a","b"]` is its JSON in KQL and `a, b`
/// in an SPL table.
package struct CellText: Sendable {
  var dialect: Dialect
  /// Stands between the values of a multivalue field.
  var listSeparator: String
  /// `2024-01-01T00:00:00Z` instead of `2024-01-01T00:00:00.0000000Z`.
  var dropsTrailingZeros: Bool
  /// A list that is a sparkline is drawn.
  var drawsSparklines = false

  /// As people read it.
  package static func readable(_ dialect: Dialect) -> CellText {
    CellText(dialect: dialect, listSeparator: ", ", dropsTrailingZeros: true, drawsSparklines: true)
  }

  package func text(_ value: Value) -> String {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func append(_ column: Column, _ row: Int, to bytes: inout [UInt8]) {
    switch column {
    case .string(let strings) where strings.type == .string:
      if let validity = strings.validity, !validity[row] { return }
      bytes.append(contentsOf: strings.dictionary[strings.codes[row]])
    case .constant, .bool, .int64, .real, .string, .values: append(column.value(at: row), to: &bytes)
    }
  }

  func append(_ value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .null: break
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .long(let value): bytes.append(contentsOf: String(value).utf8)
    case .real(let value):
      bytes.append(contentsOf: Value.text(of: value, in: dialect).utf8)
    case .decimal, .guid, .timespan: bytes.append(contentsOf: value.kqlText.utf8)
    case .datetime(let ticks): append(datetime: ticks, to: &bytes)
    case .string(let value): bytes.append(contentsOf: value.utf8)
    case .dynamic(let value): append(value, to: &bytes)
    }
  }

  private func append(datetime ticks: Int64, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: Ticks.datetimeText(ticks).utf8)
    guard dropsTrailingZeros, bytes.count > start + 8 else { return }
    bytes.removeLast()
    while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
    if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
    bytes.append(UInt8(ascii: "Z"))
  }

  private func append(_ value: JSONValue, to bytes: inout [UInt8]) {
    if drawsSparklines, let values = SparklineText.values(of: value) {
      bytes.append(contentsOf: SparklineText.text(values).utf8)
      return
    }
    switch dialect.lists {
    case .array: break
    case .multivalue:
      if case .array(let elements) = value {
        for (index, element) in elements.enumerated() {
          if index > 0 { bytes.append(contentsOf: listSeparator.utf8) }
          bytes.append(contentsOf: text(element).utf8)
        }
        return
      }
    }
    bytes.append(contentsOf: text(value).utf8)
  }

  private func text(_ value: JSONValue) -> String {
    if case .real(let number) = value { return Value.text(of: number, in: dialect) }
    return value.scalarText
  }
}
