import Engine

/// Groups whose rows are of several kinds: no single event is all that is counted.
extension SceneSolver {
  /// One event for each of the things that are counted, where no event is all of them, as failures and successes.
  func apart(
    _ gathering: Gathering, _ plain: [ConditionGoal], _ keys: [ConditionGoal], _ needs: [ConditionGoal]
  ) throws -> [EventScene] {
    guard let need = needs.first, let first = try scenes(gathering.input, plain + keys + [need]).first,
      !first.roles.isEmpty, let shared = try shared(keys, first, gathering)
    else { return [] }
    var scene = first
    for need in needs.dropFirst() {
      guard let other = try scenes(gathering.input, plain + keys + shared + [need]).first else { return [] }
      scene = scene.joined(with: other)
    }
    return [scene]
  }

  /// One event for each leg of a union, with the same keys.
  func legs(
    _ gathering: Gathering, _ found: [EventScene], _ goals: [ConditionGoal], _ keys: [ConditionGoal]
  ) throws -> [EventScene] {
    guard let first = found.first, let shared = try shared(keys, first, gathering) else { return [] }
    var seen: Set<[Int]> = [first.legs]
    var scene = first
    for other in try scenes(gathering.input, goals + keys + shared) where seen.insert(other.legs).inserted {
      scene = scene.joined(with: other)
    }
    return [scene]
  }

  /// The keys of the first row that a scene gives, as a goal for others.
  private func shared(
    _ keys: [ConditionGoal], _ scene: EventScene, _ gathering: Gathering
  ) throws -> [ConditionGoal]? {
    guard let rows = try trial.run(whole(gathering.input), over: trial.records(of: scene)), rows.rowCount > 0,
      let values = try trial.values(
        of: keys.map(\.goal.expression), over: rows, columns: gathering.input.columns)
    else { return nil }
    return keys.indices.map { index in
      ConditionGoal(goal: .equals(keys[index].goal.expression, values.value(row: 0, column: index)))
    }
  }
}
