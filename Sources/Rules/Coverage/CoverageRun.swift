import Diagnostics
import Engine
import LogSources
package import Session

/// Runs rules over several logs, or over the days of one, and compares what they read with what is there.
package struct CoverageRun: Sendable {
  /// More days than this make no table that can be read.
  private static let mostDays = 100

  private let configuration: WorkspaceConfiguration

  package init(_ configuration: WorkspaceConfiguration) { self.configuration = configuration }

  package func run(_ rules: [DetectionRule]) throws -> Coverage {
    let workspace = Workspace(configuration)
    var coverage =
      configuration.logs.count > 1 ? try byLog(rules) : try byDay(rules, in: workspace)
    let events = try CoverageRun.events(in: workspace)
    coverage.events = events.names
    coverage.report = events.report
    let subjects = rules.compactMap { rule -> LintSubject? in
      var variables: Set<String> = []
      guard let query = try? workspace.compile(rule, variables: &variables) else { return nil }
      return LintSubject(rule: rule, query: query, workspace: workspace)
    }
    var isRead = [Bool](repeating: false, count: events.names.count)
    let executor = workspace.executor(over: workspace.load([CompiledQuery]()), now: 0, profile: nil)
    for subject in subjects {
      let reading = try EventNamesRead(subject, among: events.names, executor: executor)
      if reading.readsEverything { coverage.readsEverything.append(subject.rule.place) }
      for index in reading.indexes { isRead[index] = true }
    }
    coverage.unread = zip(events.names, isRead).filter { !$0.1 }.map(\.0)
    let check = try RuleCheck(workspace, comparesLogs: true).check(rules)
    for entry in check.entries {
      for finding in entry.findings where finding.slug == LintRule.literalNeverSeen.slug {
        let line = finding.diagnostic.primary.map { finding.source.position(of: $0.span.lowerBound).line }
        coverage.absentTexts.append(
          Coverage.AbsentText(path: entry.rule.place, line: line, message: finding.diagnostic.message))
      }
    }
    return coverage
  }

  private static func empty(_ logs: [String], _ rules: [DetectionRule]) -> Coverage {
    Coverage(
      logs: logs, rows: rules.map { Coverage.Row(rule: $0, cells: []) }, events: [], unread: [],
      readsEverything: [], absentTexts: [], report: LoadReport())
  }

  // MARK: - Columns

  private func byLog(_ rules: [DetectionRule]) throws -> Coverage {
    var coverage = CoverageRun.empty(configuration.logs, rules)
    for log in configuration.logs {
      var one = configuration
      one.logs = [log]
      let run = try Workspace(one).run(rules)
      for (index, entry) in run.entries.enumerated() {
        coverage.rows[index].cells.append(CoverageRun.cell(entry))
      }
    }
    return coverage
  }

  private static func cell(_ entry: PackRun.Entry) -> Coverage.Cell {
    switch entry.outcome {
    case .ran: entry.hasFired ? .fired(rows: entry.rowCount) : .silent
    case .notRun(let reasons): .notRun(reasons.joined(separator: "; "))
    case .refused(let failure): .refused(failure.diagnostics.first?.message ?? "")
    case .failed(let failure): .stopped(failure.message)
    }
  }

  /// Each day by itself: a rule sees the events of that day alone, with `now` at its end.
  private func byDay(_ rules: [DetectionRule], in workspace: Workspace) throws -> Coverage {
    let whole = try workspace.run(rules)
    guard let earliest = whole.report.earliest, let latest = whole.report.latest else {
      var coverage = CoverageRun.empty(["all"], rules)
      for (index, entry) in whole.entries.enumerated() {
        coverage.rows[index].cells = [CoverageRun.cell(entry)]
      }
      return coverage
    }
    let first = earliest / Ticks.perDay
    let last = latest / Ticks.perDay
    guard last - first < Int64(CoverageRun.mostDays) else {
      throw ExecutionFailure(
        "too-many-days",
        "the logs span \(last - first + 1) days, and a table of coverage takes \(CoverageRun.mostDays)",
        suggestion: "name parts of the logs, each with \(Remedy.logs): every one becomes a column")
    }
    let days = (first...last).map { $0 * Ticks.perDay }
    var coverage = CoverageRun.empty(days.map { String(Ticks.datetimeText($0).prefix(10)) }, rules)
    var runnable: [(row: Int, query: CompiledQuery)] = []
    for (index, entry) in whole.entries.enumerated() {
      guard case .ran = entry.outcome else {
        coverage.rows[index].cells = days.map { _ in CoverageRun.cell(entry) }
        continue
      }
      var variables: Set<String> = []
      let query = try workspace.compile(entry.rule, variables: &variables)
      runnable.append((index, try workspace.resolve(query)))
    }
    func plans(_ query: CompiledQuery, _ day: Int64) -> [LogicalPlan] {
      let window = ScanWindow(from: day, to: day + Ticks.perDay)
      return query.results.map { workspace.optimized(window.applied(to: $0.plan, in: workspace.sources)) }
    }
    let loaded = workspace.load(runnable.flatMap { item in days.flatMap { plans(item.query, $0) } })
    for (row, query) in runnable {
      for day in days {
        coverage.rows[row].cells.append(
          cell(
            of: coverage.rows[row].rule, query, plans(query, day), over: loaded, now: day + Ticks.perDay,
            workspace))
      }
    }
    return coverage
  }

  private func cell(
    of rule: DetectionRule, _ query: CompiledQuery, _ plans: [LogicalPlan], over loaded: LoadedTables,
    now: Int64,
    _ workspace: Workspace
  ) -> Coverage.Cell {
    do throws(ExecutionFailure) {
      let outcome = try workspace.run(query, plans, over: loaded, now: query.now ?? now)
      let count = outcome.results.reduce(0) { $0 + $1.table.rowCount }
      let fires = rule.metadata.schedule.map { $0.isTriggered(byRows: count) } ?? (count > 0)
      return fires ? .fired(rows: count) : .silent
    } catch {
      return .stopped(error.message)
    }
  }

  // MARK: - Events

  /// The event names of the logs, most frequent first.
  private static func events(
    in workspace: Workspace
  ) throws -> (names: [Coverage.EventName], report: LoadReport) {
    let named = workspace.configuration.sources.filter { $0.eventNames != nil }
    let queries = try named.compactMap { source in
      try source.eventNames.map { names in
        try workspace.compile(
          SourceText(name: "events of the logs", text: text(of: source, names)), language: .kql, values: [:])
      }
    }
    let run = try workspace.run(queries)
    var events: [Coverage.EventName] = []
    for (source, outcome) in zip(named, run.outcomes) {
      guard let table = outcome.results.first?.table else { continue }
      for row in 0..<table.rowCount {
        guard case .long(let count) = table.value(row: row, column: 2) else { continue }
        events.append(
          Coverage.EventName(
            table: source.table.name, source: table.value(row: row, column: 0).scalarText,
            name: table.value(row: row, column: 1).scalarText, count: Int(count)))
      }
    }
    events.sort { left, right in
      left.count != right.count
        ? left.count > right.count : left.name.precedes(right.name)
    }
    return (events, run.report)
  }

  /// A source whose events do not say their service is that service.
  private static func text(of source: SourceDefinition, _ names: EventNames) -> String {
    let service = names.serviceColumn ?? "\"\(source.name)\""
    return "\(source.table.name) | summarize n = count() by service = \(service), name = \(names.column)"
      + " | project service, name, n | sort by n desc, name asc"
  }
}
