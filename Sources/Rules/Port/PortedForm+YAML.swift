/// Rules in YAML, as each product lays them out.
extension PortedForm {
  func contentctl(_ query: String) -> String {
    let about = rule.metadata
    var yaml = YAMLText()
    yaml.add("name", about.title)
    yaml.add("type", PortedForm.usualType)
    yaml.add("status", PortedForm.usualStatus)
    yaml.add("description", about.description)
    yaml.list("data_source", about.dataSources.isEmpty ? [PortedForm.usualSource] : about.dataSources)
    yaml.block("search", query)
    yaml.list("known_false_positives", about.falsePositives)
    yaml.open("rba")
    yaml.add("message", about.alertDetails.title?.template(in: .dollars) ?? about.title, level: 1)
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

  func sentinel(_ query: String) -> String {
    let about = rule.metadata
    var yaml = YAMLText()
    if isOwnLanguage { yaml.add("id", about.id ?? "") }
    yaml.add("name", about.title)
    yaml.add("kind", (isOwnLanguage ? about.kind : nil) ?? PortedForm.usualKind)
    yaml.add("description", about.description)
    if let severity = about.severity ?? (isOwnLanguage ? nil : PortedForm.usualSeverity) {
      yaml.add("severity", severity.prefix(1).uppercased() + severity.dropFirst())
    }
    if let schedule = about.schedule ?? (isOwnLanguage ? nil : RuleSchedule()) {
      let usual = isOwnLanguage ? "" : PortedForm.usualPeriod
      yaml.add("queryFrequency", schedule.frequency ?? usual)
      yaml.add("queryPeriod", schedule.period ?? usual)
      yaml.add("triggerOperator", schedule.triggerOperator.rawValue)
      yaml.line("triggerThreshold: \(schedule.triggerThreshold)")
    }
    yaml.list("tactics", about.tactics)
    yaml.list("relevantTechniques", about.techniques)
    if isOwnLanguage, !about.dataSources.isEmpty {
      yaml.open("requiredDataConnectors")
      yaml.line("  - dataTypes:")
      for source in about.dataSources { yaml.line("    - \(YAMLText.scalar(source))") }
    }
    yaml.block("query", query)
    entityMappings(&yaml)
    details(&yaml)
    yaml.add("playbook", about.playbook ?? "")
    return yaml.text
  }

  private func entityMappings(_ yaml: inout YAMLText) {
    if rule.metadata.entities.isEmpty { return }
    yaml.open("entityMappings")
    for entity in rule.metadata.entities {
      let kind = EntityKind(entity.type)
      yaml.mapping("entityType", isOwnLanguage ? entity.type : kind.entityType)
      yaml.line("    fieldMappings:")
      for field in entity.fields {
        yaml.line(
          "      - identifier: \(YAMLText.scalar(isOwnLanguage ? field.identifier : kind.identifier))")
        yaml.line("        columnName: \(YAMLText.scalar(field.column))")
      }
    }
  }

  /// What an alert shows.
  private func details(_ yaml: inout YAMLText) {
    let about = rule.metadata
    if !about.customDetails.isEmpty {
      yaml.open("customDetails")
      for detail in about.customDetails {
        yaml.line("  \(YAMLText.scalar(detail.identifier)): \(YAMLText.scalar(detail.column))")
      }
    }
    if about.alertDetails == AlertDetails() { return }
    yaml.open("alertDetailsOverride")
    yaml.add("alertDisplayNameFormat", about.alertDetails.title?.template(in: .braces) ?? "", level: 1)
    yaml.add("alertDescriptionFormat", about.alertDetails.description?.template(in: .braces) ?? "", level: 1)
    yaml.add("alertSeverityColumnName", about.alertDetails.severityColumn ?? "", level: 1)
    yaml.add("alertTacticsColumnName", about.alertDetails.tacticsColumn ?? "", level: 1)
  }
}
