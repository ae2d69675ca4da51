import Engine
package import LogSources

/// How the fields of a source's events are loaded, and which scans can find them.
extension SourceDefinition {
  /// The field with the identity of an event, whatever the source calls it.
  package static let identityField = "event:id"

  /// What all events of the source have in one of Splunk's own fields.
  private func constant(of field: String, index: String?) -> String? {
    switch field {
    case "sourcetype": sourcetype
    case "index": index ?? "main"
    case "host": "localhost"
    case "linecount": "1"
    default: nil
    }
  }

  func request(for field: String, index: String?) -> FieldRequest {
    switch field {
    case "_time": return FieldRequest(name: field, paths: events.time, form: .datetime, type: .datetime)
    case "_raw": return FieldRequest(name: field, paths: [.record], form: .text, type: .string)
    case "source": return FieldRequest(name: field, paths: [.file], form: .optionalText, type: .string)
    case SourceDefinition.identityField:
      let paths = eventID.map { [FieldPath($0)] } ?? []
      return FieldRequest(name: field, paths: paths, form: .text, type: .string)
    default: break
    }
    if let text = constant(of: field, index: index) {
      return FieldRequest(name: field, paths: [.constant(text)], form: .optionalText, type: .string)
    }
    if field.hasPrefix(AddonFieldView.prefix) {
      let name = String(field.dropFirst(AddonFieldView.prefix.count))
      let made: [FieldPath]
      if case .paths(let paths)? = addonFields[name] { made = paths } else { made = paths(of: name) }
      return FieldRequest(name: field, paths: made, form: .optionalText, type: .string)
    }
    let type: DataType = field.utf8.contains(UInt8(ascii: "{")) ? .dynamic : .string
    return FieldRequest(name: field, paths: paths(of: field), form: .optionalText, type: type)
  }

  /// Whether an event of the source may satisfy the condition of a scan. That it does not is certain where one of
  /// Splunk's own fields, which all of the source's events share, must be another one.
  func mayGiveRows(to scan: Scan, index: String?) -> Bool {
    guard let predicate = scan.predicate else { return true }
    return !isRefuted(predicate) { column in
      scan.sources.first { $0.column.id == column.id }.flatMap { constant(of: $0.field, index: index) }
    }
  }

  private func isRefuted(_ condition: Expression, _ constant: (PlanColumn) -> String?) -> Bool {
    let all = condition.conjuncts
    if all.count > 1 { return all.contains { isRefuted($0, constant) } }
    let any = condition.disjuncts
    if any.count > 1 { return any.allSatisfy { isRefuted($0, constant) } }
    guard let predicate = Predicate(condition), case .column(let column) = predicate.subject,
      let text = constant(column)
    else { return false }
    return predicate.holds(for: .string(text)) == false
  }
}

/// Which of the fields of a scan say what an event is about, in either language.
extension SourceDefinition {
  package func namesEvents(by field: String) -> Bool {
    guard let eventNames else { return false }
    return field == eventNames.column || isField(field, at: eventNames.path)
  }

  package func namesServices(by field: String) -> Bool {
    guard let eventNames else { return false }
    return field == eventNames.serviceColumn || eventNames.servicePath.map { isField(field, at: $0) } == true
  }

  /// The path itself, or a name that the add-on gives it.
  private func isField(_ field: String, at path: String) -> Bool {
    if field.hasPrefix(AddonFieldView.prefix) {
      let name = String(field.dropFirst(AddonFieldView.prefix.count))
      return addonFields[name] == .paths([FieldPath(path)])
    }
    return paths(of: field).contains(FieldPath(path))
  }
}
