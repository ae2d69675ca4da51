import Engine
import LogSources

/// Makes records like one that is there, each with a value of its own where distinct values are counted.
struct CopyMaker {
  let trial: RecordTrial
  let role: EventRole
  let group: Int
  let sources: [SourceDefinition]

  private var search: RecordSearch {
    RecordSearch(
      trial: trial, scan: role.scan, name: role.name,
      fixed: EventModel.fixedMembers(of: role.name, among: sources))
  }

  /// Nil where there are not so many.
  func copies(_ count: Int) -> [[EventRole.RecordEdit]]? {
    let varied = role.goals.filter { $0.use == .varied(group: group) }.map(\.goal.expression)
    guard !varied.isEmpty, let known = values(varied, [role.record])?.first else { return nil }
    let keys = role.goals.filter { $0.use == .key(group: group) }.map(\.goal.expression)
    let shared = values(keys, [role.record])?.first ?? []
    let kept = role.goals.map(\.goal) + zip(keys, shared).map { EventGoal.equals($0, $1) }
    func goals(_ seen: [[Value]]) -> [EventGoal] {
      kept + varied.indices.map { index in .differs(varied[index], from: seen.map { $0[index] }) }
    }
    var search = search
    search.number = 1
    guard let first = search.record(from: role.record, goals: goals([known])) else { return nil }
    if count > 2, let all = numbered(first, count, goals([known]), varied) { return all }
    var seen = [known]
    var made: [JSONValue] = []
    for number in 1...count {
      search.number = number
      guard let next = number == 1 ? first : search.record(from: role.record, goals: goals(seen)),
        let values = values(varied, [next])?.first
      else { return nil }
      made.append(next)
      seen.append(values)
    }
    return made.map(edits)
  }

  private func edits(_ record: JSONValue) -> [EventRole.RecordEdit] {
    record.edits(from: role.record)
  }

  /// Goes on as the first copy began, if only one text differs there.
  private func numbered(
    _ first: JSONValue, _ count: Int, _ goals: [EventGoal], _ varied: [Expression]
  ) -> [[EventRole.RecordEdit]]? {
    let edits = edits(first)
    guard edits.count == 1, let edit = edits.first, let old = role.record.value(at: edit.path),
      let new = edit.value,
      let old = old.scalar, let new = new.scalar
    else { return nil }
    func others(_ number: Int) -> [Value] {
      GoalProposals(value: { _ in .null }, number: number).others(than: old)
    }
    guard let pattern = others(1).firstIndex(of: new) else { return nil }
    var all: [[EventRole.RecordEdit]] = []
    for number in 1...count {
      let values = others(number)
      guard values.indices.contains(pattern) else { return nil }
      all.append([EventRole.RecordEdit(path: edit.path, value: values[pattern].json)])
    }
    let records = all.map { $0.reduce(role.record) { $0.setting($1.value, at: $1.path[...]) } }
    guard search.allMeet(goals, records), let made = values(varied, records), Set(made).count == count else {
      return nil
    }
    return all
  }

  private func values(_ expressions: [Expression], _ records: [JSONValue]) -> [[Value]]? {
    if expressions.isEmpty { return records.map { _ in [] } }
    var read: Set<ColumnID> = []
    for expression in expressions { expression.collectColumns(into: &read) }
    var scan = role.scan
    scan.sources = scan.sources.filter { read.contains($0.column.id) }
    guard let rows = trial.rows(of: records, for: scan, loadedAs: role.name),
      let values = trial.values(of: expressions, over: rows, columns: scan.sources.map(\.column))
    else { return nil }
    return records.indices.map { values.row($0) }
  }
}

extension JSONValue {
  /// What makes this of another record.
  func edits(from other: JSONValue, at path: [FieldPath.Component] = []) -> [EventRole.RecordEdit] {
    guard case .object(let members) = self, case .object(let others) = other else {
      return self == other ? [] : [EventRole.RecordEdit(path: path, value: self)]
    }
    var result: [EventRole.RecordEdit] = []
    for member in members {
      let inner = path + [.key(member.key)]
      if let known = other[member.key] {
        result += member.value.edits(from: known, at: inner)
      } else {
        result.append(EventRole.RecordEdit(path: inner, value: member.value))
      }
    }
    for member in others where self[member.key] == nil {
      result.append(EventRole.RecordEdit(path: path + [.key(member.key)], value: nil))
    }
    return result
  }
}
