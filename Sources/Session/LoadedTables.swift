package import Engine
import LogSources
import Synchronization

/// Counts the files that the threads of a load have begun.
private final class FileCounter: Sendable {
  let count = Atomic<Int>(0)
}

/// The rows that one pass over the files gave, for all scans of a run.
package struct LoadedTables: Sendable {
  package let report: LoadReport
  /// By the names under which they are loaded (`WorkspaceSources.loadedNames`), with all fields that were asked for,
  /// perhaps among others.
  package let tables: [String: Table]
  private let sources: WorkspaceSources
  /// No file was wanted.
  let readsNothing: Bool

  /// - Parameters:
  ///   - needsAll: something depends on all events, as `now` does on the newest.
  ///   - kept: columns of earlier questions; what is read is added to them.
  package init(
    scans: [Scan], sources: WorkspaceSources, configuration: WorkspaceConfiguration, needsAll: Bool = true,
    kept: KeptTables? = nil
  ) {
    self.sources = sources
    let (order, groups) = LoadedTables.grouped(scans, sources)
    readsNothing = order.isEmpty
    guard !order.isEmpty else {
      report = LoadReport()
      tables = sources.rows
      return
    }
    // A file may be one table's by one name and another's by another.
    let (found, wished) = FileDiscovery.files(
      of: order.map { name in
        groups[name]?.first.flatMap { sources.paths(of: $0.table) } ?? configuration.logs
      }
        + [configuration.logs + sources.allNamedPaths], within: configuration.boundary)
    let requests = order.enumerated().compactMap { index, name in
      var request = LoadedTables.request(for: groups[name] ?? [], loaded: name, sources)
      request?.files = wished[index]
      return request
    }
    let options = LoadedTables.options(
      configuration, needsAll: needsAll, others: sources.known(except: order))
    let loaded: LoadedRows
    if let kept {
      loaded = kept.rows(for: requests, in: found, needsAll: needsAll) { missing in
        LoadedRows(load(found, requests: missing, options: options))
      }
    } else {
      loaded = LoadedRows(load(found, requests: requests, options: options))
    }
    report = loaded.report
    tables = Dictionary(zip(requests.map(\.source.name), loaded.tables)) { first, _ in first }.merging(
      sources.rows
    ) { $1 }
  }

  /// Scans by the names under which their rows are loaded, and these in the order in which they first occur.
  private static func grouped(
    _ scans: [Scan], _ sources: WorkspaceSources
  ) -> (order: [String], groups: [String: [Scan]]) {
    var groups: [String: [Scan]] = [:]
    var order: [String] = []
    for scan in scans {
      for name in sources.loadedNames(of: scan) where sources.rows[name] == nil {
        if groups[name] == nil { order.append(name) }
        groups[name, default: []].append(scan)
      }
    }
    return (order, groups)
  }

  /// Where the rows of files stand among each other, for a load of some scans.
  package static func spans(
    of files: [LogFile], scans: [Scan], sources: WorkspaceSources, configuration: WorkspaceConfiguration
  ) -> [FileSpan] {
    let (order, groups) = grouped(scans, sources)
    return FileSpan.spans(
      of: files, requests: order.compactMap { request(for: groups[$0] ?? [], loaded: $0, sources) },
      options: options(configuration, needsAll: true, others: sources.known(except: order)))
  }

  private static func options(
    _ configuration: WorkspaceConfiguration, needsAll: Bool, others: [LogSource]
  ) -> LoadOptions {
    var options = LoadOptions()
    options.threads = configuration.threads
    options.limits = configuration.limits
    options.stopsWhenFull = !needsAll
    options.otherSources = others
    options.carriers = CarrierCatalog.framing
    options.isCancelled = configuration.isCancelled
    options.meter = configuration.meter
    options.deadline = configuration.timeoutSeconds.map { .now + .seconds($0) }
    if let progress = configuration.progress {
      let begun = FileCounter()
      options.begins = { progress(begun.count.wrappingAdd(1, ordering: .relaxed).newValue) }
    }
    return options
  }

  /// One request that serves all scans of a table.
  private static func request(
    for scans: [Scan], loaded name: String, _ sources: WorkspaceSources
  ) -> LoadRequest? {
    guard let (source, fieldRequest) = sources.loaded(name) else { return nil }
    var fields: [FieldRequest] = []
    var places: [String: Int] = [:]
    for scan in scans {
      for wanted in scan.sources {
        if let known = places[wanted.field] {
          fields[known].members = LoadedTables.union(fields[known].members, wanted.members)
        } else if var request = fieldRequest(wanted.field) {
          request.members = wanted.members
          places[wanted.field] = fields.count
          fields.append(request)
        }
      }
    }
    let predicate = ScanPredicate.combined(scans, fields: &fields, request: fieldRequest)
    var request = LoadRequest(source: source, fields: fields, predicate: predicate)
    if scans.count == 1, predicate == nil, let scan = scans.first, scan.predicate == nil {
      request.rowLimit = scan.limit
    }
    return request
  }

  /// What is read of a column by two scans; nil is all of it.
  private static func union(_ first: Set<String>?, _ second: Set<String>?) -> Set<String>? {
    guard let first, let second else { return nil }
    return first.union(second)
  }

  /// The rows of a scan, its columns in the order of its sources.
  package func rows(of scan: Scan) throws(ExecutionFailure) -> Table {
    LoadedTables.joined(try parts(of: scan).map(\.rows))
  }

  /// The rows of a scan by the names under which they were loaded; at least one part.
  package func parts(of scan: Scan) throws(ExecutionFailure) -> [(name: String, rows: Table)] {
    if let failure = report.stopped { throw failure }
    let parts = sources.loadedNames(of: scan).compactMap { name in
      tables[name].map { (name, LoadedTables.rows(of: scan, in: $0)) }
    }
    if parts.isEmpty {
      throw ExecutionFailure("unknown-table", "the table `\(scan.table)` was not loaded")
    }
    return parts
  }

  /// The names under which the rows of a table are loaded.
  package func names(of table: String) -> [String] { sources.loadedNames(of: table) }

  private static func rows(of scan: Scan, in table: Table) -> Table {
    let places = Dictionary(
      table.fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let columns = scan.sources.map { source -> Column in
      guard let index = places[source.field] else {
        return .constant(.null, source.column.type, count: table.rowCount)
      }
      return table.columns[index]
    }
    return Table(
      fields: scan.sources.map { Field($0.column.name, $0.column.type) }, columns: columns,
      rowCount: table.rowCount)
  }

  /// Rows behind rows, of the same columns.
  package static func joined(_ parts: [Table]) -> Table {
    let filled = parts.filter { $0.rowCount > 0 }
    guard filled.count > 1, let first = filled.first else {
      return filled.first ?? parts.first ?? Table(fields: [], columns: [], rowCount: 0)
    }
    let columns = first.fields.indices.map { index in
      Column.concatenating(filled.map { $0.columns[index] }, type: first.fields[index].type)
    }
    return Table(fields: first.fields, columns: columns, rowCount: filled.reduce(0) { $0 + $1.rowCount })
  }

  package func now(_ configuration: WorkspaceConfiguration) -> Int64 {
    configuration.now(newest: report.latest)
  }
}
