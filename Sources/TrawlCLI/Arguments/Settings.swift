import Engine
import Rules
import Session

/// What `now()` is in a run.
enum NowSetting: Hashable, Sendable {
  /// The time of the newest event loaded.
  case latest
  /// The clock.
  case wall
  /// Ticks.
  case at(Int64)

  /// Nil for what is no time.
  init?(_ text: String) {
    switch text {
    case "latest": self = .latest
    case "wall": self = .wall
    default:
      guard let ticks = DatetimeParsing.parseKQL(text) else { return nil }
      self = .at(ticks)
    }
  }
}

/// `NAME=VALUE` of an option.
struct NamedValue: Hashable, Sendable {
  var name: String
  var value: String
}

/// What a verb writes that is no table.
enum DocumentFormat: String, Hashable, Sendable, CaseIterable {
  /// Alerts or findings for code hosts.
  case sarif
  /// A page in one file.
  case html
  /// A layer of MITRE's ATT&CK Navigator.
  case navigator
  /// CSV for Timesketch.
  case timesketch

  /// The verbs that write it.
  var verbs: Set<VerbName> {
    switch self {
    case .sarif: [.run, .check]
    case .html: [.query, .run, .why, .coverage, .diff, .sweep, .summary]
    case .navigator: [.coverage]
    case .timesketch: [.query, .run]
    }
  }
}

/// Which results are drawn.
enum ChartSetting: Hashable, Sendable {
  case never
  /// Those whose query asks for it.
  case whereAsked
  case always
}

/// How a verb writes its table.
struct OutputSettings: Hashable, Sendable {
  var format: OutputFormat
  /// In place of a table.
  var document: DocumentFormat?
  /// Where a page is written too.
  var htmlPath: String?
  /// Rows to show.
  var limit: Int?
  /// Columns that a table fits into; nil never cuts.
  var width: Int?
  /// A width was asked for, or none at all.
  var hasWidth = false
  var csvSafe: Bool
  var isQuiet: Bool
  var charts = ChartSetting.never
  /// The rows of rules are shown below the list of alerts.
  var showsRows = false

  var isSarif: Bool { document == .sarif }

  func renderer(_ dialect: Dialect = .own) -> TableRenderer {
    TableRenderer(
      format: format, width: width, csvSafe: csvSafe, dialect: dialect, spelling: { $0.option })
  }
}

/// The logs and tables that a verb reads, and what a workspace holds beside them.
struct WorkspaceSettings: Hashable, Sendable {
  /// Files and folders.
  var logs: [String]
  var tables: [NamedValue]
  var functions: [String]
  var watchlists: [NamedValue]
  var externals: [NamedValue]
  var macros: [String]
  var lookups: [String]
  var lookupOutput: String?
  var appliesSplunkLimits: Bool
  /// A file with the places of addresses.
  var places: String?
  var index: String?
  var view: SplunkView?
}

/// How a verb runs its queries.
struct RunSettings: Sendable {
  /// Those that the program knows.
  var languages: FrontEnds
  /// Nil: by the file's ending, else the usual one.
  var language: (any FrontEnd)?
  var now: NowSetting
  /// Values for scalar `let`s.
  var values: [NamedValue]
  var isStrict: Bool
  var isLenient: Bool
  var allowsPartial: Bool
  var failsOnAlert: Bool
  var showsProfile: Bool
  /// Nil: all cores.
  var threads: Int?
  var isOptimized: Bool
  var timeoutSeconds: Double?
  /// Bytes; nil for what fits the machine.
  var memoryLimit: Int?
  var fileLimits: FileLimits
  /// Bytes; nil is any number.
  var queryLimit: Int?
  /// Bytes of results; nil is any number.
  var outputLimit: Int?
}
