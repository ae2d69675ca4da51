/// Rows value by value, those of a type by their fields' types.
extension Table: PlanCodable {
  package static let form = PlanForm<Table>.by({ Rows(of: $0) }, "table") { $0.table }

  private struct Rows: PlanCodable {
    var fields: [Field]
    var rows: [[Value]]
    /// Rows may have no columns.
    var count: PlanCount

    init(fields: [Field], rows: [[Value]], count: PlanCount) {
      self.fields = fields
      self.rows = rows
      self.count = count
    }

    init(of table: Table) {
      fields = table.fields
      count = PlanCount(value: table.rowCount)
      rows = table.columns.isEmpty ? [] : (0..<table.rowCount).map(table.row)
    }

    /// Nil for rows of another length.
    var table: Table? {
      if fields.isEmpty { return rows.isEmpty ? Table(fields: [], columns: [], rowCount: count.value) : nil }
      guard rows.count == count.value, rows.allSatisfy({ $0.count == fields.count }) else { return nil }
      return Table(fields: fields, rows: rows)
    }

    static let form = PlanForm<Rows>.record(
      Rows.init(fields:rows:count:), Member("fields", \.fields), Member("rows", \.rows),
      Member("count", \.count))
  }
}

extension Field: PlanCodable {
  package static let form = PlanForm<Field>.record(
    { Field($0, $1) }, Member("name", \.name), Member("type", \.type))
}
