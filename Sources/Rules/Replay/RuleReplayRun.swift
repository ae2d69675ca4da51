import Diagnostics
import Engine
import Session

/// Runs one rule at each time of its schedule.
struct RuleReplayRun {
  let workspace: Workspace
  let entry: ReplayEntry
  let cache: TimedTableCache
  let tables: TimedTables
  let report: LoadReport

  private var result: RuleReplay
  /// The place of an alert in the list, by its identity.
  private var known: [[Value]: Int] = [:]

  init(
    workspace: Workspace, entry: ReplayEntry, cache: TimedTableCache,
    tables: TimedTables, report: LoadReport
  ) {
    self.workspace = workspace
    self.entry = entry
    self.cache = cache
    self.tables = tables
    self.report = report
    result = entry.result
  }

  mutating func replay() -> RuleReplay {
    guard case .replayed = result.outcome, let schedule = result.schedule, let query = entry.shape else {
      return result
    }
    let window = ReplayWindow(schedule, entry.plans)
    guard let earliest = report.earliest, let latest = report.latest.map(window.last),
      let times = schedule.times(from: earliest, to: latest)
    else {
      result.outcome = .notReplayed("no event of the logs has a time")
      return result
    }
    let count = (latest - earliest) / schedule.every
    guard count < Workspace.replayLimit else {
      let text = ScheduleDuration.text(schedule.every)
      result.outcome = .notReplayed(
        "every \(text) over the span of the logs is more than \(Workspace.replayLimit) runs: a larger \(Remedy.scheduleFrequency) gives fewer"
      )
      return result
    }
    if schedule.period < schedule.every {
      result.notes.append("its period is shorter than its frequency: no run sees the events between")
    }
    if let back = window.hidden(at: latest) {
      result.notes.append(
        "its text looks back \(ScheduleDuration.text(back)), and its period shows it \(ScheduleDuration.text(schedule.period))"
      )
    }
    let identities = query.results.map { AlertIdentity(ColumnRole.roles(of: $0.plan)) }
    let names = Set(entry.scans.map(\.table))
    // What subsearches give may change the plan from run to run.
    let skipsEmpty =
      !entry.readsDataEarly && entry.plans.allSatisfy(\.givesNothingOfNothing)
      && !result.rule.metadata.alerts(onRows: 0)
    for time in times {
      result.runs += 1
      let starts = window.starts(at: time)
      if skipsEmpty, !tables.hasRows(of: names, after: starts, through: time) {
        result.runsSkipped += 1
        continue
      }
      do {
        let found = try run(at: time, after: starts)
        let rows = found.reduce(0) { $0 + $1.rowCount }
        if result.rule.metadata.alerts(onRows: rows) {
          result.runsFired += 1
          for (table, identity) in zip(found, identities) { note(table, identity, at: time) }
          if rows == 0 { noteAbsence(at: time) }
        }
      } catch let failure as ExecutionFailure {
        result.outcome = .failed(failure, at: time)
        return result
      } catch let failure as QueryFailure {
        result.outcome = .refused(failure)
        return result
      } catch {
        result.outcome = .notReplayed("it stopped: \(String(describing: error))")
        return result
      }
    }
    return result
  }

  private func run(at time: Int64, after starts: ReplayWindow.Starts) throws -> [Table] {
    try RunLimits.checkpoint()
    guard entry.readsDataEarly, let query = entry.query else {
      let executor = executor(over: tables, at: time, after: starts)
      return try entry.plans.map { try executor.run($0) }
    }
    // Its subsearches see the window as well.
    let resolved = try workspace.resolve(query) { plan in
      let tables = cache.tables(for: plan.scans)
      return DataReply(running: plan, by: executor(over: tables, at: time, after: starts), report)
    }
    let plans = workspace.optimized(resolved)
    let tables = cache.tables(for: plans.flatMap { $0.scans })
    let windowed = executor(over: tables, at: time, after: starts)
    return try plans.map { try windowed.run($0) }
  }

  private func executor(over tables: TimedTables, at time: Int64, after starts: ReplayWindow.Starts)
    -> Executor
  {
    workspace.executor(now: time, profile: nil) { scan throws(ExecutionFailure) in
      try tables.rows(of: scan, after: starts[scan.table], through: time)
    }
  }

  /// A trigger that asks for few rows or none is met without one: the alert is the rule itself.
  private mutating func noteAbsence(at time: Int64) {
    if let place = known[[]] {
      result.alerts[place].lastFound = time
      result.alerts[place].runs += 1
      return
    }
    known[[]] = result.alerts.count
    result.alerts.append(
      RuleReplay.Alert(
        firstFound: time, lastFound: time, runs: 1, fields: [], identity: [], row: [], events: nil))
  }

  private mutating func note(_ table: Table, _ identity: AlertIdentity, at time: Int64) {
    var seen: Set<Int> = []
    for row in 0..<table.rowCount {
      let key = identity.columns.filter { $0 < table.columns.count }.map { table.value(row: row, column: $0) }
      if let place = known[key] {
        // Several rows of one run may be one alert.
        guard seen.insert(place).inserted else { continue }
        result.alerts[place].lastFound = time
        result.alerts[place].runs += 1
        continue
      }
      known[key] = result.alerts.count
      seen.insert(result.alerts.count)
      result.alerts.append(
        RuleReplay.Alert(
          firstFound: time, lastFound: time, runs: 1, fields: table.fields, identity: identity.columns,
          row: table.row(row), events: identity.span(of: row, in: table, until: time)))
    }
  }
}
