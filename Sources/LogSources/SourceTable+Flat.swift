import Engine

extension SourceTable {
  /// A table whose records are flat: each column stands under its own name. Columns are listed by type.
  ///
  /// The columns that every table of a workspace has need not be listed. A table with a `Timestamp` beside its
  /// `TimeGenerated` knows its records by either, since those of advanced hunting have only the first.
  static func flat(
    _ name: String, datetime: [String] = [], string: [String] = [], dynamic: [String] = [],
    int: [String] = [],
    long: [String] = [], real: [String] = [], bool: [String] = [], guid: [String] = [],
    shapes: [[LogSource.ShapeTest]] = [], timeColumn: String = "TimeGenerated", isSubset: Bool = false,
    _ documentation: String
  ) -> SourceTable {
    let lists: [(DataType, [String])] = [
      (.datetime, datetime), (.string, string), (.dynamic, dynamic), (.int, int), (.long, long),
      (.real, real),
      (.bool, bool), (.guid, guid),
    ]
    return SourceTable(
      name, columns: flatColumns(of: name, lists, timeColumn: timeColumn), timeColumn: timeColumn,
      shapes: shapes, isSubset: isSubset, documentation)
  }

  private static func flatColumns(
    of name: String, _ lists: [(DataType, [String])], timeColumn: String
  ) -> [SourceColumn] {
    var columns: [SourceColumn] = []
    for (type, names) in lists {
      for column in names {
        columns.append(SourceColumn(column, type, from: SourceColumn.flatPaths(of: column), ""))
      }
    }
    SourceTable.joinTimes(&columns)
    columns.sort { ($0.name != timeColumn ? 1 : 0, $0.name) < ($1.name != timeColumn ? 1 : 0, $1.name) }
    columns += SourceTable.standardColumns(of: name, except: columns)
    return columns
  }

  private static func joinTimes(_ columns: inout [SourceColumn]) {
    guard let generated = columns.firstIndex(where: { $0.name == "TimeGenerated" }),
      let stamp = columns.firstIndex(where: { $0.name == "Timestamp" })
    else { return }
    let paths = columns[generated].paths
    columns[generated].paths += columns[stamp].paths
    columns[stamp].paths += paths
  }

  /// The columns that every table of a workspace has and shows only where a query names them.
  static func unlistedColumns(time: [String], except columns: [SourceColumn]) -> [SourceColumn] {
    let unlisted: [SourceColumn] = [
      SourceColumn("TenantId", .string, from: ["TenantId"], "Identifier of the workspace."),
      SourceColumn("_ItemId", .string, from: ["_ItemId"], "Identifier of the record."),
      SourceColumn("_ResourceId", .string, from: ["_ResourceId"], "Identifier of the resource."),
      SourceColumn("_SubscriptionId", .string, from: ["_SubscriptionId"], "Identifier of the subscription."),
      // Files do not tell when a record came in.
      SourceColumn("_TimeReceived", .datetime, from: ["_TimeReceived"] + time, "Time the record came in."),
    ]
    return unlisted.filter { column in !columns.contains { $0.name == column.name } }
  }

  /// The columns that every table of a workspace has.
  static func standardColumns(of table: String, except columns: [SourceColumn]) -> [SourceColumn] {
    let standard: [SourceColumn] = [
      SourceColumn("TenantId", .string, from: ["TenantId"], "Identifier of the workspace."),
      SourceColumn(
        "SourceSystem", .string, from: ["SourceSystem"], "Kind of agent that collected the event."),
      SourceColumn("Type", .string, from: ["Type"], form: .constant(table), "Name of the table."),
      SourceColumn("_BilledSize", .real, from: ["_BilledSize"], "Size of the record in bytes, as billed."),
      SourceColumn("_ItemId", .string, from: ["_ItemId"], "Identifier of the record."),
      SourceColumn("_IsBillable", .string, from: ["_IsBillable"], "Whether the record is billed."),
    ]
    let taken = Set(columns.map(\.name))
    return standard.filter { !taken.contains($0.name) }
  }
}
