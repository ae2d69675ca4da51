import Diagnostics
import Engine

extension LintRule {
  static let literalNeverSeen = LintRule(
    "literal-never-seen", "A text that the field never holds in these logs (where there are logs).",
    why: """
      A slip in a name, another case, a blank too many, or logs that never held the event: the nearest values of \
      the field are shown.
      """,
    needsLogs: true,
    triggers: [
      .kql("AWSCloudTrail | where EventName == 'CreateUsers'", events: [LogSurvey.example])
    ],
    quiet: [
      .kql("AWSCloudTrail | where EventName == 'CreateUser'", events: [LogSurvey.example])
    ]
  ) { subject in
    guard let survey = subject.survey else { return [] }
    return survey.tests.compactMap { test in
      guard let counts = survey.counts[test.column.id], !counts.values.isEmpty else { return nil }
      let absent = test.absent(from: counts)
      guard !absent.isEmpty else { return nil }
      let misses = LiteralMisses(
        predicate: test.predicate, literals: absent, name: test.column.name, counts: counts,
        knowledge: FunnelKnowledge()
      ).misses
      guard let first = misses.first else { return nil }
      return Finding(
        "literal-never-seen", first.message, at: test.span, of: subject,
        notes: misses.dropFirst().map { Advice($0.message) })
    }
  }

  static let fieldNeverFilled = LintRule(
    "field-never-filled", "A field that is empty in all of these logs (where there are logs).",
    why: """
      What asks for the field finds nothing: events of this kind do not have it, it is called otherwise, or an \
      add-on makes it that is not there.
      """,
    needsLogs: true,
    triggers: [
      .kql(
        "AWSCloudTrail | where isnotempty(ErrorCode) | summarize count() by ErrorCode",
        events: [LogSurvey.example]),
      .spl("eventName=CreateUser | stats count by requestParameters.userNames", events: [LogSurvey.example]),
    ],
    quiet: [
      .kql(
        "AWSCloudTrail | where isempty(ErrorCode) | summarize count() by EventName",
        events: [LogSurvey.example])
    ]
  ) { subject in
    guard let survey = subject.survey else { return [] }
    return survey.wanted.compactMap { column, span in
      guard let counts = survey.counts[column.id], counts.rowCount > 0, counts.values.isEmpty else {
        return nil
      }
      return Finding(
        "field-never-filled",
        "`\(column.name)` is empty in all \(FunnelMisses.rows(counts.rowCount)) of these logs",
        at: span, of: subject)
    }
  }
}
