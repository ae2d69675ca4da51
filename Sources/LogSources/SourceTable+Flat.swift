import Engine

extension SourceTable {
  /// A table whose records are flat: each column stands under its own name. Columns are listed by type.
  ///
  /// Only well-known columns are listed, so the table says that it is a subset.
  static func flat(
    _ name: String, datetime: [String] = [], string: [String] = [], dynamic: [String] = [],
    int: [String] = [],
    long: [String] = [], real: [String] = [], bool: [String] = [], guid: [String] = [],
    shapes: [[LogSource.ShapeTest]] = [], timeColumn: String = "TimeGenerated", isSubset: Bool = true,
    _ documentation: String
  ) -> SourceTable {
    let lists: [(DataType, [String])] = [
      (.datetime, datetime), (.string, string), (.dynamic, dynamic), (.int, int), (.long, long),
      (.real, real),
      (.bool, bool), (.guid, guid),
    ]
    var columns: [SourceColumn] = []
    for (type, names) in lists {
      for column in names {
        columns.append(SourceColumn(column, type, from: SourceColumn.flatPaths(of: column), ""))
      }
    }
    columns.sort { ($0.name != timeColumn ? 1 : 0, $0.name) < ($1.name != timeColumn ? 1 : 0, $1.name) }
    columns += SourceTable.standardColumns(of: name, except: columns)
    return SourceTable(
      name, columns: columns, timeColumn: timeColumn, shapes: shapes, isSubset: isSubset, documentation)
  }

  /// The columns that every table of a workspace has.
  private static func standardColumns(of table: String, except columns: [SourceColumn]) -> [SourceColumn] {
    let standard: [SourceColumn] = [
      SourceColumn("TenantId", .string, from: ["TenantId"], "Identifier of the workspace."),
      SourceColumn(
        "SourceSystem", .string, from: ["SourceSystem"], "Kind of agent that collected the event."),
      SourceColumn("Type", .string, from: ["Type"], form: .constant(table), "Name of the table."),
    ]
    let taken = Set(columns.map(\.name))
    return standard.filter { !taken.contains($0.name) }
  }
}
