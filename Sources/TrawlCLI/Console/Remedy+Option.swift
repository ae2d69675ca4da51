import Diagnostics

extension Remedy {
  /// The option of this program, as it is written on its command line.
  var option: String {
    func spelled(_ name: OptionName, _ value: String? = nil) -> String {
      "`--\(name.rawValue)\(value.map { " \($0)" } ?? "")`"
    }
    return switch self {
    case .language(let name): spelled(.language, name)
    case .scalarValue(let name, let example): spelled(.set, "\(name)=\(example)")
    case .tableFile(let name): spelled(.table, "\(name)=PATH")
    case .savedFunctions: spelled(.functions, "DIR")
    case .watchlistFile(let name): spelled(.watchlist, "\(name)=FILE.csv")
    case .externalFile(let url): spelled(.external, "\(url)=FILE")
    case .addressPlaces: spelled(.geoip, "FILE.csv")
    case .macroDefinitions: spelled(.macros, "PATH")
    case .lookupFolder: spelled(.lookups, "DIR")
    case .lookupOutput: spelled(.lookupOutput, "DIR")
    case .addonFields: spelled(.view, "addon")
    case .splunkLimits: spelled(.splunkLimits)
    case .commaSeparatedOutput: spelled(.format, "csv")
    case .logs: spelled(.logs)
    case .recordedResults: spelled(.record)
    case .attackData: spelled(.attackData, "DIR")
    case .appliedPeriod: spelled(.applyPeriod)
    case .scheduleFrequency: spelled(.every)
    case .schedulePeriod: spelled(.period)
    case .timeLimit: spelled(.timeout, "DURATION")
    case .memoryLimit: spelled(.memoryLimit, "SIZE")
    case .fileLimit: spelled(.fileLimit, "SIZE")
    case .ratioLimit: spelled(.ratioLimit, "N")
    case .queryLimit: spelled(.queryLimit, "SIZE")
    case .outputLimit: spelled(.outputLimit, "SIZE")
    }
  }
}

extension Advice {
  /// The sentence with this program's options in it.
  var optionText: String { text(\.option) }
}

extension [Advice] {
  /// One behind the other.
  var optionText: String { map(\.optionText).joined(separator: "; ") }
}

extension Console {
  /// Draws messages over the text that they are about.
  func printError(_ diagnostics: [Diagnostic], in source: SourceText, limit: Int = 10) {
    printError(DiagnosticRenderer.styled(diagnostics, in: source, limit: limit, spelling: \.option))
  }

  func printError(_ diagnostic: Diagnostic, in source: SourceText) {
    printError(DiagnosticRenderer.styled(diagnostic, in: source, spelling: \.option))
  }

  func printError(_ failure: QueryFailure) { printError(failure.diagnostics, in: failure.source) }
}
