import Engine

/// The columns that `_GetWatchlist` gives beside those of the file: `_DTItemId`, `LastUpdatedTimeUTC`, `SearchKey`.
///
///     Account,Owner        _DTItemId,LastUpdatedTimeUTC,SearchKey,Account,Owner
///     1111,ana             1,,1111,1111,ana
enum WatchlistColumns {
  /// The key is the column that the file itself calls so, else its first.
  static let key = "SearchKey"
  private static let number = "_DTItemId"
  private static let updated = "LastUpdatedTimeUTC"

  static let empty = Table(
    fields: [Field(number, .string), Field(updated, .datetime), Field(key, .string)], rows: [])

  static func completed(_ table: Table) -> Table {
    let given = table.fields.map(\.name)
    let standard = empty.fields.filter { !given.contains($0.name) }
    let rows = (0..<table.rowCount).map { row in
      standard.map { field -> Value in
        switch field.name {
        case number: .string(String(row + 1))
        case key: .string(table.fields.isEmpty ? "" : table.value(row: row, column: 0).kqlText)
        // A file does not tell when the list was changed.
        default: .null
        }
      }
    }
    let made = Table(fields: standard, rows: rows)
    return Table(
      fields: made.fields + table.fields, columns: made.columns + table.columns, rowCount: table.rowCount)
  }
}
