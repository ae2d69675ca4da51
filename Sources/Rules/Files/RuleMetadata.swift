/// What a rule says of itself beside its query.
package struct RuleMetadata: Hashable, Sendable {
  package var title: String
  /// What its product calls such a rule: `Scheduled` or `NRT`, `TTP` or `Anomaly`.
  package var kind: String?
  /// A UUID, if the rule has one.
  package var id: String?
  package var description = ""
  /// informational, low, medium, high or critical.
  package var severity: String?
  /// Techniques of MITRE ATT&CK: `T1496.004`.
  package var techniques: [String] = []
  package var tactics: [String] = []
  package var dataSources: [String] = []
  package var falsePositives: [String] = []
  /// What to look at when it fires.
  package var triage: [String] = []
  /// Nil: any row is an alert.
  package var schedule: RuleSchedule?
  package var entities: [RuleEntity] = []
  /// What an alert shows beside its entities: a name and the column that it comes from.
  package var customDetails: [RuleEntity.Field] = []
  package var alertDetails = AlertDetails()
  /// Where the steps after an alert are written down: a path from the rule's folder, or an address.
  package var playbook: String?
  /// What else its head says to a reader.
  package var remarks: [String] = []
  /// Keys of its YAML, or settings of its stanza, that nothing here reads: an author, a version.
  package var otherKeys: [String] = []

  package init(title: String) { self.title = title }
}

extension RuleMetadata {
  /// Reads the entries of a rule file's header; a rule without a title is called by its file.
  init(_ header: RuleHeader, fileName: String) {
    self.init(title: fileName)
    remarks = header.otherLines
    for entry in header.entries {
      switch entry.key {
      case "title": title = entry.text
      case "id": id = entry.text
      case "description": description = entry.text
      case "severity", "level": severity = entry.text.lowercased()
      case "technique", "techniques", "attack technique": techniques += entry.words
      case "tactic", "tactics": tactics += entry.parts
      case "data source", "data sources": dataSources += entry.texts
      case "false positives", "false positive": falsePositives += entry.texts
      case "triage": triage += entry.texts
      case "entities", "entity": entities += RuleMetadata.pairs(entry).map { RuleEntity(header: $0) }
      case "custom details": customDetails += RuleMetadata.pairs(entry)
      case "alert title": alertDetails.title = AlertTemplate(entry.text, style: .braces)
      case "alert description": alertDetails.description = AlertTemplate(entry.text, style: .braces)
      case "alert severity": alertDetails.severityColumn = entry.text
      case "alert tactics": alertDetails.tacticsColumn = entry.text
      case "playbook": playbook = entry.text
      case "frequency", "period", "trigger": readSchedule(entry)
      // Of the form, not of the rule.
      case "view", "ported from": continue
      default: remarks.append(entry.line)
      }
    }
  }
}

extension RuleMetadata {
  /// `Account=UserIdentityArn, IP=SourceIPAddress`, also one in each line of a list.
  private static func pairs(_ entry: RuleHeader.Entry) -> [RuleEntity.Field] {
    entry.parts.compactMap { part in
      let sides = part.split(separator: "=", maxSplits: 1).map { RuleHeader.trimmed($0) }
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else { return nil }
      return RuleEntity.Field(identifier: sides[0], column: sides[1])
    }
  }

  /// `frequency: 1h`, `period: 1d`, `trigger: gt 5`.
  private mutating func readSchedule(_ entry: RuleHeader.Entry) {
    var schedule = schedule ?? RuleSchedule()
    switch entry.key {
    case "frequency": schedule.frequency = entry.text
    case "period": schedule.period = entry.text
    default:
      let words = entry.words
      if words.count == 2, let known = RuleSchedule.Operator(text: words[0]), let number = Int(words[1]) {
        schedule.triggerOperator = known
        schedule.triggerThreshold = number
      }
    }
    self.schedule = schedule
  }
}
