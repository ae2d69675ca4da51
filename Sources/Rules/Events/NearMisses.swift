import Diagnostics
import Engine
import LogSources

/// Scenes that differ from one that fires in one condition alone.
struct NearMisses {
  private static let most = 6

  struct Candidate {
    var scene: EventScene
    /// What differs, as a test says it.
    var change: String
    /// The time of the run must stay, as the events moved.
    var needsTime = false
    /// Conditions that fail wherever this one does.
    var together: [RuleCondition] = []
  }

  let trial: RecordTrial
  let scene: EventScene
  let condition: RuleCondition

  func candidates() throws -> [Candidate] {
    var result = try flipped()
    result += counted
    if result.isEmpty || scene.unguided.contains(condition) {
      result += fewer(scene.roles.indices.map { $0 })
    }
    return result
  }

  private var places: [Int] {
    scene.roles.indices.filter { role in scene.roles[role].goals.contains { $0.condition == condition } }
  }

  // MARK: - Conditions on single events

  private func flipped() throws -> [Candidate] {
    var result: [Candidate] = []
    var all = scene
    var changes: [(change: String, together: [RuleCondition])] = []
    for place in places {
      let role = scene.roles[place]
      let (found, together) = try records(of: role)
      for record in found {
        var next = scene
        next.roles[place].record = record
        let isMoved = isMoved(record, role)
        result.append(
          Candidate(scene: next, change: change(record, role), needsTime: isMoved, together: together))
        if isMoved, !role.copies.isEmpty {
          // The copies come later, and may not miss it where the first one does.
          let source = trial.sources.source(loadedAs: role.name)
          let earlier = EventModel.stamped(record, seconds: -role.copies.count, number: 0, of: source)
          next.roles[place].record = earlier
          result.append(
            Candidate(scene: next, change: change(earlier, role), needsTime: true, together: together))
        }
      }
      if let first = found.first {
        all.roles[place].record = first
        changes.append((change(first, role), together))
      }
    }
    if places.count > 1, let first = changes.first {
      result.append(Candidate(scene: all, change: first.change, needsTime: true, together: first.together))
    }
    return result
  }

  /// Records of a role that fail the condition and nothing else; or else with those that fail wherever it does.
  private func records(of role: EventRole) throws -> (records: [JSONValue], together: [RuleCondition]) {
    let others = role.goals.filter { $0.condition != condition }
    let search = RecordSearch(trial, for: role)
    for goal in role.goals where goal.condition == condition {
      let reversed = goal.goal.reversed
      let alone = try search.records(
        from: role.record, goals: [reversed] + others.map(\.goal), atMost: NearMisses.most)
      if !alone.isEmpty { return (alone, []) }
      guard try search.record(from: role.record, goals: [reversed]) != nil else { continue }
      // Most pairs go together at once, or never.
      var quick = search
      quick.work = RecordSearch.workLimit / 16
      let (kept, dropped) = try others.reduce(into: ([ConditionGoal](), [ConditionGoal]())) { parts, other in
        if try quick.record(from: role.record, goals: [reversed, other.goal]) == nil {
          parts.1.append(other)
        } else {
          parts.0.append(other)
        }
      }
      let found = try search.records(
        from: role.record, goals: [reversed] + kept.map(\.goal), atMost: NearMisses.most)
      if !found.isEmpty { return (found, dropped.compactMap(\.condition).uniqued) }
    }
    return ([], [])
  }

  private func isMoved(_ record: JSONValue, _ role: EventRole) -> Bool {
    let table = trial.sources.source(loadedAs: role.name)?.table
    let times = table?.column(table?.timeColumn ?? "")?.paths ?? []
    return times.map { FieldPath($0) }.contains { path in
      guard case .field(let steps) = path else { return false }
      return record.value(at: steps) != role.record.value(at: steps)
    }
  }

  private func change(_ record: JSONValue, _ role: EventRole) -> String {
    let edits = record.edits(from: role.record)
    return edits.map { edit in
      let path = FieldPath.field(edit.path).description
      guard let value = edit.value else { return "\(path) is absent" }
      let old = role.record.value(at: edit.path)
      if case .string(let new) = value, case .string(let old)? = old, new.lowercased() == old.lowercased() {
        return "\(path) is \(shown(value)), in another case"
      }
      return "\(path) is \(shown(value))"
    }.joined(separator: " and ")
  }

  private func shown(_ value: JSONValue) -> String {
    let text = value.text
    return text.count > 60 ? "\(text.prefix(60))…" : text
  }

  // MARK: - Conditions on how many there are

  private var counted: [Candidate] {
    guard let counted = scene.counted.first(where: { $0.condition == condition }) else { return [] }
    return fewer(counted.roles) + counted.roles.flatMap(more)
  }

  /// One event fewer, or one value fewer.
  private func fewer(_ roles: [Int]) -> [Candidate] {
    var result: [Candidate] = []
    for role in roles {
      let count = scene.roles[role].copies.count
      if count > 0 {
        var next = scene
        next.roles[role].copies.removeLast()
        result.append(Candidate(scene: next, change: "there are \(count) such events, one fewer"))
        if scene.roles[role].copies.last != [] {
          next = scene
          next.roles[role].copies[count - 1] = []
          result.append(Candidate(scene: next, change: "one value fewer is among \(count + 1) events"))
        }
      } else if scene.roles.count > 1 {
        var next = scene
        next.roles.remove(at: role)
        result.append(Candidate(scene: next, change: "there is no \(name(of: scene.roles[role]))"))
      }
    }
    return result
  }

  private func name(of role: EventRole) -> String {
    if let path = trial.sources.source(loadedAs: role.name)?.eventNames?.path,
      case .field(let steps) = FieldPath(path),
      case .string(let name)? = role.record.value(at: steps)
    {
      return name
    }
    return "event of \(role.name)"
  }

  /// More events, for what must not be exceeded.
  private func more(_ role: Int) -> [Candidate] {
    var next = scene
    let count = next.roles[role].copies.count
    next.roles[role].copies += Array(repeating: [], count: max(1, count))
    return [Candidate(scene: next, change: "there are \(next.roles[role].copies.count + 1) such events")]
  }

  /// Why there may be none.
  func reason() throws -> String? {
    for place in places {
      let role = scene.roles[place]
      guard let goal = role.goals.first(where: { $0.condition == condition }) else { continue }
      let failing = try RecordSearch(trial, for: role).record(from: role.record, goals: [goal.goal.reversed])
      if failing == nil, !trial.isExhausted { return "no event was found for which it fails" }
    }
    return nil
  }
}
