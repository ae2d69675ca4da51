import Diagnostics
import Engine
import LogSources
package import Session

extension Workspace {
  /// Bars of a timeline.
  private static let moments = 120

  /// Asks the logs for who did what from where. They are read once.
  ///
  /// - Parameter newFrom: ticks; nil is the last day of logs of two days or more, else the last quarter of their time.
  package static func summary(
    _ configuration: WorkspaceConfiguration, newFrom: Int64? = nil
  ) throws -> LogSummary {
    // The timeline's step follows from the times of the logs: its question reads them from memory.
    let workspace = Workspace(configuration, keeping: KeptTables())
    let tables = SourceCatalog.tables.filter { !$0.aspects.isEmpty }
    var questions: [(table: SourceTable, question: SummaryQuestion)] = []
    for table in tables {
      questions.append((table, .count))
      questions.append((table, .visits))
      for aspect in table.aspects { questions.append((table, .aspect(aspect.kind))) }
    }
    var queries: [CompiledQuery] = []
    for (table, question) in questions { queries.append(try workspace.compile(question.source(of: table))) }
    let run = try workspace.run(queries)
    var gathering = SummaryGathering()
    for ((table, question), outcome) in zip(questions, run.outcomes) {
      guard let rows = outcome.results.first?.table else { continue }
      try gathering.add(rows, question, of: table)
    }
    var summary = gathering.summary
    summary.report = run.report
    summary.now = run.now
    guard let earliest = run.report.earliest, let latest = run.report.latest else { return summary }
    summary.newFrom = newFrom ?? usualNewFrom(earliest, latest)
    summary.step = step(from: earliest, to: latest)
    let read = tables.filter { table in summary.sources.contains { $0.table == table.name } }
    var timelines: [CompiledQuery] = []
    for table in read {
      timelines.append(try workspace.compile(SummaryQuestion.timeline(summary.step).source(of: table)))
    }
    for outcome in try workspace.run(timelines).outcomes {
      guard let rows = outcome.results.first?.table else { continue }
      gathering.addTimeline(rows)
    }
    summary.timeline = gathering.timeline
    summary.markNews()
    return summary
  }

  private func compile(_ source: SourceText) throws(QueryFailure) -> CompiledQuery {
    try compile(source, language: .kql, values: [:])
  }

  private static func usualNewFrom(_ earliest: Int64, _ latest: Int64) -> Int64? {
    let span = latest - earliest
    guard span >= Ticks.perMinute else { return nil }
    let moment = latest - (span >= 2 * Ticks.perDay ? Ticks.perDay : span / 4)
    return moment - moment % Ticks.perSecond
  }

  private static func step(from earliest: Int64, to latest: Int64) -> Int64 {
    let usual: [Int64] = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 604_800]
    let span = latest - earliest
    let step = usual.map { $0 * Ticks.perSecond }.first { span / $0 < Int64(moments) }
    return step ?? (span / Int64(moments) / Ticks.perDay + 1) * Ticks.perDay
  }
}

extension LogSummary {
  fileprivate mutating func markNews() {
    guard let newFrom else { return }
    for group in groups.indices {
      for entry in groups[group].entries.indices {
        let first = groups[group].entries[entry].first
        groups[group].entries[entry].isNew = first.map { $0 >= newFrom } ?? false
      }
    }
    for visit in visits.indices {
      visits[visit].entry.isNew = visits[visit].entry.first.map { $0 >= newFrom } ?? false
    }
  }
}
