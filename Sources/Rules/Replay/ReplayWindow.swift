import Engine

/// Which rows each run of a replay sees, and when the last run is.
///
/// A rule that compares times with `now` cuts its window itself: it is handed both ends, and decides. Another one sees
/// what lies after the start of its period, up to and with the time of the run, so that each event is in one run.
struct ReplayWindow: Sendable {
  let schedule: ReplaySchedule
  let plans: [LogicalPlan]
  let cutsItself: Bool

  init(_ schedule: ReplaySchedule, _ plans: [LogicalPlan]) {
    self.schedule = schedule
    self.plans = plans
    cutsItself = plans.contains { $0.filtersByNow }
  }

  /// The time after which the rows of each table are seen in a run; other tables begin at the period.
  struct Starts: Sendable {
    var standard: Int64
    var tables: [String: Int64] = [:]

    subscript(table: String) -> Int64 { tables[table] ?? standard }
  }

  func starts(at time: Int64) -> Starts {
    let edge: Int64 = cutsItself ? 1 : 0
    var starts = Starts(standard: time - schedule.period - edge)
    guard cutsItself, !schedule.hasPeriod else { return starts }
    // Nobody gave a period: the rule looks as far back as its text says.
    for window in plans.flatMap({ TimeBounds.windows(of: $0, now: time) }) {
      guard let earliest = window.earliest else { continue }
      starts.tables[window.table] = min(starts[window.table], earliest - edge)
    }
    return starts
  }

  /// The time of the newest event that some run has to see, moved on by what the text leaves out of the end.
  func last(_ latest: Int64) -> Int64 {
    guard cutsItself else { return latest }
    // `< now()` sees an event at the full hour an hour later.
    let first = latest.addingReportingOverflow(1).partialValue
    let time = schedule.times(from: first, to: first)?.first { _ in true } ?? first
    let delay = plans.flatMap { TimeBounds.windows(of: $0, now: time) }.compactMap(\.latest).map { time - $0 }
      .max()
    return first.addingReportingOverflow(max(0, delay ?? 0)).partialValue
  }

  /// How far back the text looks, if that is further than the period lets it.
  func hidden(at time: Int64) -> Int64? {
    guard cutsItself, schedule.hasPeriod else { return nil }
    let earliest = plans.flatMap { TimeBounds.windows(of: $0, now: time) }.compactMap(\.earliest).min()
    guard let earliest, time - earliest > schedule.period + Ticks.perMinute else { return nil }
    return time - earliest
  }
}
