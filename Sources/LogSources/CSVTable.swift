package import Engine

/// A small CSV text as a table: watchlists, lookups, `externaldata`.
///
/// A header cell may carry a type (`count:long`), else the column is text. A header alone is an empty table.
package enum CSVTable {
  package static func parse(_ text: String) -> Table? {
    let records = records(of: text)
    guard let header = records.first, !header.isEmpty else { return nil }
    let fields = header.map { cell -> Field in
      let parts = cell.split(separator: ":", maxSplits: 1).map(String.init)
      if parts.count == 2, let type = DataType(rawValue: parts[1]) { return Field(parts[0], type) }
      return Field(cell, .string)
    }
    return Table(fields: fields, rows: rows(records.dropFirst(), as: fields))
  }

  /// The rows of a text without a header, as a declared schema.
  package static func parse(_ text: String, fields: [Field], skipsFirst: Bool) -> Table {
    Table(fields: fields, rows: rows(records(of: text).dropFirst(skipsFirst ? 1 : 0), as: fields))
  }

  private static func rows(_ records: ArraySlice<[String]>, as fields: [Field]) -> [[Value]] {
    records.map { record in
      fields.enumerated().map { index, field in
        let cell = index < record.count ? record[index] : ""
        switch field.type {
        case .string: return .string(cell)
        case .dynamic:
          return JSONValue(parsing: cell).map { .dynamic($0) }
            ?? (cell.isEmpty ? .null : .dynamic(.string(cell)))
        case .bool, .int, .long, .real, .decimal, .datetime, .timespan, .guid:
          return cell.isEmpty ? .null : ValueConversion.convert(.string(cell), to: field.type)
        }
      }
    }
  }

  /// Cells by RFC 4180; blank lines are passed over.
  package static func records(of text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var wasQuoted = false
    let bytes = Array(text.utf8)
    var offset = 0
    func endCell() {
      record.append(String(decoding: cell, as: UTF8.self))
      cell = []
      wasQuoted = false
    }
    func endRecord() {
      if record.isEmpty, cell.isEmpty, !wasQuoted { return }
      endCell()
      records.append(record)
      record = []
    }
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") {
            cell.append(byte)
            offset += 1
          } else {
            isQuoted = false
          }
        } else {
          cell.append(byte)
        }
      } else if byte == UInt8(ascii: "\""), cell.isEmpty {
        isQuoted = true
        wasQuoted = true
      } else if byte == UInt8(ascii: ",") {
        endCell()
      } else if byte == UInt8(ascii: "\n") {
        endRecord()
      } else if byte != UInt8(ascii: "\r") {
        cell.append(byte)
      }
    }
    endRecord()
    return records
  }
}
