import Diagnostics
import Engine
import LogSources
import Rules
import Session

/// `trawl schema [TABLE | LOGS…]`: the tables, the columns of one, or the fields found in logs.
enum SchemaVerb: Verb {
  static let name = VerbName.schema

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    let settings = try arguments.workspaceSettings(logs: [])
    let limits = try arguments.runSettings().fileLimits
    let tables = settings.tables
    let paths = arguments.operands + settings.logs
    if let path = arguments.operands.first, arguments.operands.count == 1, settings.logs.isEmpty {
      if let table = SourceCatalog.table(path) {
        show(columns(of: table), output, console)
        if table.isSubset, !output.isQuiet {
          console.say(.note, "a subset of its columns; a workspace has more")
        }
        return .success
      }
      if let named = tables.first(where: { $0.name == path }) {
        return LogSurvey.run([named.value], limits, output, console)
      }
      if !path.contains("/"), !path.contains("."), !FileDiscovery.files(below: [path]).unreadable.isEmpty {
        let names = SourceCatalog.tables.map(\.name) + tables.map(\.name)
        throw UsageError(
          "unknown-table", "no table named `\(path)`, and no such file",
          advice: UsageError.suggestion(nearest(path, names)) + ["`trawl schema` lists the tables"],
          verb: .schema)
      }
    }
    if !paths.isEmpty { return LogSurvey.run(paths, limits, output, console) }
    if tables.count == 1, let only = tables.first {
      return LogSurvey.run([only.value], limits, output, console)
    }
    show(listing, output, console)
    return .success
  }

  private static func nearest(_ name: String, _ names: [String]) -> [String] {
    let near = NearestNames.of(name, among: names)
    if !near.isEmpty { return near }
    let part = name.lowercased()
    return Array(names.filter { $0.lowercased().contains(part) }.prefix(3))
  }

  static func show(_ table: Table, _ output: OutputSettings, _ console: Console) {
    let shown = output.limit.map { table.slice(0..<min($0, table.rowCount)) } ?? table
    console.write(shown, output.renderer())
    if shown.rowCount < table.rowCount {
      console.say(.note, "\(shown.rowCount) of \(table.rowCount) rows shown (--limit)")
    }
  }

  // MARK: - Tables

  static var listing: Table {
    Table(
      fields: [Field("table", .string), Field("columns", .long), Field("about", .string)],
      rows: SourceCatalog.tables.map { table in
        [
          .string(table.name), .long(Int64(table.columns.count)),
          .string(table.documentation + (table.isSubset ? " (a subset of its columns)" : "")),
        ]
      })
  }

  static func columns(of table: SourceTable) -> Table {
    Table(
      fields: [
        Field("column", .string), Field("type", .string), Field("path", .string), Field("about", .string),
      ],
      rows: table.columns.map { column in
        [
          .string(column.name), .string(column.type.rawValue), .string(path(of: column)),
          .string(column.documentation),
        ]
      })
  }

  private static func path(of column: SourceColumn) -> String {
    switch column.form {
    case .value, .jsonText: return column.paths.joined(separator: ", ")
    case .constant(let text): return (column.paths + ["\"\(text)\""]).joined(separator: ", ")
    }
  }
}
