/// Something that whoever runs a text can give or set so that it works.
///
/// It is a value, so that a program can offer what it calls it by: an option, a setting, a button.
public enum Remedy: Hashable, Sendable {
  /// The text read as one of another language, by its short name, as `spl`.
  case language(String)
  /// A value for a scalar name of the text, written as in `example`.
  case scalarValue(name: String, example: String)
  /// The rows of a table, from a file.
  case tableFile(name: String)
  /// Functions that a workspace has saved.
  case savedFunctions
  /// The rows of a watchlist.
  case watchlistFile(name: String)
  /// A local copy of what is at an address.
  case externalFile(url: String)
  /// Where addresses are in the world.
  case addressPlaces
  /// The definitions of macros.
  case macroDefinitions
  /// A folder with the rows of lookups.
  case lookupFolder
  /// A folder for the lookups that a text writes.
  case lookupOutput
  /// The fields that a vendor's add-on makes of events.
  case addonFields
  /// The limits of Splunk, applied.
  case splunkLimits
  /// Results as comma-separated values.
  case commaSeparatedOutput
  /// Logs to read.
  case logs
  /// The rows of rule tests, recorded.
  case recordedResults
  /// Folders with published attack data.
  case attackData
  /// Events outside the period of a rule, left out.
  case appliedPeriod
  /// How often a rule runs.
  case scheduleFrequency
  /// How far back a rule looks.
  case schedulePeriod
  /// Another limit of time.
  case timeLimit
  /// Another limit of memory.
  case memoryLimit
  /// Another limit of the size of one file.
  case fileLimit
  /// Another limit of how much a compressed file grows.
  case ratioLimit
  /// Another limit of the length of a query.
  case queryLimit
  /// Another limit of how much is written.
  case outputLimit

  /// In words, for those that have no name of their own for it.
  public var description: String {
    switch self {
    case .language(let name): "the language set to `\(name)`"
    case .scalarValue(let name, let example): "a value for `\(name)`, such as `\(example)`"
    case .tableFile(let name): "a file for the table `\(name)`"
    case .savedFunctions: "the setting for functions"
    case .watchlistFile(let name): "a file for the watchlist `\(name)`"
    case .externalFile(let url): "a local file for `\(url)`"
    case .addressPlaces: "the setting for places"
    case .macroDefinitions: "the setting for macros"
    case .lookupFolder: "the setting for lookups"
    case .lookupOutput: "the setting for written lookups"
    case .addonFields: "the add-on's view of fields"
    case .splunkLimits: "the setting that applies Splunk's limits"
    case .commaSeparatedOutput: "output as CSV"
    case .logs: "the setting for logs"
    case .recordedResults: "a recording run"
    case .attackData: "a folder of attack data"
    case .appliedPeriod: "the setting that applies the rule's period"
    case .scheduleFrequency: "a frequency"
    case .schedulePeriod: "a period"
    case .timeLimit: "another time limit"
    case .memoryLimit: "another memory limit"
    case .fileLimit: "another limit of the size of files"
    case .ratioLimit: "another limit of the growth of compressed files"
    case .queryLimit: "another limit of the length of queries"
    case .outputLimit: "another limit of the output"
    }
  }
}
