package import Diagnostics
package import Engine
package import LogSources
package import SPL

/// What a workspace is made of: logs, tables, and what queries find beside them.
package struct WorkspaceConfiguration: Sendable {
  package enum Now: Hashable, Sendable {
    /// Just past the newest event loaded: the end of its second.
    case latest
    /// Ticks.
    case at(Int64)
  }

  /// A file or folder under a table's name.
  package struct NamedPath: Hashable, Sendable {
    package var name: String
    package var path: String

    package init(name: String, path: String) {
      self.name = name
      self.path = path
    }
  }

  /// What becomes of the rows of `outputlookup`.
  package enum LookupOutput: Hashable, Sendable {
    /// Such a search is refused.
    case refused
    /// The rows go on and nothing is written: the search is looked at or tested.
    case dropped
    /// A folder.
    case folder(String)
  }

  /// The languages of queries and of the rule files beside which tables stand.
  package var frontEnds = FrontEnds.standard
  /// Files and folders.
  package var logs: [String] = []
  /// The logs that searches read as their events, and that are tables beside those of the catalog.
  package var sources: [SourceDefinition] = SourceCatalog.sources
  package var tables: [NamedPath] = []
  /// Logs are read from nowhere else; nil is everywhere.
  package var boundary: FolderBoundary?
  package var now = Now.latest
  /// Used if `now` is `latest` and no event is loaded.
  package var wallClock: Int64 = 0
  /// Values for scalar `let`s.
  package var values: [String: String] = [:]
  package var isStrict = false
  /// What a language's own engine refuses, though it could be run, is run with a warning.
  package var isLenient = false
  /// Saved KQL functions by name.
  package var functions: [String: SourceText] = [:]
  package var watchlists: [String: Table] = [:]
  /// The text of the local files that stand for URLs.
  package var externals: [String: String] = [:]
  /// Texts of macro files (SPL).
  package var macros: [SourceText] = []
  /// The rows of lookup tables by the names of their files without `.csv`.
  package var lookups: [String: Table] = [:]
  /// Where addresses are: the rows of a local file.
  package var places: AddressPlaces?
  package var lookupDefinitions: [String: LookupDefinition] = [:]
  /// What is wrong with the files of lookups.
  package var lookupProblems: [QueryFailure] = []
  package var lookupOutput = LookupOutput.refused
  /// Tables may be replaced by what damaged logs gave.
  package var allowsPartial = false
  package var index: String?
  /// How SPL calls the fields of events; nil as the rule has it.
  package var view: SplunkView?
  /// Rows are cut where Splunk cuts them.
  package var appliesSplunkLimits = false
  /// Nil: all cores.
  package var threads: Int?
  package var chunkSize = ExecutionContext.defaultChunkSize
  package var isProfiled = false
  /// For each load and each run of this workspace, beside what the whole process may take.
  package var timeoutSeconds: Double?
  /// How large files of logs may be.
  package var limits = FileLimits()
  /// Bytes that a query may have; nil is any number.
  package var queryLimit: Int?
  /// Told the number of files begun so far, from any thread.
  package var progress: (@Sendable (Int) -> Void)?
  /// Counts what a load has done so far.
  package var meter: LoadMeter?
  /// Asked from any thread whether the answer is still wanted.
  package var isCancelled: (@Sendable () -> Bool)?
  package var isOptimized = true
  /// Where queries run; nil is on this machine.
  package var cluster: (any ClusterTransport)?

  package init() {}

  /// The time of a run, given that of the newest event.
  package func now(newest: Int64?) -> Int64 {
    switch now {
    case .latest: newest.map(Ticks.justPast) ?? wallClock
    case .at(let ticks): ticks
    }
  }
}
