package import Diagnostics
package import Engine
package import SPL

/// What a workspace is made of: logs, tables, and what queries find beside them.
package struct WorkspaceConfiguration: Sendable {
  package enum Now: Hashable, Sendable {
    /// The time of the newest event loaded.
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

  /// Files and folders.
  package var logs: [String] = []
  package var tables: [NamedPath] = []
  package var now = Now.latest
  /// Used if `now` is `latest` and no event is loaded.
  package var wallClock: Int64 = 0
  /// Values for scalar `let`s.
  package var values: [String: String] = [:]
  package var isStrict = false
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
  package var index: String?
  /// How SPL calls the fields of events; nil as the rule has it.
  package var view: SplunkView?
  /// Rows are cut where Splunk cuts them.
  package var appliesSplunkLimits = false
  /// Nil: all cores.
  package var threads: Int?
  package var chunkSize = ExecutionContext.defaultChunkSize
  package var timeoutSeconds: Double?
  package var isProfiled = false
  /// Told the number of files begun so far, from any thread.
  package var progress: (@Sendable (Int) -> Void)?
  package var isOptimized = true

  package init() {}
}
