package import Engine

/// What a lookup's name stands for: its table, and how rows are found in it.
///
/// ```
/// [blocked_domains]
/// filename = blocked_domains.csv
/// match_type = WILDCARD(domain)
/// case_sensitive_match = false
/// min_matches = 1
/// default_match = no
/// ```
/// Without a definition the name is that of a CSV file, whose keys must be equal.
package struct LookupDefinition: Hashable, Sendable {
  package typealias Match = PatternLookupOperator.Match

  package var name: String
  /// The name of a CSV file without its ending, or of a collection.
  package var table: String
  /// A collection of a key-value store has fields without having rows.
  package var isCollection = false
  /// The fields of a collection; empty for those of the file.
  package var fields: [String] = []
  /// How keys are compared that need not be equal.
  package var matches: [String: Match] = [:]
  package var rules = PatternLookupOperator.Rules()
  /// What Trawl cannot do for it, such as run a program.
  package var refusal: String?

  package init(name: String, table: String? = nil) {
    self.name = name
    self.table = table ?? name
  }

  /// Keys that are equal as texts find it all, and what is not found stays absent.
  var isPlain: Bool {
    rules.isCaseSensitive && rules.minimumMatches == 0 && matches.values.allSatisfy { $0 == .exact }
  }
}

extension LookupDefinition {
  /// A setting that cannot be.
  package struct Problem: Error, Hashable, Sendable {
    package var setting: String
    package var message: String
  }

  /// The settings of a stanza of transforms.conf; nil where they define no lookup.
  package init?(name: String, settings: [String: String]) throws(Problem) {
    let file = settings["filename"]
    let external = settings["external_type"]?.lowercased()
    let isCollection = settings["collection"] != nil || external == "kvstore"
    guard file != nil || isCollection || external != nil || settings["external_cmd"] != nil else {
      return nil
    }
    self.init(name: name, table: file.map(LookupDefinition.stem) ?? settings["collection"])
    self.isCollection = isCollection
    if settings["external_cmd"] != nil || external == "python" || external == "executable" {
      refusal = "it runs a program (`external_cmd`)"
    } else if external == "geo" || external == "geo_hex" {
      refusal = "it finds places on a map (`external_type = \(external ?? "")`)"
    } else if settings["time_field"] != nil {
      refusal = "its rows hold for a time (`time_field`)"
    } else if settings["filter"] != nil {
      refusal = "its rows are filtered (`filter`)"
    }
    fields = (settings["fields_list"] ?? "").split(separator: ",").map(LookupDefinition.trimmed).filter {
      !$0.isEmpty
    }
    try readMatchTypes(settings["match_type"] ?? "")
    if let text = settings["case_sensitive_match"] {
      guard let flag = CommandOptions.boolean(of: text) else {
        throw Problem(setting: "case_sensitive_match", message: "is `true` or `false`, not `\(text)`")
      }
      rules.isCaseSensitive = flag
    }
    rules.minimumMatches = try LookupDefinition.number("min_matches", settings, 0...1000) ?? 0
    rules.maximumMatches = try LookupDefinition.number("max_matches", settings, 1...1000) ?? 100
    rules.defaultMatch = settings["default_match"] ?? ""
  }

  /// `WILDCARD(domain), CIDR(network)`, separated by commas or blanks.
  private mutating func readMatchTypes(_ text: String) throws(Problem) {
    for part in text.split(whereSeparator: { $0 == ")" }) {
      let piece = part.drop { $0 == "," || $0.isWhitespace }
      if piece.isEmpty { continue }
      let halves = piece.split(separator: "(", maxSplits: 1)
      guard halves.count == 2, let match = Match(rawValue: LookupDefinition.trimmed(halves[0]).lowercased())
      else {
        throw Problem(
          setting: "match_type", message: "is EXACT, WILDCARD or CIDR with a field, not `\(piece))`")
      }
      matches[LookupDefinition.trimmed(halves[1])] = match
    }
  }

  private static func number(
    _ name: String, _ settings: [String: String], _ range: ClosedRange<Int>
  ) throws(Problem) -> Int? {
    guard let text = settings[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Problem(
        setting: name,
        message: "is a number from \(range.lowerBound) to \(range.upperBound), not `\(text)`")
    }
    return number
  }

  /// `users.csv` is the table `users`.
  package static func stem(_ file: String) -> String {
    file.lowercased().hasSuffix(".csv") ? String(file.dropLast(4)) : file
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
