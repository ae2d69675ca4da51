import Engine

/// Rows of lookup tables as `lookup` needs them.
enum LookupRows {
  /// A table whose missing cells are null and whose columns are text.
  static func asText(_ table: Table) -> Table {
    Table(
      fields: table.fields.map { Field($0.name, $0.type == .dynamic ? .dynamic : .string) },
      rows: (0..<table.rowCount).map { row in
        table.row(row).map { value in
          if case .dynamic = value { return value }
          return value.isNull || value == .string("") ? .null : .string(value.splText)
        }
      })
  }

  /// One row for each combination of keys, with the values of its first rows.
  static func grouped(
    _ table: Table, by keyNames: [String], outputs: [(source: String, target: String)], upTo limit: Int
  ) -> Table {
    func position(_ name: String) -> Int? { table.fields.firstIndex { $0.name == name } }
    let keys = keyNames.map(position)
    let sources = outputs.map { position($0.source) }
    var order: [[String]] = []
    var rows: [[String]: [Int]] = [:]
    for row in 0..<table.rowCount {
      let key = keys.map { $0.map { table.value(row: row, column: $0).splText } ?? "" }
      if rows[key] == nil { order.append(key) }
      if rows[key, default: []].count < limit { rows[key, default: []].append(row) }
    }
    let isMultiple =
      rows.values.contains { $0.count > 1 }
      || sources.contains { $0.map { table.fields[$0].type == .dynamic } ?? false }
    let type: DataType = isMultiple ? .dynamic : .string
    let fields = keyNames.map { Field($0, .string) } + outputs.map { Field($0.target, type) }
    return Table(
      fields: fields,
      rows: order.map { key in
        let values = sources.map { source -> Value in
          guard let source else { return .null }
          let texts = (rows[key] ?? []).flatMap { SPLValues.texts(of: table.value(row: $0, column: source)) }
            .filter { !$0.isEmpty }
          if type == .string { return texts.first.map { .string($0) } ?? .null }
          return SPLValues.value(of: texts.map { .string($0) })
        }
        return key.map { $0.isEmpty ? .null : .string($0) } + values
      })
  }
}
