package import Engine
import Synchronization

/// Counts the files that the threads of a load have begun.
private final class FileCounter: Sendable {
  let count = Atomic<Int>(0)
}

/// The rows that one pass over the files gave, for all scans of a run.
package struct LoadedTables: Sendable {
  package let report: LoadReport
  /// By name, with all fields that were asked for, perhaps among others.
  package let tables: [String: Table]

  /// - Parameters:
  ///   - needsAll: something depends on all events, as `now` does on the newest.
  ///   - kept: columns of earlier questions; what is read is added to them.
  package init(
    scans: [Scan], sources: WorkspaceSources, configuration: WorkspaceConfiguration, needsAll: Bool = true,
    kept: KeptTables? = nil
  ) {
    var groups: [String: [Scan]] = [:]
    var order: [String] = []
    for scan in scans {
      if groups[scan.table] == nil { order.append(scan.table) }
      groups[scan.table, default: []].append(scan)
    }
    guard !order.isEmpty else {
      report = LoadReport()
      tables = [:]
      return
    }
    // A file may be one table's by one name and another's by another.
    let (found, wished) = FileDiscovery.files(
      of: order.map { sources.paths(of: $0) ?? configuration.logs }
        + [configuration.logs + sources.allNamedPaths], within: configuration.boundary)
    let requests = order.enumerated().compactMap { index, name in
      var request = LoadedTables.request(
        for: groups[name] ?? [], table: name, sources: sources, index: configuration.index)
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
    tables = Dictionary(uniqueKeysWithValues: zip(requests.map(\.source.name), loaded.tables))
  }

  private static func options(
    _ configuration: WorkspaceConfiguration, needsAll: Bool, others: [LogSource]
  ) -> LoadOptions {
    var options = LoadOptions()
    options.threads = configuration.threads
    options.stopsWhenFull = !needsAll
    options.otherSources = others
    options.isCancelled = configuration.isCancelled
    options.deadline = configuration.timeoutSeconds.map { .now + .seconds($0) }
    if let progress = configuration.progress {
      let begun = FileCounter()
      options.begins = { progress(begun.count.wrappingAdd(1, ordering: .relaxed).newValue) }
    }
    return options
  }

  /// One request that serves all scans of a table.
  private static func request(
    for scans: [Scan], table: String, sources: WorkspaceSources, index: String?
  ) -> LoadRequest? {
    guard let source = sources.source(named: table) else { return nil }
    var fields: [FieldRequest] = []
    var places: [String: Int] = [:]
    for scan in scans {
      for wanted in scan.sources {
        if let known = places[wanted.field] {
          fields[known].members = LoadedTables.union(fields[known].members, wanted.members)
        } else if var request = sources.request(for: wanted.field, of: source, index: index) {
          request.members = wanted.members
          places[wanted.field] = fields.count
          fields.append(request)
        }
      }
    }
    let predicate = ScanPredicate.combined(scans, fields: &fields) {
      sources.request(for: $0, of: source, index: index)
    }
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
    if let failure = report.stopped { throw failure }
    guard let table = tables[scan.table] else {
      throw ExecutionFailure("unknown-table", "the table `\(scan.table)` was not loaded")
    }
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

  package func now(_ configuration: WorkspaceConfiguration) -> Int64 {
    configuration.now(newest: report.latest)
  }
}
