/// Tables are equal where their cells are, whatever their layout.
extension Table: Equatable {
  package static func == (left: Table, right: Table) -> Bool {
    guard left.fields == right.fields, left.rowCount == right.rowCount else { return false }
    return zip(left.columns, right.columns).allSatisfy { column, other in
      (0..<left.rowCount).allSatisfy { row in
        let (value, second) = (column.value(at: row), other.value(at: row))
        return value.isSame(as: second) || (value.isNull && second.isNull)
      }
    }
  }
}
