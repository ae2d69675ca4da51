/// Advice as plain texts, so that it can come from another process and still be spelled here.
extension Remedy {
  /// Its name and what it holds.
  package var words: [String] {
    switch self {
    case .language(let name): ["language", name]
    case .scalarValue(let name, let example): ["scalarValue", name, example]
    case .tableFile(let name): ["tableFile", name]
    case .savedFunctions: ["savedFunctions"]
    case .watchlistFile(let name): ["watchlistFile", name]
    case .externalFile(let url): ["externalFile", url]
    case .addressPlaces: ["addressPlaces"]
    case .macroDefinitions: ["macroDefinitions"]
    case .lookupFolder: ["lookupFolder"]
    case .lookupOutput: ["lookupOutput"]
    case .addonFields: ["addonFields"]
    case .splunkLimits: ["splunkLimits"]
    case .commaSeparatedOutput: ["commaSeparatedOutput"]
    case .logs: ["logs"]
    case .recordedResults: ["recordedResults"]
    case .attackData: ["attackData"]
    case .appliedPeriod: ["appliedPeriod"]
    case .scheduleFrequency: ["scheduleFrequency"]
    case .schedulePeriod: ["schedulePeriod"]
    case .timeLimit: ["timeLimit"]
    case .memoryLimit: ["memoryLimit"]
    case .fileLimit: ["fileLimit"]
    case .ratioLimit: ["ratioLimit"]
    case .queryLimit: ["queryLimit"]
    case .outputLimit: ["outputLimit"]
    }
  }

  /// Those that hold nothing.
  private static let plain: [Remedy] = [
    .savedFunctions, .addressPlaces, .macroDefinitions, .lookupFolder, .lookupOutput, .addonFields,
    .splunkLimits, .commaSeparatedOutput, .logs, .recordedResults, .attackData, .appliedPeriod,
    .scheduleFrequency, .schedulePeriod, .timeLimit, .memoryLimit, .fileLimit, .ratioLimit, .queryLimit,
    .outputLimit,
  ]

  package init?(words: [String]) {
    switch (words.first, words.count) {
    case ("language", 2): self = .language(words[1])
    case ("scalarValue", 3): self = .scalarValue(name: words[1], example: words[2])
    case ("tableFile", 2): self = .tableFile(name: words[1])
    case ("watchlistFile", 2): self = .watchlistFile(name: words[1])
    case ("externalFile", 2): self = .externalFile(url: words[1])
    default:
      guard let known = Remedy.plain.first(where: { $0.words == words }) else { return nil }
      self = known
    }
  }
}

extension Advice {
  /// Its parts: a text alone, or a remedy by its words.
  public var words: [[String]] {
    parts.map { part in
      switch part {
      case .text(let text): ["", text]
      case .remedy(let remedy): remedy.words
      }
    }
  }

  /// Nil where a part is no such thing.
  public init?(words: [[String]]) {
    self.init("")
    for part in words {
      if part.count == 2, part[0].isEmpty {
        self = self + Advice(part[1])
      } else if let remedy = Remedy(words: part) {
        self = self + "\(remedy)"
      } else {
        return nil
      }
    }
  }
}
