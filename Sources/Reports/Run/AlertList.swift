import Diagnostics
import Engine
import Formats
package import Rules
import Session

/// The alerts of a run as someone on duty reads them: the gravest first, each once.
///
/// Alerts of one rule about the same entities within an hour are one line with a count. What a rule and its twin in
/// another language both found is one line with both names.
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

  package init(_ run: PackRun) {
    let stems = run.entries.map { AlertList.stem($0.rule) }
    for (index, entry) in run.entries.enumerated() where entry.hasFired {
      let alerts = entry.alerts
      alertCount += alerts.count
      for line in AlertList.lines(of: alerts, entry: index) { add(line, stems: stems, run) }
    }
    lines = lines.enumerated().sorted { left, right in
      let (first, second) = (Severity.rank(left.element.severity), Severity.rank(right.element.severity))
      if first != second { return first < second }
      let times = (left.element.first ?? Int64.max, right.element.first ?? Int64.max)
      return times.0 != times.1 ? times.0 < times.1 : left.offset < right.offset
    }.map(\.element)
  }

  // MARK: - One rule

  private static func lines(of alerts: [Alert], entry: Int) -> [Line] {
    var open: [Key: Int] = [:]
    var lines: [Line] = []
    let ordered = alerts.enumerated().sorted {
      ($0.element.time ?? Int64.max, $0.offset) < ($1.element.time ?? Int64.max, $1.offset)
    }.map(\.element)
    for alert in ordered {
      let people = people(of: alert)
      let entities = people.who.sorted() + ["\u{0}"] + people.from.sorted()
      let key = Key(rule: entry, entities: entities, severity: alert.severity)
      if let known = open[key], !(people.who.isEmpty && people.from.isEmpty),
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

  /// The lines of a rule by who they are about, for its twins.
  private var places: [String: [Int]] = [:]

  private mutating func add(_ line: Line, stems: [String], _ run: PackRun) {
    guard let entry = line.entries.first else { return }
    let rule = run.entries[entry].rule
    let names = (line.who + line.from).uniqued
    for name in names {
      for place in places["\(stems[entry])\u{0}\(name)"] ?? [] {
        let known = lines[place]
        let isTwin = known.entries.allSatisfy { run.entries[$0].rule.language.name != rule.language.name }
        guard isTwin, AlertList.isNear(known.first, line.first) else { continue }
        lines[place].entries.insert(entry)
        // A twin of the same title is told by its language.
        let title = rule.metadata.title
        lines[place].rules.append(known.rules.contains(title) ? rule.language.title : title)
        lines[place].who = (known.who + line.who).uniqued
        lines[place].from = (known.from + line.from).uniqued
        if Severity.rank(line.severity) < Severity.rank(known.severity) {
          lines[place].severity = line.severity
        }
        return
      }
    }
    for name in names { places["\(stems[entry])\u{0}\(name)", default: []].append(lines.count) }
    lines.append(line)
  }

  /// What a rule and its twin share: the name of the file without those of products and languages, in one folder.
  private static func stem(_ rule: DetectionRule) -> String {
    let file = FilePath(rule.path)
    let others: Set<String> = ["splunk", "sentinel", "kusto", rule.language.name]
    let words = file.stem.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(
      String.init)
    return file.folder + words.filter { !others.contains($0) }.joined(separator: "-")
  }

  // MARK: - Who and from where

  private static let whoNames: Set<String> = [
    "useridentityarn", "callerarn", "user", "user_arn", "user_name", "userprincipalname", "account",
    "accountname",
    "identity", "principal", "arn", "useridentity.arn", "useridentityusername",
  ]
  private static let fromNames: Set<String> = [
    "sourceipaddress", "sourceip", "sourceips", "src", "src_ip", "ipaddress", "ip", "ipaddresses", "callerip",
  ]

  /// The entities of an alert; of a rule that names none, what its columns are called tells.
  private static func people(of alert: Alert) -> (who: [String], from: [String]) {
    var who: [String] = []
    var from: [String] = []
    for entity in alert.entities {
      let isAddress = entity.type.lowercased().hasPrefix("ip")
      for field in entity.fields {
        if isAddress { from.append(field.value) } else { who.append(field.value) }
      }
    }
    if alert.entities.isEmpty {
      for member in alert.row {
        let name = member.key.lowercased()
        if whoNames.contains(name) {
          who += texts(member.value)
        } else if fromNames.contains(name) {
          from += texts(member.value)
        }
      }
    }
    return (who.uniqued, from.uniqued)
  }

  private static func texts(_ value: JSONValue) -> [String] {
    if case .array(let elements) = value { return elements.map(\.scalarText).filter { !$0.isEmpty } }
    let text = value.scalarText
    return text.isEmpty ? [] : [text]
  }
}
