import Diagnostics
import Engine
import Formats
import Rules
import Session

/// The alerts of a run as someone on duty reads them: the gravest first, each once.
///
/// Alerts of one rule about the same entities within an hour are one line with a count. What a rule and its twin in
/// another language both found, about exactly the same entities within an hour, is one line with both names.
package struct AlertList: Sendable {
  package struct Line: Sendable {
    /// Of the first rule that found it.
    package var severity: String?
    /// Ticks; of the first and the last alert.
    package var first: Int64?
    package var last: Int64?
    /// Titles of the rules.
    package var rules: [String]
    /// As the rule words it for this alert; nil where that is its title.
    package var title: String?
    package var who: [String]
    package var from: [String]
    package var count: Int
    package var techniques: [String]
    /// Indexes of the entries of the run.
    var entries: Set<Int>
    fileprivate var key: Key
  }

  fileprivate struct Key: Hashable {
    var rule: Int
    var entities: [String]
    var severity: String?
  }

  /// Alerts about the same within this time are one.
  package static let window = Ticks.perHour

  package private(set) var lines: [Line] = []
  /// Alerts, each row counted.
  package private(set) var alertCount = 0

  init(_ run: PackRun, _ alerts: [[Alert]]) {
    languages = run.entries.map(\.rule.language.name).uniqued
    let stems = run.entries.map { AlertList.stem($0.rule) }
    for (index, alerts) in alerts.enumerated() {
      alertCount += alerts.count
      for line in AlertList.lines(of: alerts, entry: index) { add(line, stem: stems[index], run) }
    }
    lines = lines.enumerated().sorted { left, right in
      let (first, second) = (AlertList.rank(left.element), AlertList.rank(right.element))
      if first != second { return first < second }
      let times = (left.element.first ?? Int64.max, right.element.first ?? Int64.max)
      return times.0 != times.1 ? times.0 < times.1 : left.offset < right.offset
    }.map(\.element)
  }

  private static func rank(_ line: Line) -> Int { Severity.rank(Severity(line.severity)) }

  // MARK: - One rule

  private static func lines(of alerts: [Alert], entry: Int) -> [Line] {
    var open: [Key: Int] = [:]
    var lines: [Line] = []
    let ordered = alerts.enumerated().sorted {
      ($0.element.time ?? Int64.max, $0.offset) < ($1.element.time ?? Int64.max, $1.offset)
    }.map(\.element)
    for alert in ordered {
      let people = alert.people
      let entities = people.who.sorted() + ["\u{0}"] + people.from.sorted()
      let key = Key(rule: entry, entities: entities, severity: alert.severity)
      if let known = open[key], !people.isEmpty,
        isNear(lines[known].last, alert.time)
      {
        lines[known].count += 1
        lines[known].last = alert.time ?? lines[known].last
        continue
      }
      open[key] = lines.count
      lines.append(
        Line(
          severity: alert.severity, first: alert.time, last: alert.time, rules: [alert.rule.title],
          title: alert.title == alert.rule.title ? nil : alert.title, who: people.who, from: people.from,
          count: 1,
          techniques: alert.rule.techniques, entries: [entry], key: key))
    }
    return lines
  }

  private static func isNear(_ first: Int64?, _ second: Int64?) -> Bool {
    guard let first, let second else { return first == nil && second == nil }
    return abs(second - first) <= window
  }

  // MARK: - Twins

  /// What two lines of twins have in common.
  private struct TwinKey: Hashable {
    var stem: String
    var language: String
    var who: Set<String>
    var from: Set<String>
    /// Of the first alert, in windows; lines near each other are in the same one or in neighbours.
    var window: Int64?
  }

  private var places: [TwinKey: [Int]] = [:]
  private let languages: [String]

  private mutating func add(_ line: Line, stem: String, _ run: PackRun) {
    guard let entry = line.entries.first else { return }
    let rule = run.entries[entry].rule
    let key = TwinKey(
      stem: stem, language: rule.language.name, who: Set(line.who), from: Set(line.from),
      window: line.first.map { $0 / AlertList.window })
    let isAboutSomeone = !line.who.isEmpty || !line.from.isEmpty
    if isAboutSomeone, let place = twin(of: line, key, run) { return merge(line, of: rule, into: place) }
    if isAboutSomeone { places[key, default: []].append(lines.count) }
    lines.append(line)
  }

  /// The line of a twin about the same: of several the one of the same severity, then the nearest in time.
  private func twin(of line: Line, _ key: TwinKey, _ run: PackRun) -> Int? {
    let languages = languages.filter { $0 != key.language }
    let windows: [Int64?] = key.window.map { [$0 - 1, $0, $0 + 1] } ?? [nil]
    var found: [Int] = []
    for language in languages {
      for window in windows {
        var other = key
        other.language = language
        other.window = window
        found += places[other] ?? []
      }
    }
    func distance(_ place: Int) -> Int64 { abs((lines[place].first ?? 0) - (line.first ?? 0)) }
    return found.filter { place in
      AlertList.isNear(lines[place].first, line.first)
        && lines[place].entries.allSatisfy { run.entries[$0].rule.language.name != key.language }
    }.min { left, right in
      let isSame = (lines[left].severity == line.severity, lines[right].severity == line.severity)
      return isSame.0 == isSame.1 ? (distance(left), left) < (distance(right), right) : isSame.0
    }
  }

  private mutating func merge(_ line: Line, of rule: DetectionRule, into place: Int) {
    lines[place].entries.formUnion(line.entries)
    // A twin of the same title is told by its language.
    let title = rule.metadata.title
    lines[place].rules.append(lines[place].rules.contains(title) ? rule.language.title : title)
    if AlertList.rank(line) < AlertList.rank(lines[place]) { lines[place].severity = line.severity }
  }

  /// What a rule and its twin share: the name of the file without those of products and languages, in one folder.
  private static func stem(_ rule: DetectionRule) -> String {
    let file = FilePath(rule.path)
    let others: Set<String> = ["splunk", "sentinel", "kusto", rule.language.name]
    let words = file.stem.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(
      String.init)
    // Of several rules in a file each is told by its part.
    return file.folder + words.filter { !others.contains($0) }.joined(separator: "-")
      + (rule.part.map { "\u{0}\($0)" } ?? "")
  }
}
