/// What a rule says of itself beside its query.
package struct RuleMetadata: Hashable, Sendable {
  package var title: String
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

  package init(title: String) { self.title = title }
}

extension RuleMetadata {
  /// Reads the entries of a rule file's header; a rule without a title is called by its file.
  init(_ header: RuleHeader, fileName: String) {
    self.init(title: fileName)
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
      default: continue
      }
    }
  }
}
