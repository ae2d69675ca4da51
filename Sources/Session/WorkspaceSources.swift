package import Engine
import LogSources

/// The tables of a workspace: known log sources, and tables loaded under names of their own.
package struct WorkspaceSources: TableCatalog {
  /// Tables given with a file, by name.
  private let named: [String: NamedTable]

  private struct NamedTable: Sendable {
    var source: LogSource
    var paths: [String]
  }

  package init(_ configuration: WorkspaceConfiguration) {
    var named: [String: NamedTable] = [:]
    for table in configuration.tables {
      if named[table.name] != nil {
        named[table.name]?.paths.append(table.path)
        continue
      }
      var source =
        SourceCatalog.table(table.name)?.logSource
        ?? SchemaDiscovery.source(named: table.name, path: table.path)
      // What stands in a file that was named for a table belongs to the table.
      source.shapes = []
      named[table.name] = NamedTable(source: source, paths: [table.path])
    }
    self.named = named
  }

  package var tableNames: [String] {
    var names = SourceCatalog.tables.map(\.name)
    for name in named.keys.sorted() where !names.contains(name) { names.append(name) }
    return names
  }

  package func table(named name: String) -> TableDefinition? {
    guard let source = source(named: name) else { return nil }
    return TableDefinition(
      name: source.name, fields: source.columns.map { Field($0.name, $0.type) },
      timeColumn: source.columns.first { $0.type == .datetime }?.name)
  }

  package func source(named name: String) -> LogSource? {
    if name == SplunkEvents.table { return SplunkEvents.source }
    return named[name]?.source ?? SourceCatalog.table(name)?.logSource
  }

  /// Sources of which a file may hold events though no query reads them. SPL's events are those of CloudTrail.
  func known(except tables: [String]) -> [LogSource] {
    SourceCatalog.tables.filter { source in
      !tables.contains(source.name)
        && !(tables.contains(SplunkEvents.table) && source.name == SourceTable.awsCloudTrail.name)
    }
    // How their records are recognised is all that counts here.
    .map { LogSource(name: $0.name, columns: [], shapes: $0.shapes, time: []) }
  }

  /// How a field of a table is loaded.
  func request(for field: String, of source: LogSource, index: String?) -> FieldRequest? {
    if source.name == SplunkEvents.table { return SplunkEvents.request(for: field, index: index) }
    return source.columns.first { $0.name == field }?.request
  }

  /// The files that a table is loaded from; nil for all logs.
  package func paths(of name: String) -> [String]? { named[name]?.paths }

  package var allNamedPaths: [String] { named.keys.sorted().flatMap { named[$0]?.paths ?? [] } }
}
