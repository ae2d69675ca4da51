import Diagnostics
import Engine
import LogSources
import Session

extension SceneSolver {
  func scenes(_ gathering: Gathering, _ wanted: [ConditionGoal], hasItself: Bool = true) throws
    -> [EventScene]
  {
    let counts = gathering.columns { $0?.isCount ?? false }
    let opaque = gathering.columns { $0 == nil }
    let lists = gathering.columns { if case .list? = $0 { true } else { false } }
    let unguided = wanted.filter { $0.reads(opaque) }.compactMap(\.condition)
    let guided = wanted.filter { !$0.reads(opaque) }
    let group = book.nextGroup()
    var found: [EventScene] = []
    // A list may be asked for what one row gives, or for how long it is.
    for counted in [counts, counts.union(lists)].uniqued where found.isEmpty {
      let many = guided.filter { $0.reads(counted) }
      let plain = guided.filter { !$0.reads(counted) }
      found = try scenes(gathering, plain, many, group, hasItself: hasItself)
    }
    return found.map { scene in
      var scene = scene
      scene.unguided += unguided
      return scene
    }
  }

  /// - Parameters:
  ///   - plain: conditions that one row meets.
  ///   - counted: conditions on how many there are.
  private func scenes(
    _ gathering: Gathering, _ plain: [ConditionGoal], _ counted: [ConditionGoal], _ group: Int,
    hasItself: Bool
  ) throws -> [EventScene] {
    let keys = keyGoals(gathering, group)
    let needs = countGoals(gathering, counted, group)
    let ownRow = plain.map { $0.substituting(replacements(gathering)) }
    var found: [EventScene] = []
    if hasItself || !plain.contains(where: { $0.reads(gathering.columns { _ in true }) }) {
      found = try scenes(gathering.input, ownRow + keys + needs)
    }
    if found.isEmpty { found = try accompanied(gathering, plain, keys + needs) }
    if found.isEmpty, needs.count > 1 { found = try apart(gathering, ownRow, keys, needs) }
    if counted.isEmpty { return found }
    let filled = try found.compactMap { try filling($0, gathering, counted, group) }
    guard filled.isEmpty, Set(found.map(\.legs)).count > 1 else { return filled }
    // Each leg of a union gives a row of the group.
    let joined = try legs(gathering, found, ownRow + needs, keys)
    return try joined.compactMap { try filling($0, gathering, counted, group) }
  }

  /// What copies share.
  private func keyGoals(_ gathering: Gathering, _ group: Int) -> [ConditionGoal] {
    gathering.keys.map { key in
      ConditionGoal(
        goal: gathering.needsKeys ? .filled(key.expression) : .known(key.expression), use: .key(group: group))
    }
  }

  /// What each row must have to be counted, and what copies of it vary.
  private func countGoals(
    _ gathering: Gathering, _ counted: [ConditionGoal], _ group: Int
  ) -> [ConditionGoal] {
    let read = Set(counted.flatMap { $0.goal.expression.columns })
    return gathering.items.compactMap { item -> ConditionGoal? in
      guard let argument = item.call.arguments.first, argument.constantValue == nil,
        item.outputs.contains(where: { read.contains($0.id) })
      else { return nil }
      let isVaried: Bool
      switch item.call.function.meaning {
      case .distinctCount, .list: isVaried = true
      case .count, .total: isVaried = false
      case .oneOfThem, nil: return nil
      }
      return ConditionGoal(
        goal: argument.type == .bool ? .holds(argument) : .filled(argument),
        use: isVaried ? .varied(group: group) : nil)
    }
  }

  /// What the columns of a group of one row are, by the columns of the row.
  private func replacements(_ gathering: Gathering) -> [ColumnID: Engine.Expression] {
    var result: [ColumnID: Engine.Expression] = [:]
    for key in gathering.keys { if let column = key.column { result[column] = key.expression } }
    for item in gathering.items {
      let arguments = item.call.arguments
      for (index, output) in item.outputs.enumerated() {
        switch item.call.function.meaning {
        case .oneOfThem: result[output.id] = index < arguments.count ? arguments[index] : nil
        case .list: result[output.id] = arguments.first.map { list($0, item.call.dialect) }
        case nil, .count, .distinctCount, .total: continue
        }
      }
    }
    return result
  }

  private func list(_ element: Engine.Expression, _ dialect: Dialect) -> Engine.Expression {
    switch dialect.lists {
    case .multivalue: element
    case .array:
      .call(
        FunctionCall(
          function: BagFunctions.packArray, arguments: [element], type: .dynamic, dialect: dialect))
    }
  }

  // MARK: - Rows beside it

  /// How much earlier an event is of which a later one has something.
  private static let secondsBefore = -60

  /// Another event of the group has the values: it comes first, and the row that is wanted fits them.
  private func accompanied(
    _ gathering: Gathering, _ wanted: [ConditionGoal], _ needs: [ConditionGoal]
  ) throws -> [EventScene] {
    let read = Set(wanted.flatMap { $0.goal.expression.columns })
    let items = gathering.items.filter { item in item.outputs.contains { read.contains($0.id) } }
    let columns = gathering.input.columns
    let arguments = items.compactMap(\.call.arguments.first)
    guard !arguments.isEmpty, arguments.count == items.count else { return [] }
    let keys = gathering.keys.map(\.expression)
    let known = (keys + arguments).map { ConditionGoal(goal: .filled($0)) }
    guard var first = try scenes(gathering.input, known).first, !first.roles.isEmpty else { return [] }
    for index in first.roles.indices {
      let role = first.roles[index]
      let source = trial.sources.source(loadedAs: role.name)
      first.roles[index].record = EventModel.stamped(
        role.record, seconds: SceneSolver.secondsBefore, number: 0, of: source)
    }
    guard let rows = try trial.run(whole(gathering.input), over: trial.records(of: first)),
      let values = try trial.values(of: keys + arguments, over: rows, columns: columns),
      let row = (0..<rows.rowCount).first(where: { row in
        values.columns.indices.allSatisfy {
          values.value(row: row, column: $0).fits(.filled(.literal(.null, .long)))
        }
      })
    else { return [] }
    var literals: [ColumnID: Engine.Expression] = [:]
    for key in gathering.keys { if let column = key.column { literals[column] = key.expression } }
    for (index, item) in items.enumerated() {
      let value = values.value(row: row, column: keys.count + index)
      for output in item.outputs {
        literals[output.id] = .literal(ValueConversion.convert(value, to: output.type), output.type)
      }
    }
    let shared = keys.indices.map { index in
      ConditionGoal(goal: .equals(keys[index], values.value(row: row, column: index)))
    }
    let rest = wanted.map { $0.substituting(literals) }
    return try scenes(gathering.input, rest + needs + shared).prefix(1).map { first.joined(with: $0) }
  }

  // MARK: - Copies

  /// The scene with as many copies as the conditions ask for; nil where none do.
  private func filling(
    _ scene: EventScene, _ gathering: Gathering, _ counted: [ConditionGoal], _ group: Int
  ) throws -> EventScene? {
    var numbers: Set<Int> = [1, 2]
    for goal in counted { goal.goal.expression.collectCounts(into: &numbers) }
    // A threshold may stand in a column that is made further below.
    let below = gathering.plan.numbers.filter { !numbers.contains($0) }
    for count in numbers.filter({ $0 > 0 }).sorted() + below {
      if trial.isExhausted { return nil }
      for role in scene.roles.indices.reversed() {
        for kind in CopyKind.allCases {
          guard let copied = try copying(scene, role, count: count, group, kind),
            try holds(counted, gathering.plan, copied)
          else { continue }
          var result = copied
          // The others are counted as well where no single event has all that is counted.
          let roles = [role] + scene.roles.indices.filter { $0 != role && isCounted(scene.roles[$0], group) }
          result.counted += counted.compactMap { goal in
            goal.condition.map { EventScene.CountedCondition(condition: $0, roles: roles) }
          }
          return result
        }
      }
    }
    for condition in counted.compactMap(\.condition) {
      failures.add(
        "no number of like events below \(LogicalPlan.mostEvents) was found for which `\(condition.text)` holds"
      )
    }
    return nil
  }

  /// It is one of the events that share the keys of the group.
  private func isCounted(_ role: EventRole, _ group: Int) -> Bool {
    role.goals.contains { $0.use == .key(group: group) }
  }

  /// What copies are to the first event.
  private enum CopyKind: CaseIterable {
    /// Later ones like it, each with another value where distinct ones are counted, or the same once more.
    case like, varied, repeated
  }

  private func copying(
    _ scene: EventScene, _ role: Int, count: Int, _ group: Int, _ kind: CopyKind
  ) throws -> EventScene? {
    var scene = scene
    if count <= 1 { return kind == .like ? scene : nil }
    scene.roles[role].copies = Array(repeating: [], count: count - 1)
    switch kind {
    case .like: return scene
    case .repeated:
      scene.roles[role].isRepeated = true
      return scene
    case .varied:
      let maker = CopyMaker(trial: trial, role: scene.roles[role], group: group)
      guard let copies = try maker.copies(count - 1) else { return nil }
      scene.roles[role].copies = copies
      return scene
    }
  }
}
