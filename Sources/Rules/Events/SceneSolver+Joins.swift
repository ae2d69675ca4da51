import Engine
import Session

extension SceneSolver {
  private static let mostRows = 40
  /// So many events are tried that may be without a partner.
  private static let mostRecords = 4

  func scenes(_ join: Join, _ wanted: [ConditionGoal]) throws -> [EventScene] {
    switch join.kind {
    case .leftanti: return try unmatched(join, wanted, left: true)
    case .rightanti: return try unmatched(join, wanted, left: false)
    case .inner, .innerunique, .leftsemi, .rightsemi: return try matched(join, wanted)
    case .leftouter, .fullouter, .rightouter:
      // A partner may be missing. Where a condition asks for one the second way finds it.
      let alone = join.kind == .rightouter ? join.right : join.left
      let missing = outputs(wanted, join, absentLeft: join.kind == .rightouter)
      let found = try scenes(alone, missing).filter { try holds(wanted, .join(join), $0) }
      return found.isEmpty ? try matched(join, wanted) : found
    }
  }

  /// Events of one side without a partner. Where one is its own partner, as a table is asked for what it lacks itself, it
  /// misses a condition of the other side.
  private func unmatched(_ join: Join, _ wanted: [ConditionGoal], left: Bool) throws -> [EventScene] {
    let found = try scenes(left ? join.left : join.right, sided(wanted, join, left: left))
    if try found.isEmpty || found.contains(where: { try holds([], .join(join), $0) }) { return found }
    guard let partner = try scenes(left ? join.right : join.left, []).first?.roles.first else { return found }
    for scene in found {
      for (place, role) in scene.roles.enumerated() where role.name == partner.name {
        var changed = role
        changed.scan = role.scan.adding(partner.scan)
        for goal in partner.goals where goal.condition != nil {
          let apart = role.goals + [ConditionGoal(goal: goal.goal.reversed, condition: goal.condition)]
          let records = try RecordSearch(trial, for: changed).records(
            from: role.record, goals: apart.map(\.goal), atMost: SceneSolver.mostRecords)
          for record in records {
            var next = scene
            next.roles[place] = changed
            next.roles[place].goals = apart
            next.roles[place].record = record
            // What is asked of the past needs a present.
            for now in [nil, EventModel.now] where try holds([], .join(join), next, now: now) {
              return [next]
            }
          }
        }
      }
    }
    return found
  }

  private func replacements(_ join: Join, left: Bool) -> [ColumnID: Expression] {
    let columns = (left ? join.left : join.right).columns
    var result: [ColumnID: Expression] = [:]
    for output in join.outputs where output.fromLeft == left {
      if let column = columns.first(where: { $0.id == output.source }) {
        result[output.column.id] = column.reference
      }
    }
    return result
  }

  private func sided(_ wanted: [ConditionGoal], _ join: Join, left: Bool) -> [ConditionGoal] {
    wanted.map { $0.substituting(replacements(join, left: left)) }
  }

  /// The conditions where one side has no row.
  private func outputs(_ wanted: [ConditionGoal], _ join: Join, absentLeft: Bool) -> [ConditionGoal] {
    var result = replacements(join, left: !absentLeft)
    for output in join.outputs where output.fromLeft == absentLeft {
      result[output.column.id] = .literal(join.missingText.value(of: output.column.type), output.column.type)
    }
    return wanted.map { $0.substituting(result) }
  }

  /// One side is made first, and the other fits the values of one of its rows. The side without logs comes first.
  private func matched(_ join: Join, _ wanted: [ConditionGoal]) throws -> [EventScene] {
    let leftFirst = !(readsNothing(join.right) && !readsNothing(join.left))
    for first in [leftFirst, !leftFirst] {
      for meetsAll in [true, false] {
        let found = try matched(join, wanted, leftFirst: first, meetsAll: meetsAll)
        if !found.isEmpty || trial.isExhausted { return found }
      }
    }
    return []
  }

  private func readsNothing(_ plan: LogicalPlan) -> Bool { whole(plan).scans.isEmpty }

  /// The plan with the definitions that it reads.
  func whole(_ plan: LogicalPlan) -> LogicalPlan {
    if definitions.isEmpty { return plan }
    let all = definitions.keys.sorted().compactMap { id in
      definitions[id].map { With.Definition(id: id, plan: $0) }
    }
    return plan.sharing(all)
  }

  /// - Parameter meetsAll: Else conditions on both sides are left to a run: where one side has a number of events, more of
  ///   them may do what no other event on the other side can.
  private func matched(_ join: Join, _ wanted: [ConditionGoal], leftFirst: Bool, meetsAll: Bool) throws
    -> [EventScene]
  {
    let first = leftFirst ? join.left : join.right
    let second = leftFirst ? join.right : join.left
    // By the columns of both sides.
    let known = replacements(join, left: true).merging(replacements(join, left: false)) { $1 }
    let all = wanted.map { $0.substituting(known) }
    let (mine, theirs) = split(all, by: first.columns)
    let (apart, both) = split(theirs, by: second.columns)
    if !meetsAll, both.isEmpty { return [] }
    let others = meetsAll ? theirs : apart
    let starts = readsNothing(first) ? [EventScene()] : Array(try scenes(first, mine).prefix(2))
    for start in starts {
      guard let rows = try trial.run(whole(first), over: trial.records(of: start)) else { continue }
      for row in try fitting(rows, first.columns, mine).prefix(start.roles.isEmpty ? SceneSolver.mostRows : 2)
      {
        var values: [ColumnID: Expression] = [:]
        for (index, column) in first.columns.enumerated() {
          values[column.id] = .literal(rows.value(row: row, column: index), column.type)
        }
        let keys = try join.keys.compactMap { key -> ConditionGoal? in
          let (known, free) = leftFirst ? (key.left, key.right) : (key.right, key.left)
          guard let value = try value(of: known, in: rows, row: row, first.columns) else { return nil }
          return ConditionGoal(goal: .equals(free, value), condition: book.condition(on: join, key))
        }
        let rest = others.map { $0.substituting(values) }
        for scene in try scenes(second, keys + rest) {
          var whole = start.joined(with: scene)
          if !meetsAll { whole.unguided += both.compactMap(\.condition) }
          return [whole]
        }
      }
    }
    return []
  }

  /// The rows in which conditions hold; all where they cannot be asked.
  private func fitting(_ rows: Table, _ columns: [PlanColumn], _ wanted: [ConditionGoal]) throws -> [Int] {
    let all = Array(0..<rows.rowCount)
    if wanted.isEmpty { return all }
    guard let values = try trial.values(of: wanted.map(\.goal.expression), over: rows, columns: columns)
    else {
      return all
    }
    return all.filter { row in
      wanted.indices.allSatisfy { values.value(row: row, column: $0).fits(wanted[$0].goal) }
    }
  }

  private func value(of expression: Expression, in rows: Table, row: Int, _ columns: [PlanColumn]) throws
    -> Value?
  {
    try trial.values(of: [expression], over: rows.slice(row..<row + 1), columns: columns)?.value(
      row: 0, column: 0)
  }
}
