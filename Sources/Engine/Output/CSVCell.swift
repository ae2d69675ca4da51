/// A cell of CSV, by RFC 4180.
package enum CSVCell {
  package static func text(_ cell: String) -> String {
    var bytes: [UInt8] = []
    append(Array(cell.utf8), to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// - Parameter isAlone: it is all of its line, which readers would skip if it were empty.
  ///   - mark: what stands before it within its quotes.
  static func append(_ cell: [UInt8], isAlone: Bool = false, mark: UInt8? = nil, to bytes: inout [UInt8]) {
    let isQuoted = cell.contains(where: needsQuotes) || cell.isEmpty && isAlone
    if isQuoted { bytes.append(UInt8(ascii: "\"")) }
    if let mark { bytes.append(mark) }
    if isQuoted {
      for byte in cell {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    } else {
      bytes.append(contentsOf: cell)
    }
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
  }
}
