import Diagnostics
import Engine
import Formats
import Session

/// The file that holds a rule in its new language: a query below a comment, or YAML where the original is YAML.
struct PortedForm {
  let rule: DetectionRule
  let target: any FrontEnd

  /// `rules/ses.kql` is `ses.spl`, `rules/ses.yaml` stays YAML.
  var fileName: String {
    let ending = isStructured && target.ruleLayout != nil ? ".yml" : target.fileEndings.first ?? ""
    return rule.fileStem + ending
  }

  /// What it says beside its query stands in fields, not in a comment.
  private var isStructured: Bool { rule.part != nil || FilePath(rule.path).isYAML }

  /// What the form has no place for.
  var remarks: [WritingRemark] {
    guard isStructured, let layout = target.ruleLayout, let schedule = rule.metadata.schedule else {
      return []
    }
    switch layout {
    case .sentinel: return []
    case .contentctl:
      let times = [
        schedule.frequency.map { "every \($0)" }, schedule.period.map { "over \($0)" },
        "\(schedule.triggerOperator.rawValue) \(schedule.triggerThreshold) rows",
      ]
      return [
        WritingRemark(
          "a detection in contentctl's YAML has no schedule; set it where it is deployed: "
            + times.compactMap(\.self).joined(separator: ", "))
      ]
    }
  }

  func rule(_ query: String) -> DetectionRule {
    if isStructured, let layout = target.ruleLayout { return yamlRule(query, layout) }
    let text = head + query + "\n"
    return RuleFile.rule(text, language: target, path: fileName)
  }

  private func yamlRule(_ query: String, _ layout: RuleLayout) -> DetectionRule {
    let text =
      switch layout {
      case .contentctl: contentctl(query)
      case .sentinel: sentinel(query)
      }
    // What was written here is read back; should it not be, the query alone is the rule.
    if let rule = try? RuleFile.rule(yaml: text, path: fileName) {
      var rule = rule
      // The text reads the events' own fields, whatever an add-on makes of them.
      rule.view = nil
      return rule
    }
    return RuleFile.rule(query, language: target, path: fileName)
  }

  // MARK: - A comment

  private var head: String {
    let about = rule.metadata
    var lines: [String] = []
    func add(_ key: String, _ text: String?) {
      if let text, !text.isEmpty { lines += PortedForm.wrapped("\(key): \(text)", indent: "  ") }
    }
    func list(_ key: String, _ items: [String]) {
      if items.isEmpty { return }
      lines.append("\(key):")
      for item in items { lines += PortedForm.wrapped("  - \(item)", indent: "    ") }
    }
    add("title", about.title)
    add("description", about.description)
    add("severity", about.severity)
    add("frequency", about.schedule?.frequency)
    add("period", about.schedule?.period)
    if let schedule = about.schedule,
      schedule.triggerOperator != .greaterThan || schedule.triggerThreshold != 0
    {
      add("trigger", "\(schedule.triggerOperator.rawValue) \(schedule.triggerThreshold)")
    }
    add("technique", about.techniques.joined(separator: ", "))
    add("tactic", about.tactics.joined(separator: ", "))
    add(
      "entities",
      about.entities.flatMap { entity in entity.fields.map { "\(entity.type)=\($0.column)" } }
        .joined(separator: ", "))
    add("playbook", about.playbook)
    list("data source", about.dataSources)
    list("false positives", about.falsePositives)
    list("triage", about.triage)
    add("ported from", rule.place)
    return target.comment.comment(lines) + "\n"
  }

  private static func wrapped(_ text: String, indent: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, line.count + word.count > 108 {
        lines.append(line)
        line = indent + word
      } else {
        line += line.isEmpty ? String(word) : " \(word)"
      }
    }
    return lines + [line]
  }

  // MARK: - YAML

  private func contentctl(_ query: String) -> String {
    let about = rule.metadata
    var yaml = YAMLText()
    yaml.add("name", about.title)
    yaml.add("type", "TTP")
    yaml.add("status", "experimental")
    yaml.add("description", about.description)
    yaml.list("data_source", about.dataSources.isEmpty ? ["AWS CloudTrail"] : about.dataSources)
    yaml.block("search", query)
    yaml.list("known_false_positives", about.falsePositives)
    yaml.open("rba")
    yaml.add("message", about.title, level: 1)
    yaml.objects("risk_objects", riskObjects(isThreat: false))
    yaml.objects("threat_objects", riskObjects(isThreat: true))
    yaml.open("tags")
    yaml.list("mitre_attack_id", about.techniques, level: 1)
    if let severity = about.severity { yaml.add("severity", severity, level: 1) }
    yaml.list("kill_chain_phases", about.tactics, level: 1)
    return yaml.text
  }

  private func riskObjects(isThreat: Bool) -> [[(String, String)]] {
    rule.metadata.entities.flatMap { entity -> [[(String, String)]] in
      let kind = EntityKind(entity.type)
      guard kind.isThreat == isThreat else { return [] }
      return entity.fields.map { [("field", $0.column), ("type", kind.riskType)] }
    }
  }

  private func sentinel(_ query: String) -> String {
    let about = rule.metadata
    var yaml = YAMLText()
    yaml.add("name", about.title)
    yaml.add("kind", "Scheduled")
    yaml.add("description", about.description)
    let severity = about.severity ?? "medium"
    yaml.add("severity", severity.prefix(1).uppercased() + severity.dropFirst())
    yaml.add("queryFrequency", about.schedule?.frequency ?? "1d")
    yaml.add("queryPeriod", about.schedule?.period ?? "1d")
    yaml.add("triggerOperator", (about.schedule?.triggerOperator ?? .greaterThan).rawValue)
    yaml.line("triggerThreshold: \(about.schedule?.triggerThreshold ?? 0)")
    yaml.list("tactics", about.tactics)
    yaml.list("relevantTechniques", about.techniques)
    yaml.block("query", query)
    if !about.entities.isEmpty {
      yaml.open("entityMappings")
      for entity in about.entities {
        let kind = EntityKind(entity.type)
        yaml.mapping("entityType", kind.entityType)
        yaml.line("    fieldMappings:")
        for field in entity.fields {
          yaml.line("      - identifier: \(kind.identifier)")
          yaml.line("        columnName: \(YAMLText.scalar(field.column))")
        }
      }
    }
    return yaml.text
  }
}

/// An entity as both products name it.
private struct EntityKind {
  let entityType: String
  let identifier: String
  let riskType: String
  let isThreat: Bool

  init(_ type: String) {
    switch type.lowercased() {
    case "account", "user":
      (entityType, identifier, riskType, isThreat) = ("Account", "FullName", "user", false)
    case "ip", "ip_address", "ip address":
      (entityType, identifier, riskType, isThreat) = ("IP", "Address", "ip_address", true)
    case "host", "hostname", "endpoint":
      (entityType, identifier, riskType, isThreat) = ("Host", "HostName", "system", false)
    case "url": (entityType, identifier, riskType, isThreat) = ("URL", "Url", "url", true)
    case "dns", "domain": (entityType, identifier, riskType, isThreat) = ("DNS", "DomainName", "domain", true)
    case "file", "file_name":
      (entityType, identifier, riskType, isThreat) = ("File", "Name", "file_name", true)
    case "process", "process_name":
      (entityType, identifier, riskType, isThreat) = ("Process", "CommandLine", "process_name", true)
    default: (entityType, identifier, riskType, isThreat) = ("CloudApplication", "Name", "other", false)
    }
  }
}

/// YAML as it is written, line by line.
private struct YAMLText {
  private var lines: [String] = []

  var text: String { lines.joined(separator: "\n") + "\n" }

  mutating func line(_ text: String) { lines.append(text) }

  mutating func open(_ key: String) { lines.append("\(key):") }

  mutating func add(_ key: String, _ value: String, level: Int = 0) {
    if !value.isEmpty { lines.append("\(blanks(level))\(key): \(YAMLText.scalar(value))") }
  }

  mutating func list(_ key: String, _ values: [String], level: Int = 0) {
    if values.isEmpty { return }
    lines.append("\(blanks(level))\(key):")
    for value in values { lines.append("\(blanks(level))- \(YAMLText.scalar(value))") }
  }

  mutating func block(_ key: String, _ text: String) {
    lines.append("\(key): |-")
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    lines += parts.map { $0.isEmpty ? "" : "  \($0)" }
  }

  mutating func mapping(_ key: String, _ value: String) {
    lines.append("  - \(key): \(YAMLText.scalar(value))")
  }

  mutating func objects(_ key: String, _ objects: [[(String, String)]]) {
    if objects.isEmpty {
      lines.append("  \(key): []")
      return
    }
    lines.append("  \(key):")
    for object in objects {
      for (index, (name, value)) in object.enumerated() {
        lines.append("  \(index == 0 ? "- " : "  ")\(name): \(YAMLText.scalar(value))")
      }
    }
  }

  private func blanks(_ level: Int) -> String { String(repeating: "  ", count: level) }

  /// A text that YAML reads back as itself.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true
      && text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || "_. ".unicodeScalars.contains($0)
      } && text.last != " "
      && !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
    return isPlain ? text : JSONValue.string(text).text
  }
}
