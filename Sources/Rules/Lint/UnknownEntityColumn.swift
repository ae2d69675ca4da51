import Diagnostics
import Engine
import Session

extension LintRule {
  static let unknownEntityColumn = LintRule(
    "unknown-entity-column", "Alerts take an entity or a detail from a column that the query does not give.",
    why: """
      The alert then shows no account or address, and correlation by entity passes it over. Keep the column in \
      the last `project` or `summarize`, or name one that is there.
      """,
    triggers: [
      .kql("// entities: Account=UserArn\nAWSCloudTrail | summarize n = count() by UserIdentityArn")
    ],
    quiet: [
      .kql("// entities: Account=UserIdentityArn\nAWSCloudTrail | summarize n = count() by UserIdentityArn")
    ]
  ) { subject in
    // Columns that only the data tell may be among those of an open plan.
    guard let plan = subject.query.results.first?.plan, !plan.isOpen else { return [] }
    let names = plan.columns.map(\.name)
    let metadata = subject.rule.metadata
    let file = subject.rule.file
    var findings: [Finding] = []
    func check(_ field: RuleEntity.Field, _ what: String) {
      if names.contains(field.column) || EntityPlace.standard.contains(field.column) { return }
      findings.append(
        Finding(
          .warning(
            "unknown-entity-column", "\(what) takes `\(field.column)`, which the query does not give",
            at: EntityPlace.span(of: field, in: file),
            suggestions: NearestNames.of(field.column, among: names).map { .init("the nearest is `\($0)`") }),
          in: file))
    }
    for entity in metadata.entities {
      for field in entity.fields { check(field, "the entity `\(entity.type)`") }
    }
    for detail in metadata.customDetails { check(detail, "the detail `\(detail.identifier)`") }
    let details = metadata.alertDetails
    for column in details.columns {
      let what =
        column == details.severityColumn
        ? "the severity" : column == details.tacticsColumn ? "the tactic" : "the title or description"
      check(RuleEntity.Field(identifier: "", column: column), "\(what) of alerts")
    }
    return findings
  }
}

private enum EntityPlace {
  /// Columns that a workspace gives to every table, and that no list of a table's columns has.
  static let standard: Set<String> = ["_ResourceId", "_SubscriptionId", "TenantId", "Type", "_ItemId"]

  /// Where the file names the column.
  static func span(of field: RuleEntity.Field, in file: SourceText) -> SourceSpan? {
    let name = Array(field.column.utf8)
    if let line = field.line, let column = field.columnNumber, line <= file.lineCount {
      let whole = file.lineSpan(line - 1)
      let before = String(file[whole].prefix(max(0, column - 1)))
      let start = whole.lowerBound + before.utf8.count
      return SourceSpan(start, min(whole.upperBound, start + name.count))
    }
    let bytes = Array(file.text.utf8)
    // Where it is a place for a cell, else where a header names it, else where it first stands.
    for pattern in ["{{\(field.column)}}", "$\(field.column)$", "=\(field.column)", field.column] {
      let wanted = Array(pattern.utf8)
      guard !wanted.isEmpty, bytes.count >= wanted.count else { continue }
      for start in 0...(bytes.count - wanted.count)
      where bytes[start..<start + wanted.count].elementsEqual(wanted) {
        return SourceSpan(start, start + wanted.count)
      }
    }
    return nil
  }
}
