import Engine
import Session

extension Trawl {
  /// What is asked, and what questions find beside it. All paths are of local files; nothing is fetched or written.
  ///
  /// ```
  ///   var settings = Trawl.Settings(logs: ["examples"])
  ///   settings.now = "2026-03-03"
  ///   settings.watchlists = ["Approved": "lists/approved.csv"]
  ///   let trawl = try Trawl(settings)
  /// ```
  public struct Settings: Sendable {
    /// Files and folders, read recursively.
    public var logs: [String]
    /// JSON or CSV files that are tables of their own, by the table's name.
    public var tables: [String: String] = [:]
    /// What `now()` is: a datetime as in KQL, such as `2026-03-01T12:00:00Z`. Nil: just past the newest event.
    public var now: String?
    /// Values for scalar `let`s, by name.
    public var values: [String: String] = [:]
    /// A column name in the wrong case is an error.
    public var isStrict = false
    /// Saved KQL functions: files NAME.kql, or folders of them.
    public var functions: [String] = []
    /// CSV files, by the names of watchlists.
    public var watchlists: [String: String] = [:]
    /// Local files that stand for URLs.
    public var externals: [String: String] = [:]
    /// Files of SPL macros, or folders of them.
    public var macros: [String] = []
    /// Files of SPL lookups, or folders of them.
    public var lookups: [String] = []
    /// A CSV with the places of networks, for `iplocation` and `geo_info_from_ip_address`.
    public var places: String?
    /// Nil: all cores.
    public var threads: Int?
    /// Of a question, in seconds; nil has no limit.
    public var timeLimit: Double?
    /// Bytes that one file of logs may have, as it is stored and unpacked; nil is 2 GiB. What is larger is not read, and
    /// stands in `LoadSummary.limited`.
    public var fileLimit: Int?
    /// How many times as large a compressed file may become, beyond its first mebibyte; nil is 250, beyond 256 MiB.
    public var ratioLimit: Int?
    /// Bytes of a query; nil has no limit.
    public var queryLimit: Int?
    /// Bytes of the columns that stay in memory between questions.
    public var memoryLimit = 4 << 30

    public init(logs: [String]) { self.logs = logs }

    func configuration() throws(TrawlError) -> WorkspaceConfiguration {
      var configuration = WorkspaceConfiguration()
      configuration.logs = logs
      configuration.tables = Settings.paths(tables)
      if let now {
        guard let ticks = DatetimeParsing.parseKQL(now) else {
          throw .wrongSetting("unreadable-now", "`\(now)` is no time, as `2026-03-01T12:00:00Z` is one")
        }
        configuration.now = .at(ticks)
      }
      configuration.values = values
      configuration.isStrict = isStrict
      configuration.threads = threads
      configuration.timeoutSeconds = timeLimit
      configuration.limits = FileLimits(bytes: fileLimit, ratio: ratioLimit)
      configuration.queryLimit = queryLimit
      var companions = CompanionPaths()
      companions.functions = functions
      companions.watchlists = Settings.paths(watchlists)
      companions.externals = Settings.paths(externals)
      companions.macros = macros
      companions.lookups = lookups
      companions.places = places
      do throws(UnreadableInput) {
        try companions.read(into: &configuration)
      } catch {
        throw .unreadableInput(error.path, error.reason)
      }
      return configuration
    }

    private static func paths(_ named: [String: String]) -> [WorkspaceConfiguration.NamedPath] {
      named.sorted { $0.key < $1.key }.map { WorkspaceConfiguration.NamedPath(name: $0.key, path: $0.value) }
    }
  }
}
