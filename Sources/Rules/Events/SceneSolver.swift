import Diagnostics
import Engine
import LogSources
import Session

/// Goes a plan backwards, from a wanted row to events of which the plan makes it.
///
/// Conditions become conditions on the columns of a scan: what a projection makes is written out in them. Where rows
/// meet (joins) one side is made first and run, and the other is made to fit its values.
struct SceneSolver {
  private static let deepest = 200

  let trial: RecordTrial
  let book: ConditionBook
  /// Of the rule.
  let dialect: Dialect
  /// Definitions and groups in sight.
  var definitions: [Int: LogicalPlan] = [:]
  var arguments: [Int: LogicalPlan] = [:]
  var depth = 0

  /// Why no events were found, the deepest reason first.
  final class Failures {
    private(set) var reasons: [String] = []
    func add(_ reason: String) { if !reasons.contains(reason) { reasons.append(reason) } }
  }
  let failures: Failures

  init(_ trial: RecordTrial, _ book: ConditionBook, _ dialect: Dialect) {
    self.trial = trial
    self.dialect = dialect
    self.book = book
    failures = Failures()
  }

  /// Scenes of which a plan gives a row as wanted: one for each leg of a union.
  func scenes(_ plan: LogicalPlan, _ wanted: [ConditionGoal]) throws -> [EventScene] {
    if depth > SceneSolver.deepest || trial.isExhausted { return [] }
    var solver = self
    solver.depth += 1
    let (guided, left) = split(wanted, by: plan.columns)
    var scenes = try solver.inner(plan, guided)
    for index in scenes.indices { scenes[index].unguided += left.compactMap(\.condition) }
    return scenes
  }

  private func inner(_ plan: LogicalPlan, _ wanted: [ConditionGoal]) throws -> [EventScene] {
    switch plan {
    case .scan(let scan): return try scenes(scan, wanted)
    case .inline(let inline): return try inlineScenes(inline, wanted)
    case .argument(let argument): return try arguments[argument.id].map { try scenes($0, wanted) } ?? []
    case .filter(let filter):
      return try answered(book.goals(of: filter)) { goals in try scenes(filter.input, goals + wanted) }
    case .project(let project): return try scenes(project.input, substituted(wanted, project.assignments))
    case .aggregate(let aggregate): return try scenes(Gathering(aggregate), wanted)
    case .join(let join): return try scenes(join, wanted)
    case .union(let union):
      return try union.legs.enumerated().flatMap { index, leg -> [EventScene] in
        var replacements: [ColumnID: Expression] = [:]
        let columns = leg.plan.columns
        for (column, source) in zip(union.columns, leg.sources) {
          let known = source.flatMap { id in columns.first { $0.id == id } }
          replacements[column.id] =
            known?.reference ?? .literal(union.missingText.value(of: column.type), column.type)
        }
        return try scenes(leg.plan, wanted.map { $0.substituting(replacements) }).map { scene in
          var scene = scene
          scene.legs.insert(index, at: 0)
          return scene
        }
      }
    case .sort(let sort): return try scenes(sort.input, wanted)
    case .limit(let limit): return try scenes(limit.input, wanted)
    case .expand(let expand): return try scenes(expand.input, expanded(wanted, expand))
    case .window(let window): return try scenes(window.input, wanted)
    case .apply(let apply):
      var solver = self
      solver.arguments[apply.argumentID] = apply.input
      return try solver.scenes(apply.subplan, wanted)
    case .tabular(let call):
      guard let first = call.inputs.first else { return [EventScene()] }
      if let gathered = call.operator.gathered {
        return try scenes(Gathering(call, first, gathered), wanted, hasItself: gathered.hasItself)
      }
      switch call.operator.passes {
      case .all, .some: return try scenes(first, wanted)
      case .none:
        return try scenes(first, []).map { scene in
          var scene = scene
          scene.unguided += wanted.compactMap(\.condition)
          return scene
        }
      }
    case .with(let with):
      var solver = self
      for definition in with.definitions { solver.definitions[definition.id] = definition.plan }
      return try solver.scenes(with.body, wanted)
    case .reference(let reference):
      guard let plan = definitions[reference.id] else { return [] }
      var replacements: [ColumnID: Expression] = [:]
      for source in reference.sources {
        if let column = plan.columns.first(where: { $0.id == source.source }) {
          replacements[source.column.id] = column.reference
        }
      }
      return try scenes(plan, wanted.map { $0.substituting(replacements) })
    }
  }

  /// Those that read nothing but some columns, and the others.
  func split(
    _ wanted: [ConditionGoal], by columns: [PlanColumn]
  ) -> (within: [ConditionGoal], others: [ConditionGoal]) {
    let ids = Set(columns.map(\.id))
    return (wanted.filter { $0.isWithin(ids) }, wanted.filter { !$0.isWithin(ids) })
  }

  /// Whether conditions hold for a row that a plan gives of some events.
  ///
  /// - Parameter now: nil for the newest of them.
  func holds(
    _ goals: [ConditionGoal], _ plan: LogicalPlan, _ scene: EventScene, now: Int64? = nil
  ) throws -> Bool {
    guard let rows = try trial.run(whole(plan), over: trial.records(of: scene), now: now), rows.rowCount > 0
    else { return false }
    if goals.isEmpty { return true }
    guard
      let values = try trial.values(
        of: goals.map(\.goal.expression), over: rows, columns: plan.columns, now: now)
    else { return false }
    return (0..<rows.rowCount).contains { row in
      goals.indices.allSatisfy { values.value(row: row, column: $0).fits(goals[$0].goal) }
    }
  }

  private func substituted(_ wanted: [ConditionGoal], _ assignments: [Assignment]) -> [ConditionGoal] {
    var replacements: [ColumnID: Expression] = [:]
    for assignment in assignments { replacements[assignment.column.id] = assignment.expression }
    return wanted.map { $0.substituting(replacements) }.filter {
      $0.goal.expression.isWithin(levels: 400, parts: 20_000)
    }
  }

  /// The columns of elements stand for the first one.
  private func expanded(_ wanted: [ConditionGoal], _ expand: Expand) -> [ConditionGoal] {
    var replacements: [ColumnID: Expression] = [:]
    var needed: [ConditionGoal] = []
    for item in expand.items {
      // A column alone does not say whose lists it has.
      let dialect = item.source.dialect ?? dialect
      let element: Expression
      switch dialect.lists {
      case .array:
        let call = FunctionCall(
          function: PropertyFunctions.index, arguments: [item.source, .literal(.long(0), .long)],
          type: .dynamic,
          dialect: dialect)
        element = Coercion.cast(.call(call), to: item.column.type, dialect: dialect)
      case .multivalue:
        let call = FunctionCall(
          function: SPLMultivalueFunctions.index, arguments: [item.source, .literal(.real(0), .real)],
          type: .dynamic, dialect: dialect)
        element = .call(call)
      }
      replacements[item.column.id] = element
      if !expand.keepsEmpty { needed.append(ConditionGoal(goal: .filled(item.source))) }
    }
    return needed + wanted.map { $0.substituting(replacements) }
  }

  // MARK: - Scans

  private func scenes(_ scan: Scan, _ wanted: [ConditionGoal]) throws -> [EventScene] {
    var told = scan
    let conditions = wanted.compactMap { goal -> Expression? in
      if case .holds(let condition) = goal.goal { condition } else { nil }
    }
    told.predicate = .all(of: conditions)
    for name in trial.sources(of: told) {
      guard let base = EventModel.record(of: name, among: trial.sources) else {
        failures.add("no example of a record of `\(name)` is known")
        continue
      }
      let search = RecordSearch(trial, scan, loadedAs: name)
      let goals = wanted.map(\.goal)
      if let record = try search.record(from: base, goals: goals) {
        let whole = EventModel.completed(record, of: name, among: trial.sources)
        let best = try search.allMeet(goals, [whole]) ? whole : record
        return [EventScene(roles: [EventRole(scan: scan, name: name, goals: wanted, record: best)])]
      }
      for (goal, condition) in zip(goals, wanted.map(\.condition)) {
        guard let condition, try search.record(from: base, goals: [goal]) == nil, !trial.isExhausted else {
          continue
        }
        failures.add("no event of `\(name)` was found for which `\(condition.text)` holds")
      }
    }
    // What was not tried to its end says nothing of the conditions.
    if trial.isExhausted { return [] }
    failures.add(
      "no event was found for which all conditions hold: \(wanted.compactMap(\.condition?.text).joined(separator: "; "))"
    )
    return []
  }

  private func inlineScenes(_ inline: Inline, _ wanted: [ConditionGoal]) throws -> [EventScene] {
    let rows = inline.table
    guard rows.rowCount > 0 else {
      failures.add("a table that the rule reads is empty")
      return []
    }
    if wanted.isEmpty { return [EventScene()] }
    let meters = wanted.map(\.goal.expression)
    guard let values = try trial.values(of: meters, over: rows, columns: inline.columns) else { return [] }
    let fits = (0..<rows.rowCount).contains { row in
      wanted.indices.allSatisfy { values.value(row: row, column: $0).fits(wanted[$0].goal) }
    }
    if fits { return [EventScene()] }
    failures.add("no row of a table that the rule brings along passes its conditions")
    return []
  }
}

extension Value {
  /// Whether an expression of this value is what a goal wants.
  func fits(_ goal: EventGoal) -> Bool {
    switch goal {
    case .holds: self == .bool(true)
    case .fails: self != .bool(true)
    case .equals(_, let value): isLike(value)
    case .differs(_, let values): !isNull && !values.contains(where: isLike)
    case .filled: isFilled
    case .known: true
    }
  }
}
