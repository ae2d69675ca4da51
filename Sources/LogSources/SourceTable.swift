package import Engine
import Synchronization

/// A kind of log as a table: its columns, and how its records are recognised.
package struct SourceTable: Sendable {
  package var name: String
  private let columnsOnDemand: ColumnsOnDemand
  /// The column with the time of an event.
  package var timeColumn: String
  /// A record belongs to the table if all tests of one of these hold.
  package var shapes: [[LogSource.ShapeTest]]
  package var documentation: String
  /// The table has more columns than are listed here.
  package var isSubset: Bool
  /// What may stand around its records in a file.
  package var framing: RecordFraming
  /// The column with the identity of an event.
  package var idColumn: String?
  /// What an overview says of its events; none for a table that it leaves out.
  package var aspects: [SourceAspect]

  package init(
    _ name: String, columns: @autoclosure @escaping @Sendable () -> [SourceColumn],
    timeColumn: String = "TimeGenerated",
    shapes: [[LogSource.ShapeTest]] = [], framing: RecordFraming = RecordFraming(), idColumn: String? = nil,
    aspects: [SourceAspect] = [], isSubset: Bool = false, _ documentation: String
  ) {
    self.name = name
    self.framing = framing
    self.idColumn = idColumn
    self.aspects = aspects
    columnsOnDemand = ColumnsOnDemand(columns)
    self.timeColumn = timeColumn
    // Rows exported from a workspace name their table; some are written anew as records before.
    self.shapes = framing.rows.isEmpty ? shapes + [[.equals("Type", [name])]] : shapes
    self.documentation = documentation
    self.isSubset = isSubset
  }

  package var columns: [SourceColumn] { columnsOnDemand.columns }

  /// Names are matched exactly, as KQL does.
  package func column(_ name: String) -> SourceColumn? { columns.first { $0.name == name } }

  /// The KQL of what an overview asks of an event, as a text; empty where the table does not tell.
  package func text(of kind: SourceAspect.Kind) -> String {
    aspects.first { $0.kind == kind }.map { "tostring(\($0.expression))" } ?? "\"\""
  }

  private var timePaths: [String] { column(timeColumn)?.paths ?? [timeColumn] }

  /// Where the time of an event stands.
  var time: [FieldPath] { timePaths.map { FieldPath($0) } }

  /// The table for a load that does not want it: how its records are told is all that counts there.
  package var asStranger: LogSource {
    LogSource(name: name, columns: [], shapes: shapes, time: [], framing: framing)
  }

  /// The same table for the loader.
  package var logSource: LogSource {
    var source = LogSource(
      name: name, columns: columns.map(\.logColumn), shapes: shapes, time: time, framing: framing)
    source.unlisted = SourceTable.unlistedColumns(time: timePaths, except: columns).map(\.logColumn)
    return source
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

/// The columns of a table, made when they are first asked for: a run names few of the known tables.
private final class ColumnsOnDemand: Sendable {
  private let make: @Sendable () -> [SourceColumn]
  private let made = Mutex<[SourceColumn]?>(nil)

  init(_ make: @escaping @Sendable () -> [SourceColumn]) { self.make = make }

  var columns: [SourceColumn] {
    made.withLock { known in
      if let known { return known }
      let columns = make()
      known = columns
      return columns
    }
  }
}
