package import Engine

/// A small CSV text as a table: watchlists, lookups, `externaldata`.
///
/// A header cell may carry a type (`count:long`), else the column is text. A header alone is an empty table.
package enum CSVTable {
  package static func parse(_ text: String) -> Table? {
    let records = CSVReader.records(of: text)
    guard let header = records.first, !header.isEmpty else { return nil }
    let fields = header.map { cell in
      let header = CSVHeader(cell)
      return Field(header.name, header.type ?? .string)
    }
    return Table(fields: fields, rows: rows(records.dropFirst(), as: fields))
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
}
