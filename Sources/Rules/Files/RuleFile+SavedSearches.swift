import Diagnostics
import Engine
import Formats
import Session

extension RuleFile {
  /// What a file gives that may hold several rules.
  struct Contents {
    var rules: [DetectionRule] = []
    /// Parts that are no rule, and why.
    var skipped: [(part: String, reason: String)] = []
    /// Rules that say what no rule can.
    var broken: [QueryFailure] = []
  }

  /// The searches of a `savedsearches.conf`, each with its schedule, threshold and what Enterprise Security adds.
  ///
  /// ```
  /// [AWS - Mail - Rule]
  /// search = sourcetype=aws:cloudtrail eventName=SendEmail \
  /// | stats count by userIdentity.arn
  /// cron_schedule = */30 * * * *
  /// dispatch.earliest_time = -35m@m
  /// ```
  /// A search that is disabled there is read as well: content comes disabled, to be looked at first.
  static func savedSearches(_ text: String, path: String) -> Contents {
    let file = SourceText(name: path, text: text)
    let (stanzas, wrong) = ConfigurationStanza.read(file)
    var contents = Contents()
    for span in wrong {
      contents.broken.append(
        QueryFailure(
          [.error("invalid-configuration", "this line is neither `[name]` nor `setting = value`", at: span)],
          in: file))
    }
    for stanza in stanzas {
      guard let search = stanza.setting("search"), !search.value.isEmpty else {
        contents.skipped.append((stanza.heading, "it has no `search`"))
        continue
      }
      do throws(SavedSearchProblem) {
        var rule = DetectionRule(
          metadata: try RuleMetadata(savedSearch: stanza), query: search.source(in: file), language: .spl,
          path: path, file: file)
        rule.part = stanza.heading
        rule.view = .addon
        contents.rules.append(rule)
      } catch {
        contents.broken.append(
          QueryFailure(
            [.error("unsupported-alert", error.message, at: file.lineSpan(error.setting.line - 1))], in: file)
        )
      }
    }
    return contents
  }
}

/// A setting that asks for what is not run.
struct SavedSearchProblem: Error {
  var setting: ConfigurationStanza.Setting
  var message: String
}

extension RuleMetadata {
  init(savedSearch stanza: ConfigurationStanza) throws(SavedSearchProblem) {
    let settings = stanza.settings
    func text(_ key: String) -> String? { settings[key].flatMap { $0.isEmpty ? nil : $0 } }
    self.init(title: text("action.correlationsearch.label") ?? stanza.heading)
    description = (text("description") ?? text("action.notable.param.rule_description") ?? "")
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    severity =
      (Severity(text("action.notable.param.severity"))
      ?? text("alert.severity").flatMap(Int.init).flatMap { Severity(number: $0) })?.rawValue
    alertDetails.title = text("action.notable.param.rule_title").map { AlertTemplate($0, style: .dollars) }
    alertDetails.description = text("action.notable.param.rule_description").map {
      AlertTemplate($0, style: .dollars)
    }
    if let annotations = RuleMetadata.document(stanza.setting("action.correlationsearch.annotations")) {
      techniques = annotations["mitre_attack"]?.texts ?? []
      tactics = annotations["kill_chain_phases"]?.texts ?? []
    }
    // `risk_object_field` and `threat_object_field` name columns.
    for object in RuleMetadata.document(stanza.setting("action.risk.param._risk"))?.elements ?? [] {
      for kind in ["risk_object", "threat_object"] {
        guard let field = object["\(kind)_field"]?.text, let type = object["\(kind)_type"]?.text else {
          continue
        }
        entities.append(
          RuleEntity(type: type, fields: [RuleEntity.Field(identifier: "name", column: field)]))
      }
    }
    schedule = try RuleSchedule(savedSearch: stanza)
    otherKeys = RuleMetadata.unread(stanza, schedule)
  }

  /// What nothing here reads: what else is done when it fires, a schedule that no duration says, scores of risk.
  private static func unread(_ stanza: ConfigurationStanza, _ schedule: RuleSchedule?) -> [String] {
    var read: Set<String> = [
      "search", "description", "alert.severity", "action.correlationsearch.label",
      "action.correlationsearch.annotations", "action.notable.param.severity",
      "action.notable.param.rule_title", "action.notable.param.rule_description",
      "action.risk.param._risk", "alert_condition", "counttype", "alert_type", "relation",
      "alert_comparator", "quantity", "alert_threshold",
      // Switches of what is read.
      "enableSched", "is_scheduled", "action.correlationsearch.enabled", "action.notable", "action.risk",
    ]
    if schedule?.frequency != nil { read.insert("cron_schedule") }
    if schedule?.period != nil { read.formUnion(["dispatch.earliest_time", "dispatch.latest_time"]) }
    let annotations = document(stanza.setting("action.correlationsearch.annotations"))?.entries ?? []
    let objects = document(stanza.setting("action.risk.param._risk"))?.elements ?? []
    let fields = ["risk_object", "threat_object"].flatMap { ["\($0)_field", "\($0)_type"] }
    let others = annotations.map(\.key).filter { !["mitre_attack", "kill_chain_phases"].contains($0) }
    let scores = objects.flatMap(\.entries).map(\.key).uniqued.filter { !fields.contains($0) }
    return stanza.entries.filter { !$0.value.isEmpty }.map(\.key).uniqued.filter { !read.contains($0) }
      + others.map { "annotations.\($0)" } + scores.map { "\($0) of risk objects" }
  }

  /// A setting in JSON.
  private static func document(_ setting: ConfigurationStanza.Setting?) -> YAMLNode? {
    setting.flatMap { try? YAMLReader.read($0.value) }
  }
}

extension RuleSchedule {
  /// `cron_schedule`, `dispatch.earliest_time`, and the comparison that makes an alert of rows.
  fileprivate init?(savedSearch stanza: ConfigurationStanza) throws(SavedSearchProblem) {
    self.init()
    let settings = stanza.settings
    frequency = settings["cron_schedule"].flatMap(RuleSchedule.frequency(cron:))
    period = settings["dispatch.earliest_time"].flatMap {
      RuleSchedule.period(from: $0, to: settings["dispatch.latest_time"] ?? "now")
    }
    if let condition = stanza.setting("alert_condition"), !condition.value.isEmpty {
      throw SavedSearchProblem(
        setting: condition,
        message: "an alert's own condition is not run; write it as the search's last command")
    }
    let counts = stanza.setting("counttype") ?? stanza.setting("alert_type")
    switch counts?.value.lowercased() {
    case nil, "", "always": break
    case "number of events", "number of results":
      let relation = stanza.setting("relation") ?? stanza.setting("alert_comparator")
      let known: [String: Operator] = [
        "greater than": .greaterThan, "less than": .lessThan, "equal to": .equal, "not equal to": .notEqual,
      ]
      if let relation {
        guard let triggerOperator = known[relation.value.lowercased()] else {
          throw SavedSearchProblem(
            setting: relation,
            message: "`\(relation.value)` compares with an earlier run, of which nothing is known here")
        }
        self.triggerOperator = triggerOperator
      }
      if let quantity = stanza.setting("quantity") ?? stanza.setting("alert_threshold") {
        guard let number = Int(quantity.value) else {
          throw SavedSearchProblem(setting: quantity, message: "`\(quantity.key)` is a whole number")
        }
        triggerThreshold = number
      }
    default:
      if let counts {
        throw SavedSearchProblem(
          setting: counts, message: "alerts by `\(counts.value)` are not made; those by number of events are")
      }
    }
    if frequency == nil, period == nil, counts == nil { return nil }
  }

  /// The time between two runs, of a schedule that has one: `*/15 * * * *` is 15m, `7 * * * *` is 1h.
  private static func frequency(cron: String) -> String? {
    let fields = cron.split(separator: " ").map(String.init)
    guard fields.count == 5 else { return nil }
    func step(_ field: String) -> Int? {
      let parts = field.split(separator: "/")
      guard parts.count == 2, parts[0] == "*" || parts[0].contains("-") else { return nil }
      return Int(parts[1]).flatMap { $0 > 0 ? $0 : nil }
    }
    let isFixed = fields.map { Int($0) != nil }
    let rest = fields[1...].allSatisfy { $0 == "*" }
    if fields[0] == "*", rest { return "1m" }
    if rest, let minutes = step(fields[0]) { return "\(minutes)m" }
    if isFixed[0], rest { return "1h" }
    if isFixed[0], let hours = step(fields[1]), fields[2...].allSatisfy({ $0 == "*" }) { return "\(hours)h" }
    if isFixed[0], isFixed[1], fields[2...].allSatisfy({ $0 == "*" }) { return "1d" }
    if isFixed[0], isFixed[1], fields[2...3].allSatisfy({ $0 == "*" }), isFixed[4] { return "7d" }
    return nil
  }

  /// `-70m@m` to `-10m@m` is 60m; nil where months or fixed times are named.
  private static func period(from earliest: String, to latest: String) -> String? {
    guard let start = distance(earliest), let end = distance(latest), start < end else { return nil }
    let seconds = (end - start) / Ticks.perSecond
    for (size, unit) in [(86400, "d"), (3600, "h"), (60, "m")] as [(Int64, String)]
    where seconds % size == 0 {
      return "\(seconds / size)\(unit)"
    }
    return "\(seconds)s"
  }

  /// Ticks from now; what snaps take away is no part of a period.
  private static func distance(_ time: String) -> Int64? {
    time.isEmpty ? 0 : RelativeTime(time)?.distance
  }
}
