import Diagnostics
import Engine

extension ClusterRun {
  /// Runs plans, and before them those whose first cells they read.
  ///
  /// - Parameter isWanted: whether what is left for this machine may be done, by the number of the plan.
  mutating func runWhole(
    _ work: [Work], where isWanted: (Int, LoadReport) -> Bool
  ) throws(ExecutionFailure) -> Outcome {
    var work = work
    var failures: [Int: ExecutionFailure] = [:]
    var notes = [[Advice]](repeating: [], count: work.count)
    var earlier: LoadReport?
    while true {
      var asked: [(plan: Int, subquery: ScalarSubquery)] = []
      for (number, item) in work.enumerated() where failures[number] == nil {
        asked += item.plan.readySubqueries.map { (number, $0) }
      }
      if asked.isEmpty { break }
      let found = try run(asked.map { Work(plan: $0.subquery.plan, now: work[$0.plan].now) })
      earlier = found.report
      var values: [Int: [Int: Value]] = [:]
      for (place, question) in asked.enumerated() {
        notes[question.plan] += found.notes[place]
        switch found.rows[place] {
        case .success(let table):
          let value = table.rowCount > 0 && !table.columns.isEmpty ? table.value(row: 0, column: 0) : .null
          values[question.plan, default: [:]][question.subquery.id] = value
        case .failure(let failure): failures[question.plan] = failure
        }
      }
      for (number, known) in values { work[number].plan = work[number].plan.substituting(subqueries: known) }
    }
    let able = work.indices.filter { failures[$0] == nil }
    let found = try run(able.map { work[$0] }) { isWanted(able[$0], $1) }
    var outcome = Outcome(rows: [], notes: notes, report: found.report)
    if found.report.filesFound == 0, let earlier { outcome.report = earlier }
    var next = 0
    for number in work.indices {
      if let failure = failures[number] {
        outcome.rows.append(.failure(failure))
      } else {
        outcome.rows.append(found.rows[next])
        outcome.notes[number] += found.notes[next]
        next += 1
      }
    }
    return outcome
  }
}
