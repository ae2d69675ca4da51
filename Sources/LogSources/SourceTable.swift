package import Engine

/// A kind of log as a table: its columns, and how its records are recognised.
package struct SourceTable: Hashable, Sendable {
  package var name: String
  package var columns: [SourceColumn]
  /// The column with the time of an event.
  package var timeColumn: String
  /// A record belongs to the table if all tests of one of these hold.
  package var shapes: [[LogSource.ShapeTest]]
  package var documentation: String
  /// The table has more columns than are listed here.
  package var isSubset: Bool

  package init(
    _ name: String, columns: [SourceColumn], timeColumn: String = "TimeGenerated",
    shapes: [[LogSource.ShapeTest]] = [], isSubset: Bool = false, _ documentation: String
  ) {
    self.name = name
    self.columns = columns
    self.timeColumn = timeColumn
    // Rows exported from a workspace name their table.
    self.shapes = shapes + [[.equals("Type", [name])]]
    self.documentation = documentation
    self.isSubset = isSubset
  }

  /// Names are matched exactly, as KQL does.
  package func column(_ name: String) -> SourceColumn? { columns.first { $0.name == name } }

  /// The same table for the loader.
  package var logSource: LogSource {
    let time = column(timeColumn)?.paths ?? [timeColumn]
    return LogSource(
      name: name, columns: columns.map(\.logColumn), shapes: shapes, time: time.map { FieldPath($0) })
  }
}

extension SourceColumn {
  package var logColumn: LogColumn {
    var fields = paths.map { FieldPath($0) }
    switch form {
    case .value, .jsonText: break
    case .constant(let text): fields.append(.constant(text))
    }
    return LogColumn(name, type, fields, summary: documentation)
  }
}
