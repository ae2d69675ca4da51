/// A named, typed column of a table.
package struct Field: Hashable, Sendable {
  package var name: String
  package var type: DataType

  package init(_ name: String, _ type: DataType) {
    self.name = name
    self.type = type
  }
}

/// A table in memory: fields and as many columns, all of one length.
package struct Table: Sendable {
  package let fields: [Field]
  package let columns: [Column]
  package let rowCount: Int

  /// - Precondition: one column for each field, all with `rowCount` rows.
  package init(fields: [Field], columns: [Column], rowCount: Int) {
    precondition(fields.count == columns.count, "one column for each field")
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns of one length")
    self.fields = fields
    self.columns = columns
    self.rowCount = rowCount
  }

  /// A table from rows of values.
  package init(fields: [Field], rows: [[Value]]) {
    let columns = fields.indices.map { index in
      Column.of(fields[index].type, rows.map { index < $0.count ? $0[index] : .null })
    }
    self.init(fields: fields, columns: columns, rowCount: rows.count)
  }

  package func value(row: Int, column: Int) -> Value { columns[column].value(at: row) }

  package func row(_ row: Int) -> [Value] { columns.map { $0.value(at: row) } }

  package func gather(_ rows: Vector<UInt32>) -> Table {
    Table(fields: fields, columns: columns.map { $0.gather(rows) }, rowCount: rows.count)
  }

  package func slice(_ range: Range<Int>) -> Table {
    Table(fields: fields, columns: columns.map { $0.slice(range) }, rowCount: range.count)
  }

  /// The rows of tables with the same fields, one after the other.
  package static func concatenating(_ tables: [Table], fields: [Field]) -> Table {
    let columns = fields.indices.map { index in
      Column.concatenating(tables.map { $0.columns[index] }, type: fields[index].type)
    }
    return Table(fields: fields, columns: columns, rowCount: tables.reduce(0) { $0 + $1.rowCount })
  }
}
