import Diagnostics
import Engine
import Formats
import Session

/// Makes alerts of the rows of a rule.
struct AlertMaker {
  let rule: DetectionRule

  /// Columns that hold the time of an event or of a group of events, best first.
  private static let timeNames = [
    "TimeGenerated", "_time", "Timestamp", "EventTime", "EndTime", "LastSeen", "lastTime", "StartTime",
    "FirstSeen",
    "firstTime",
  ]

  func alerts(of table: Table) -> [Alert] {
    let time = AlertMaker.timeColumn(of: table)
    return (0..<table.rowCount).map { row in
      let members = table.fields.indices.map { index in
        JSONValue.Member(table.fields[index].name, json(table.value(row: row, column: index)))
      }
      return alert(
        row: members, time: time.flatMap { AlertMaker.ticks(table.value(row: row, column: $0)) }
      ) { name in
        table.fields.firstIndex { $0.name == name }.map { table.value(row: row, column: $0) }
      }
    }
  }

  /// Of a rule whose threshold is met by no row at all.
  var alertWithoutRow: Alert {
    // Nothing fills the places of a title made for a row.
    var plain = rule
    plain.metadata.alertDetails = AlertDetails()
    return AlertMaker(rule: plain).alert(row: [], time: nil) { _ in nil }
  }

  private func alert(row: [JSONValue.Member], time: Int64?, cell: (String) -> Value?) -> Alert {
    let metadata = rule.metadata
    let details = metadata.alertDetails
    func cellText(_ name: String) -> String? { cell(name).map { self.text($0) } }
    let severity = details.severityColumn.flatMap { cellText($0) }.flatMap { Severity($0)?.rawValue }
    let tactics = details.tacticsColumn.flatMap { cellText($0) }.flatMap { $0.isEmpty ? nil : [$0] }
    let custom = metadata.customDetails.compactMap { detail in
      cell(detail.column).map { JSONValue.Member(detail.identifier, json($0)) }
    }
    return Alert(
      rule: metadata, path: rule.path, title: details.title?.text(cellText) ?? metadata.title,
      description: details.description?.text(cellText) ?? metadata.description,
      severity: severity ?? metadata.severity, tactics: tactics ?? metadata.tactics, time: time,
      entities: entities(cellText), customDetails: custom, playbook: rule.playbookPath, row: row)
  }

  /// Entities with a value; a column that the row lacks or that is empty there gives none.
  private func entities(_ text: (String) -> String?) -> [Alert.Entity] {
    rule.metadata.entities.compactMap { entity in
      let fields = entity.fields.compactMap { field -> Alert.Entity.Field? in
        guard let value = text(field.column), !value.isEmpty else { return nil }
        return Alert.Entity.Field(identifier: field.identifier, column: field.column, value: value)
      }
      return fields.isEmpty ? nil : Alert.Entity(type: entity.type, fields: fields)
    }
  }

  // MARK: - Values

  private func json(_ value: Value) -> JSONValue { value.json(in: rule.language.dialect) }

  private func text(_ value: Value) -> String {
    if value.isNull { return "" }
    switch json(value) {
    case .long(let number): return String(number)
    case .array(let elements): return elements.map(\.scalarText).joined(separator: ", ")
    case .null, .bool, .real, .string, .object: return value.scalarText
    }
  }

  private static func timeColumn(of table: Table) -> Int? {
    for name in timeNames {
      if let index = table.fields.firstIndex(where: { $0.name == name }) { return index }
    }
    return table.fields.firstIndex { $0.type == .datetime }
  }

  /// A time as it is, as seconds since 1970 or as text.
  private static func ticks(_ value: Value) -> Int64? {
    switch value {
    case .datetime(let ticks): return ticks
    case .long(let seconds): return ticks(seconds: Double(seconds))
    case .real(let seconds): return ticks(seconds: seconds)
    case .string(let text):
      if let seconds = Double(text) { return ticks(seconds: seconds) }
      return DatetimeParsing.parseKQL(text)
    case .null, .bool, .decimal, .timespan, .guid, .dynamic: return nil
    }
  }

  /// Numbers that are times of this age: from 2000 to 2100.
  private static func ticks(seconds: Double) -> Int64? {
    guard (946_684_800...4_102_444_800).contains(seconds) else { return nil }
    return Ticks.unixEpoch + Int64(seconds * Double(Ticks.perSecond))
  }
}

extension DetectionRule {
  /// The playbook that the rule names: a path is relative to the rule's file.
  package var playbookPath: String? {
    guard let playbook = metadata.playbook, !playbook.isEmpty else { return nil }
    if playbook.hasPrefix("/") || playbook.contains("://") { return playbook }
    return FilePath(path).folder + playbook
  }
}
