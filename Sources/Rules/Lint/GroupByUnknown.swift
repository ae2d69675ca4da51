import Diagnostics
import Engine
import LogSources
import SPL
import Session

extension LintRule {
  static let groupByUnknown = LintRule(
    "group-by-unknown", "An SPL group-by on a field that nothing creates drops every row.",
    why: """
      `stats … by` leaves out rows that lack one of its fields. A field that no event has and no command makes \
      is missing in all of them, so the search never finds anything.
      """,
    triggers: [
      .spl("eventName=PutImage | stats count by eventName, phase"),
      .spl("eventName=PutImage | fields eventName | stats count by awsRegion"),
    ],
    quiet: [
      .spl("eventName=PutImage | eval phase=\"late\" | stats count by eventName, phase"),
      .spl("eventName=PutImage | stats count by requestParameters.registryId"),
      .spl("eventName=PutImage | stats count by user_arn", view: .addon),
      .spl(
        "sourcetype=o365:management:activity Operation=Add | stats count by ClientIP, action", view: .addon),
    ]
  ) { subject in
    // A wildcard or the events themselves may name the field.
    if SPLMadeNames.hasOpenNames(subject) { return [] }
    let fields = subject.syntax.all(GroupingSyntax.self).map(\.field)
    let said = Set(
      subject.query.warnings.filter { ["unknown-field", "absent-field"].contains($0.id) }
        .compactMap { $0.primary?.span })
    let read = GroupByUnknown.unknownSources(in: subject)
    return fields.compactMap { field in
      guard said.contains(field.span) || read.contains(field.name) else { return nil }
      let advice = subject.query.warnings.first { $0.primary?.span == field.span }
      return Finding(
        "group-by-unknown", "no row has `\(field.name)`, so this group-by drops every row", at: field.span,
        of: subject, notes: advice?.notes ?? [], suggestions: advice?.suggestions ?? [])
    }
  }
}

private enum GroupByUnknown {
  /// Group keys that are read from the events of a source, which cannot have them.
  static func unknownSources(in subject: LintSubject) -> Set<String> {
    var fields: [ColumnID: String] = [:]
    for case .scan(let scan) in subject.nodes where scan.table == SplunkEvents.table {
      for source in scan.sources { fields[source.column.id] = source.field }
    }
    guard let source = source(of: subject, fields) else { return [] }
    var result: Set<String> = []
    for case .aggregate(let aggregate) in subject.nodes where aggregate.dropsNullKeys {
      for key in aggregate.keys {
        guard case .column(let column) = key.expression, let field = fields[column.id],
          !field.hasPrefix(AddonFieldView.prefix), !EventFields.isKnown(field, in: [source])
        else { continue }
        result.insert(key.column.name)
      }
    }
    return result
  }

  /// The source that a search asks for by its source type, or for an event by name and for no other source.
  private static func source(of subject: LintSubject, _ fields: [ColumnID: String]) -> SourceDefinition? {
    let sources = subject.workspace.configuration.sources
    var byName: SourceDefinition?
    for (call, node) in subject.calls {
      // What makes the fields of a view also compares source types and events.
      guard case .filter = node, let predicate = Predicate(.call(call)), !predicate.meaning.isNegated,
        predicate.meaning.test == .equals || predicate.meaning.test == .present,
        case .column(let column) = predicate.subject, let field = fields[column.id]
      else { continue }
      switch field {
      case "sourcetype", "source", "eventtype", "index":
        guard let text = predicate.knownTexts.first else { continue }
        return sources.first { $0.sourcetype == text.lowercased() }
      default: byName = byName ?? sources.first { $0.namesEvents(by: field) }
      }
    }
    return byName
  }
}
