import Diagnostics
import Engine
import Session

extension LintRule {
  static let timeOutsidePeriod = LintRule(
    "time-outside-period", "A rule that looks further back than its schedule shows it, or runs with gaps.",
    why: """
      Sentinel gives a rule the events of its `queryPeriod` alone: `ago(14d)` in a rule with a period of one day \
      sees one day, and what it compares with has never been seen. A period shorter than the frequency leaves \
      stretches of time that no run sees.
      """,
    triggers: [
      .kql(
        "// period: 1d\n// frequency: 1d\nlet lookback = 14d;\nAWSCloudTrail | where TimeGenerated > ago(lookback)"
      ),
      .kql("// period: 5m\n// frequency: 1h\nAWSCloudTrail | where EventName == 'CreateUser'"),
    ],
    quiet: [
      .kql("// period: 14d\n// frequency: 1d\nAWSCloudTrail | where TimeGenerated > ago(14d)"),
      .kql("AWSCloudTrail | where TimeGenerated > ago(14d)"),
    ]
  ) { subject in
    guard let schedule = subject.rule.metadata.schedule, let period = schedule.periodTicks,
      let written = schedule.period
    else { return [] }
    var findings: [Finding] = []
    if let frequency = schedule.frequencyTicks, frequency > period {
      findings.append(
        Finding(
          "time-outside-period",
          "the rule runs every \(schedule.frequency ?? "") and sees \(written): what lies between is never seen",
          at: nil, of: subject))
    }
    guard subject.query.language.seesPeriodOnly else { return findings }
    // Any time serves, as only its distance counts.
    let now = Ticks.unixEpoch + 20_000 * Ticks.perDay
    for (call, node) in subject.calls {
      let condition = Expression.call(call)
      guard call.readsNowOutsideColumns, let bound = TimeBounds.lowerBound(condition, now) else { continue }
      let distance = now - bound.ticks
      guard distance > period + Ticks.perMinute else { continue }
      findings.append(
        Finding(
          "time-outside-period",
          "this looks back \(ScheduleDuration.text(distance)), and the rule's period shows it \(written)",
          at: subject.place(call, in: node), of: subject))
    }
    return findings
  }
}

extension FunctionCall {
  fileprivate var readsNowOutsideColumns: Bool {
    arguments.contains { $0.columns.isEmpty && $0.readsNow }
  }
}
