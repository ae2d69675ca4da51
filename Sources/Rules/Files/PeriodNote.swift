import Diagnostics
import Engine

/// Says where a rule saw events that its schedule would not let it see.
enum PeriodNote {
  /// Nil if the logs are not longer than the period, or the rule bounds its time by itself.
  static func text(
    for rule: DetectionRule, _ plans: [LogicalPlan], _ report: LoadReport, now: Int64
  ) -> Advice? {
    guard let period = rule.metadata.schedule?.periodTicks, let written = rule.metadata.schedule?.period,
      let earliest = report.earliest
    else { return nil }
    let start = Ticks.spanBase(ofNow: now).subtractingReportingOverflow(period).partialValue
    guard earliest < start else { return nil }
    let windows = plans.flatMap { TimeBounds.windows(of: $0, now: now) }
    if !windows.isEmpty, windows.allSatisfy({ ($0.earliest ?? Int64.min) >= start }) { return nil }
    return
      "its period is \(written), and it saw events that are older; \(Remedy.appliedPeriod) leaves them out"
  }
}
