import Engine
import LogSources

/// Makes records like one that is there, each with a value of its own where distinct values are counted.
struct CopyMaker {
  let trial: RecordTrial
  let role: EventRole
  let group: Int

  private var search: RecordSearch { RecordSearch(trial, for: role) }

  /// Nil where there are not so many.
  func copies(_ count: Int) throws -> [[EventRole.RecordEdit]]? {
    let varied = role.goals.filter { $0.use == .varied(group: group) }.map(\.goal.expression)
    guard !varied.isEmpty, let known = try values(varied, [role.record])?.first else { return nil }
    let keys = role.goals.filter { $0.use == .key(group: group) }.map(\.goal.expression)
    let shared = try values(keys, [role.record])?.first ?? []
    let kept = role.goals.map(\.goal) + zip(keys, shared).map { EventGoal.equals($0, $1) }
    func goals(_ seen: [[Value]]) -> [EventGoal] {
      kept + varied.indices.map { index in .differs(varied[index], from: seen.map { $0[index] }) }
    }
    var search = search
    search.number = 1
    guard let first = try search.record(from: role.record, goals: goals([known])) else { return nil }
    if count > 2, let all = try numbered(first, count, goals([known]), varied) { return all }
    var seen = [known]
    var made: [JSONValue] = []
    for number in 1...count {
      search.number = number
      guard let next = number == 1 ? first : try search.record(from: role.record, goals: goals(seen)),
        let values = try values(varied, [next])?.first
      else { return nil }
      made.append(next)
      seen.append(values)
    }
    return made.map(edits)
  }

  private func edits(_ record: JSONValue) -> [EventRole.RecordEdit] {
    record.edits(from: role.record)
  }

  /// Goes on as the first copy began, if only one text differs there. Where that gives not enough of them, as a network
  /// has only so many addresses, the other ways to differ are tried.
  private func numbered(
    _ first: JSONValue, _ count: Int, _ goals: [EventGoal], _ varied: [Expression]
  ) throws -> [[EventRole.RecordEdit]]? {
    let edits = edits(first)
    guard edits.count == 1, let edit = edits.first, let old = role.record.value(at: edit.path),
      let new = edit.value, let old = old.scalar, let new = new.scalar,
      let likeliest = OtherValues(than: old, number: 1).all.firstIndex(of: new)
    else { return nil }
    let kinds = OtherValues(than: old, number: 1).all.indices
    for kind in [likeliest] + kinds.filter({ $0 != likeliest }) {
      let all = (1...count).map { number in
        [EventRole.RecordEdit(path: edit.path, value: OtherValues(than: old, number: number).all[kind].json)]
      }
      let records = all.map { $0.reduce(role.record) { $0.setting($1.value, at: $1.path[...]) } }
      guard try search.allMeet(goals, records), let made = try values(varied, records) else { continue }
      if Set(made).count == count { return all }
    }
    return nil
  }

  private func values(_ expressions: [Expression], _ records: [JSONValue]) throws -> [[Value]]? {
    if expressions.isEmpty { return records.map { _ in [] } }
    var read: Set<ColumnID> = []
    for expression in expressions { expression.collectColumns(into: &read) }
    var scan = role.scan
    scan.sources = scan.sources.filter { read.contains($0.column.id) }
    guard let rows = try trial.rows(of: records, for: scan, loadedAs: role.name),
      let values = try trial.values(of: expressions, over: rows, columns: scan.sources.map(\.column))
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
