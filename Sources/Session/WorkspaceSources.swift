package import Engine
package import LogSources

/// The tables of a workspace: known log sources, and tables loaded under names of their own.
package struct WorkspaceSources: TableCatalog {
  /// The logs that searches read as their events.
  package let events: [SourceDefinition]
  private let index: String?
  /// Tables given with a file, by name.
  private let named: [String: NamedTable]
  /// Tables whose rows are there already, by name. Patterns of names do not find them.
  package internal(set) var rows: [String: Table] = [:]

  private struct NamedTable: Sendable {
    var source: LogSource
    var paths: [String]
    /// The place of each column, by its name.
    var places: [String: Int] = [:]
  }

  package init(_ configuration: WorkspaceConfiguration) {
    var named: [String: NamedTable] = [:]
    let paths = Dictionary(grouping: configuration.tables, by: \.name).mapValues { $0.map(\.path) }
    let events = configuration.sources
    for (name, paths) in paths {
      var source =
        WorkspaceSources.table(name, events)?.logSource
        ?? SchemaDiscovery.source(named: name, paths: paths, configuration.limits)
      // What stands in a file that was named for a table belongs to the table.
      source.shapes = []
      let places = Dictionary(
        source.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
      named[name] = NamedTable(source: source, paths: paths, places: places)
    }
    self.named = named
    self.events = events
    index = configuration.index
  }

  private static func table(_ name: String, _ events: [SourceDefinition]) -> SourceTable? {
    events.first { $0.table.name == name }?.table ?? SourceCatalog.table(name)
  }

  package var tableNames: [String] {
    var names = SourceCatalog.tables.map(\.name)
    for name in events.map(\.table.name) + named.keys.sorted() where !names.contains(name) {
      names.append(name)
    }
    return names
  }

  package func table(named name: String) -> TableDefinition? {
    if let rows = rows[name] {
      return TableDefinition(
        name: name, fields: rows.fields, timeColumn: rows.fields.first { $0.type == .datetime }?.name)
    }
    guard let source = source(named: name) else { return nil }
    var definition = TableDefinition(
      name: source.name, fields: source.columns.map { Field($0.name, $0.type) },
      timeColumn: source.columns.first { $0.type == .datetime }?.name)
    definition.unlistedFields = source.unlisted.map { Field($0.name, $0.type) }
    return definition
  }

  package func source(named name: String) -> LogSource? {
    named[name]?.source ?? WorkspaceSources.table(name, events)?.logSource
  }

  /// The sources whose events a scan may find. All of them where it can find none: the report then tells what there is.
  package func sources(of scan: Scan) -> [SourceDefinition] {
    let possible = events.filter { $0.mayGiveRows(to: scan, index: index) }
    return possible.isEmpty ? events : possible
  }

  /// The names under which the rows of a scan are loaded: its table, or the source types of events.
  package func loadedNames(of scan: Scan) -> [String] {
    scan.table == SplunkEvents.table ? sources(of: scan).map(\.sourcetype) : [scan.table]
  }

  /// The same for whatever reads a table.
  package func loadedNames(of table: String) -> [String] {
    table == SplunkEvents.table ? events.map(\.sourcetype) : [table]
  }

  /// What rows are loaded as, given the name under which they are.
  func loaded(_ name: String) -> (source: LogSource, request: (String) -> FieldRequest?)? {
    if let source = events.first(where: { $0.sourcetype == name }) {
      return (source.events, { [index] in source.request(for: $0, index: index) })
    }
    guard let source = source(named: name) else { return nil }
    if let table = named[name] {
      return (source, { field in table.places[field].map { table.source.columns[$0].request } })
    }
    let columns = source.columns + source.unlisted
    return (source, { field in columns.first { $0.name == field }?.request })
  }

  /// Where the values of a field stand in a record; the name is one of `loadedNames`.
  package func request(of field: String, loadedAs name: String) -> FieldRequest? {
    loaded(name)?.request(field)
  }

  /// The field that holds the time of a table's rows.
  package func timeField(of table: String) -> String? {
    if table == SplunkEvents.table || events.contains(where: { $0.sourcetype == table }) { return "_time" }
    return self.table(named: table)?.timeColumn
  }

  /// The field that holds the identity of a table's events; nil where they have none.
  package func identityField(of table: String) -> String? {
    if table == SplunkEvents.table { return SourceDefinition.identityField }
    return WorkspaceSources.table(table, events)?.idColumn
  }

  /// Sources of which a file may hold events though no query reads them.
  func known(except names: [String]) -> [LogSource] {
    let read = Set(names + events.filter { names.contains($0.sourcetype) }.map(\.table.name))
    let own = events.filter { SourceCatalog.table($0.table.name) == nil && !read.contains($0.table.name) }
    return SourceCatalog.strangers(except: read) + own.map(\.table.asStranger)
  }

  /// The files that a table is loaded from; nil for all logs.
  package func paths(of name: String) -> [String]? { named[name]?.paths }

  package var allNamedPaths: [String] { named.keys.sorted().flatMap { named[$0]?.paths ?? [] } }
}
