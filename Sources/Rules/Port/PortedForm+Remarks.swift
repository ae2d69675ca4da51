import Diagnostics
import Engine
import Session

/// What a rule in YAML loses in the other product's form, and what that form asks for and the rule does not say.
extension PortedForm {
  static let usualType = "TTP"
  static let usualStatus = "experimental"
  static let usualSource = "AWS CloudTrail"
  static let usualKind = "Scheduled"
  static let usualSeverity = "medium"
  static let usualPeriod = "1d"

  var remarks: [WritingRemark] {
    guard isStructured, !isOwnLanguage else { return [] }
    var remarks: [WritingRemark] = []
    if !lost.isEmpty {
      remarks.append(WritingRemark("the new form has no place for \(lost.joined(separator: ", "))"))
    }
    if !invented.isEmpty {
      remarks.append(
        WritingRemark("the rule does not say what the new form asks for: \(invented.joined(separator: ", "))")
      )
    }
    if rule.metadata.id != nil { remarks.append(WritingRemark("the new rule wants an `id` of its own")) }
    return remarks + schedule
  }

  private var lost: [String] {
    let about = rule.metadata
    var lost = about.otherKeys.map { "`\($0)`" }
    switch target.ruleLayout {
    case nil: break
    case .sentinel?:
      if let kind = about.kind { lost.append("`type` (\(kind))") }
      if !about.dataSources.isEmpty { lost.append("`data_source`") }
      if !about.falsePositives.isEmpty { lost.append("known false positives") }
    case .contentctl?:
      if let kind = about.kind, kind != PortedForm.usualKind { lost.append("`kind` (\(kind))") }
      if !about.customDetails.isEmpty {
        lost.append("custom details (\(about.customDetails.map(\.identifier).joined(separator: ", ")))")
      }
      if about.alertDetails.description != nil { lost.append("the description of alerts") }
      if about.alertDetails.severityColumn != nil { lost.append("the severity by row") }
      if about.alertDetails.tacticsColumn != nil { lost.append("the tactics by row") }
      if about.playbook != nil { lost.append("the playbook") }
      for entity in about.entities {
        let names = entity.fields.map(\.identifier)
        if names == [EntityKind(entity.type).identifier] { continue }
        lost.append("what tells one `\(entity.type)` from another (\(names.joined(separator: ", ")))")
      }
    }
    let strange = about.entities.map(\.type).filter { !EntityKind($0).isKnown }.uniqued
    return lost + strange.map { "the entity type `\($0)`" }
  }

  private var invented: [String] {
    let about = rule.metadata
    var made: [String] = []
    switch target.ruleLayout {
    case nil: break
    case .sentinel?:
      if about.severity == nil { made.append("severity \(PortedForm.usualSeverity)") }
      if about.schedule?.frequency == nil { made.append("every \(PortedForm.usualPeriod)") }
      if about.schedule?.period == nil { made.append("over \(PortedForm.usualPeriod)") }
    case .contentctl?:
      made = ["type \(PortedForm.usualType)", "status \(PortedForm.usualStatus)"]
      if about.dataSources.isEmpty { made.append("data source \(PortedForm.usualSource)") }
    }
    return made
  }

  private var schedule: [WritingRemark] {
    guard case .contentctl? = target.ruleLayout, let schedule = rule.metadata.schedule else { return [] }
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
