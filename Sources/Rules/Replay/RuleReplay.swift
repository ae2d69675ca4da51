package import Diagnostics
package import Engine
package import Session

/// What a rule would have found on its schedule.
package struct RuleReplay: Sendable {
  /// An alert, when it was found first.
  package struct Alert: Sendable {
    /// Ticks; the run that found it, and the last that still did.
    package var firstFound: Int64
    package var lastFound: Int64
    /// Runs that found it.
    package var runs: Int
    package var fields: [Field]
    /// Positions of the columns that identify it.
    package var identity: [Int]
    /// The row as it was found first.
    package var row: [Value]
    /// The times of its events as the row tells them.
    package var events: ClosedRange<Int64>?

    package var afterFirst: Int64? { events.map { firstFound - $0.lowerBound } }
    package var afterLast: Int64? { events.map { firstFound - $0.upperBound } }
  }

  package enum Outcome: Sendable {
    case replayed
    /// Its query cannot run.
    case refused(QueryFailure)
    /// It stopped in the run of a time.
    case failed(ExecutionFailure, at: Int64)
    /// What it needs is not there: a table without data, a watchlist, a lookup.
    case notRun([Advice])
    /// It cannot be replayed, and why.
    case notReplayed(Advice)
  }

  package var rule: DetectionRule
  package var schedule: ReplaySchedule?
  package var outcome = Outcome.replayed
  /// In the order in which they were found.
  package var alerts: [Alert] = []
  /// All runs, and those among them that had nothing to read and could find nothing.
  package var runs = 0
  package var runsSkipped = 0
  package var runsFired = 0
  package var notes: [Advice] = []
  package var warnings: [Diagnostic] = []

  package init(rule: DetectionRule) { self.rule = rule }
}

/// All rules of a pack, replayed over one pass of the logs.
package struct PackReplay: Sendable {
  package var rules: [RuleReplay]
  package var report: LoadReport
  package var readsTables: Bool
  package var notes: [Advice]

  /// The run without its rows, for what is said of any run.
  package var queries: Workspace.Run {
    Workspace.Run(outcomes: [], report: report, now: report.latest ?? 0)
  }
}

/// What the user says about schedules; nil leaves it to the rules.
package struct ReplayRequest: Hashable, Sendable {
  /// Ticks.
  package var every: Int64?
  package var period: Int64?

  package init(every: Int64? = nil, period: Int64? = nil) {
    self.every = every
    self.period = period
  }

  /// Why a rule has no schedule.
  struct Problem: Error {
    var reason: Advice
  }

  /// The request counts for more than the rule.
  func schedule(of rule: DetectionRule) throws(Problem) -> ReplaySchedule {
    let known = rule.metadata.schedule
    let every = try duration(self.every, known?.frequency, "frequency")
    let period = try duration(self.period, known?.period, "period")
    guard let every = every ?? period else {
      throw Problem(
        reason: "it has no schedule: \(Remedy.scheduleFrequency) and \(Remedy.schedulePeriod) give one")
    }
    return ReplaySchedule(every: every, period: period ?? every, hasPeriod: period != nil)
  }

  private func duration(_ given: Int64?, _ text: String?, _ what: String) throws(Problem) -> Int64? {
    if let given { return given }
    guard let text else { return nil }
    guard let ticks = ScheduleDuration.ticks(text) else {
      throw Problem(reason: "its \(what) `\(text)` is no time such as 1h, 1d or PT1H")
    }
    return ticks
  }
}
