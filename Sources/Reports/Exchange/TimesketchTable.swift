package import Engine
package import Rules

/// Rows for Timesketch: `message`, `datetime` and `timestamp_desc`, then what else there is.
///
/// ```
/// message,datetime,timestamp_desc,rule,severity,…
/// High-volume email sending: Account arn:…,2026-03-02T14:00:00.0000000Z,Alert,…
/// ```
package enum TimesketchTable {
  /// Of a value within a message; the columns have all of it.
  private static let longestValue = 200

  private static let head = [
    Field("message", .string), Field("datetime", .datetime), Field("timestamp_desc", .string),
  ]

  /// - Returns: the rows with a time, and how many have none: a timeline has no place for them.
  package static func table(of alerts: [Alert]) -> (table: Table, left: Int) {
    let fields =
      head + [
        Field("rule", .string), Field("severity", .string), Field("technique", .string),
        Field("entities", .string),
        Field("file", .string), Field("row", .dynamic),
      ]
    let rows = alerts.compactMap { alert -> [Value]? in
      guard let time = alert.time else { return nil }
      let entities = alert.entityText
      return [
        .string(entities.isEmpty ? alert.title : "\(alert.title): \(entities)"), .datetime(time),
        .string("Alert"),
        .string(alert.rule.title), .string(alert.severity ?? ""),
        .string(alert.rule.techniques.joined(separator: " ")), .string(entities), .string(alert.path),
        .dynamic(.object(alert.row)),
      ]
    }
    return (Table(fields: fields, rows: rows), alerts.count - rows.count)
  }

  /// Rows of a query; the time is the first column of times. Nil if there is none.
  package static func table(of table: Table, _ dialect: Dialect) -> (table: Table, left: Int)? {
    guard let time = table.fields.firstIndex(where: { $0.type == .datetime }) else { return nil }
    let names: Set<String> = ["message", "datetime", "timestamp_desc"]
    // A column of one of the three names keeps its values under another.
    let others = table.fields.indices.filter { $0 != time }
    let fields =
      head
      + others.map { index in
        let field = table.fields[index]
        return names.contains(field.name) ? Field("\(field.name)_", field.type) : field
      }
    let cellText = CellText.readable(dialect)
    let rows = (0..<table.rowCount).compactMap { row -> [Value]? in
      let moment = table.value(row: row, column: time)
      if moment.isNull { return nil }
      let cells = others.map { table.value(row: row, column: $0) }
      let message = zip(others, cells).prefix(8).compactMap { index, cell -> String? in
        let text = cellText.text(cell)
        return text.isEmpty
          ? nil
          : "\(table.fields[index].name): \(text.count > longestValue ? text.prefix(longestValue) + "…" : text)"
      }
      return [
        .string(message.isEmpty ? table.fields[time].name : message.joined(separator: ", ")), moment,
        .string(table.fields[time].name),
      ] + cells
    }
    return (Table(fields: fields, rows: rows), table.rowCount - rows.count)
  }
}
