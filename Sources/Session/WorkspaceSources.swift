package import Engine
import LogSources

/// The tables of a workspace: known log sources, and tables loaded under names of their own.
package struct WorkspaceSources: TableCatalog {
  /// Tables given with a file, by name.
  private let named: [String: NamedTable]

  private struct NamedTable: Sendable {
    var source: LogSource
    var paths: [String]
    /// The place of each column, by its name.
    var places: [String: Int] = [:]
  }

  package init(_ configuration: WorkspaceConfiguration) {
    var named: [String: NamedTable] = [:]
    let paths = Dictionary(grouping: configuration.tables, by: \.name).mapValues { $0.map(\.path) }
    for (name, paths) in paths {
      var source =
        SourceCatalog.table(name)?.logSource ?? SchemaDiscovery.source(named: name, paths: paths)
      // What stands in a file that was named for a table belongs to the table.
      source.shapes = []
      let places = Dictionary(
        source.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
      named[name] = NamedTable(source: source, paths: paths, places: places)
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
    var definition = TableDefinition(
      name: source.name, fields: source.columns.map { Field($0.name, $0.type) },
      timeColumn: source.columns.first { $0.type == .datetime }?.name)
    definition.unlistedFields = source.unlisted.map { Field($0.name, $0.type) }
    return definition
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
    if let table = named[source.name] { return table.places[field].map { table.source.columns[$0].request } }
    return (source.columns + source.unlisted).first { $0.name == field }?.request
  }

  /// The files that a table is loaded from; nil for all logs.
  package func paths(of name: String) -> [String]? { named[name]?.paths }

  package var allNamedPaths: [String] { named.keys.sorted().flatMap { named[$0]?.paths ?? [] } }
}
