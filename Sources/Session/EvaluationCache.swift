package import Engine
import Synchronization

/// Rows for the questions of queries (subsearches, columns that depend on the data): loaded once, without the
/// conditions of any query, so that every variant of a query finds its rows.
package final class EvaluationCache: Sendable {
  private struct State {
    var scans: [Scan] = []
    var loaded: LoadedTables?
    var loads = 0
  }

  private let state = Mutex(State())
  private let sources: WorkspaceSources
  private let configuration: WorkspaceConfiguration

  package init(_ workspace: Workspace) {
    sources = workspace.sources
    configuration = workspace.configuration
  }

  /// Tables that hold all that some scans read, and the number of the load that gave them.
  package func tables(for scans: [Scan]) -> (loaded: LoadedTables, load: Int) {
    state.withLock { state in
      let missing = scans.filter { scan in
        let known = Set(
          state.scans.filter { $0.table == scan.table }.flatMap { $0.sources.map(\.field) })
        return !scan.sources.allSatisfy { known.contains($0.field) }
          || !state.scans.contains { $0.table == scan.table }
      }
      if missing.isEmpty, let loaded = state.loaded { return (loaded, state.loads) }
      state.scans += missing.map { scan in
        var whole = scan
        whole.predicate = nil
        whole.limit = nil
        return whole
      }
      let loaded = LoadedTables(scans: state.scans, sources: sources, configuration: configuration)
      state.loaded = loaded
      state.loads += 1
      return (loaded, state.loads)
    }
  }
}
