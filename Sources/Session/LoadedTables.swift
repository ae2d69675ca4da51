package import Engine
import Synchronization

/// Counts the files that the threads of a load have begun.
private final class FileCounter: Sendable {
  let count = Atomic<Int>(0)
}

/// The rows that one pass over the files gave, for all scans of a run.
package struct LoadedTables: Sendable {
  package let report: LoadReport
  /// By name, with all fields that were asked for.
  package let tables: [String: Table]

  /// - Parameter needsAll: something depends on all events, as `now` does on the newest.
  package init(
    scans: [Scan], sources: WorkspaceSources, configuration: WorkspaceConfiguration, needsAll: Bool = true
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
    let found = FileDiscovery.files(below: configuration.logs + sources.allNamedPaths)
    let requests = order.compactMap { name in
      LoadedTables.request(
        for: groups[name] ?? [], table: name, sources: sources, found: found, index: configuration.index)
    }
    var options = LoadOptions()
    options.threads = configuration.threads
    options.stopsWhenFull = !needsAll
    let deadline = configuration.timeoutSeconds.map { ContinuousClock.now + .seconds($0) }
    let progress = configuration.progress
    let begun = FileCounter()
    options.isCancelled = {
      let count = begun.count.wrappingAdd(1, ordering: .relaxed).newValue
      progress?(count)
      return deadline.map { ContinuousClock.now > $0 } ?? false
    }
    options.otherSources = sources.known(except: order)
    let (loaded, report) = load(found, requests: requests, options: options)
    self.report = report
    tables = Dictionary(uniqueKeysWithValues: zip(order, loaded))
  }

  /// One request that serves all scans of a table.
  private static func request(
    for scans: [Scan], table: String, sources: WorkspaceSources, found: FileDiscovery, index: String?
  ) -> LoadRequest? {
    guard let source = sources.source(named: table) else { return nil }
    var fields: [FieldRequest] = []
    for scan in scans {
      for wanted in scan.sources {
        if let known = fields.firstIndex(where: { $0.name == wanted.field }) {
          fields[known].members = LoadedTables.union(fields[known].members, wanted.members)
        } else if var request = sources.request(for: wanted.field, of: source, index: index) {
          request.members = wanted.members
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
    if let paths = sources.paths(of: table) {
      request.files = Set(
        found.files.map(\.path).filter { file in
          paths.contains { file == $0 || file.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
        })
    } else if !sources.allNamedPaths.isEmpty {
      let taken = sources.allNamedPaths
      request.files = Set(
        found.files.map(\.path).filter { file in
          !taken.contains { file == $0 || file.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
        })
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
    if report.isCancelled {
      throw ExecutionFailure(
        "time-limit", "reading the logs took longer than the time limit",
        suggestion: "raise the limit with --timeout, or name fewer logs")
    }
    guard let table = tables[scan.table] else {
      throw ExecutionFailure("unknown-table", "the table `\(scan.table)` was not loaded")
    }
    let columns = scan.sources.map { source -> Column in
      guard let index = table.fields.firstIndex(where: { $0.name == source.field }) else {
        return .constant(.null, source.column.type, count: table.rowCount)
      }
      return table.columns[index]
    }
    return Table(
      fields: scan.sources.map { Field($0.column.name, $0.column.type) }, columns: columns,
      rowCount: table.rowCount)
  }

  package func now(_ configuration: WorkspaceConfiguration) -> Int64 {
    switch configuration.now {
    case .latest: report.latest ?? configuration.wallClock
    case .at(let ticks): ticks
    }
  }
}
