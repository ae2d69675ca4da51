/// Where a table begins, and what separates its cells.
///
/// ```
///   # Execution Time: …        notes that some engines write before the header
///   sep=;                      what spreadsheets go by
///   name;age                   the header
/// ```
extension CSVReader {
  /// A reader that stands at the header of a table; nil if there is none.
  static func atHeader(of bytes: UnsafeBufferPointer<UInt8>) -> CSVReader? {
    var start = 0
    var named: UInt8?
    while start < bytes.count {
      let line = bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }
      if line.count == 5, line.starts(with: "sep=".utf8) {
        named = line.last
      } else if !line.allSatisfy(JSONBytes.isBlank), !isNote(line) {
        var reader = CSVReader(padded: bytes, separator: named ?? separator(of: line), from: start)
        return reader.nextRow() ? reader : nil
      }
      start = line.endIndex + 1
    }
    return nil
  }

  private static func isNote(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    line.starts(with: "# ".utf8) && !line.contains { $0 == 0x2C || $0 == 0x09 }
  }

  /// A comma or a tab, whichever comes first; where there is neither, what else is used.
  private static func separator(of line: Slice<UnsafeBufferPointer<UInt8>>) -> UInt8 {
    var isQuoted = false
    var other: UInt8?
    for byte in line {
      switch byte {
      case 0x22: isQuoted.toggle()
      case 0x2C, 0x09: if !isQuoted { return byte }
      case 0x3B, 0x7C: if !isQuoted, other == nil { other = byte }
      default: break
      }
    }
    return other ?? 0x2C
  }
}
