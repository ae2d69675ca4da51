import Engine

/// Looks for a record of which some goals hold: from a record that is there, by changes that bring it nearer.
///
/// The records of each step are loaded together, and the best of all that were tried is changed next.
struct RecordSearch {
  private static let deepest = 60
  /// So many steps that bring nothing nearer are the last ones.
  private static let patience = 8
  private static let most = 96
  /// Bytes of a value that a made record may have.
  private static let longestValue = 16_384
  /// What a search may cost.
  static let workLimit = 40_000

  let trial: RecordTrial
  let scan: Scan
  /// What the records are loaded as.
  let name: String
  /// Members without which it would be no record of its log.
  private let fixed: Set<String>
  /// Tells made values apart.
  var number = 0
  /// What each search may cost.
  var work = RecordSearch.workLimit

  init(_ trial: RecordTrial, _ scan: Scan, loadedAs name: String) {
    self.trial = trial
    self.scan = scan
    self.name = name
    fixed = EventModel.fixedMembers(of: name, among: trial.sources)
  }

  init(_ trial: RecordTrial, for role: EventRole) { self.init(trial, role.scan, loadedAs: role.name) }

  private struct State {
    var record: JSONValue
    var rows: Table
    var row: Int
    /// How much of each goal is there, from 0 to 1.
    var parts: [Double]
    var total: Double { parts.reduce(0, +) }
    var isThere: Bool { parts.allSatisfy { $0 == 1 } }
  }

  /// - Parameter excluded: records that will not do.
  func record(
    from base: JSONValue, goals: [EventGoal], excluding excluded: Set<JSONValue> = []
  ) throws -> JSONValue? {
    try records(from: base, goals: goals, excluding: excluded, atMost: 1).first
  }

  /// Some records, the nearest to the first one before the others.
  func records(
    from base: JSONValue, goals: [EventGoal], excluding excluded: Set<JSONValue> = [], atMost limit: Int
  ) throws -> [JSONValue] {
    let scan = narrowed(to: goals)
    let end = trial.work - work
    var seen: Set<JSONValue> = [base]
    var open = try states([base], goals, scan)
    var found: [JSONValue] = []
    if let first = open.first, first.isThere {
      if !excluded.contains(first.record) { found.append(first.record) }
      if found.count >= limit { return found }
    }
    var best = -1.0
    var idle = 0
    for _ in 0..<RecordSearch.deepest {
      if open.isEmpty || trial.work <= max(0, end) || idle > RecordSearch.patience { break }
      let state = open.removeFirst()
      idle = state.total > best ? 0 : idle + 1
      best = max(best, state.total)
      var records: [JSONValue] = []
      for changed in try changes(of: state, goals, scan) where seen.insert(changed).inserted {
        records.append(changed)
        if records.count >= RecordSearch.most { break }
      }
      for next in try states(records, goals, scan) {
        if next.isThere {
          if !excluded.contains(next.record) { found.append(next.record) }
        } else if next.total > state.total - 1.5 {
          open.append(next)
        }
      }
      if found.count >= limit { break }
      // The order of what is equally near stays: the first proposal is the likeliest.
      open = open.enumerated().sorted { ($1.element.total, $0.offset) < ($0.element.total, $1.offset) }.map(
        \.element)
      open = Array(open.prefix(24))
    }
    return Array(found.prefix(limit))
  }

  /// Whether all of some records meet the goals.
  func allMeet(_ goals: [EventGoal], _ records: [JSONValue]) throws -> Bool {
    let states = try states(records, goals, narrowed(to: goals))
    return states.count == records.count && states.allSatisfy(\.isThere)
  }

  /// Of the scan only what the goals read.
  private func narrowed(to goals: [EventGoal]) -> Scan {
    var read: Set<ColumnID> = []
    for goal in goals { goal.expression.collectColumns(into: &read) }
    var scan = scan
    scan.sources = scan.sources.filter { read.contains($0.column.id) }
    if scan.sources.isEmpty { scan.sources = Array(self.scan.sources.prefix(1)) }
    return scan
  }

  private func states(_ records: [JSONValue], _ goals: [EventGoal], _ scan: Scan) throws -> [State] {
    if records.isEmpty { return [] }
    guard let rows = try trial.rows(of: records, for: scan, loadedAs: name) else {
      // One of them is no record of the log any more.
      return records.count == 1 || trial.isExhausted
        ? [] : try records.flatMap { try states([$0], goals, scan) }
    }
    var measures: [Expression] = []
    let meters = goals.map { GoalMeter($0, &measures) }
    guard let values = try trial.values(of: measures, over: rows, columns: scan.sources.map(\.column))
    else { return [] }
    return records.indices.map { row in
      State(
        record: records[row], rows: rows, row: row, parts: meters.map { $0.part(values, row: row) })
    }
  }

  private func changes(of state: State, _ goals: [EventGoal], _ scan: Scan) throws -> [JSONValue] {
    let row = state.rows.slice(state.row..<state.row + 1)
    let columns = scan.sources.map(\.column)
    let proposals = GoalProposals(
      trial: trial,
      value: { try trial.values(of: [$0], over: row, columns: columns)?.value(row: 0, column: 0) ?? .null },
      number: number)
    let each: [[JSONValue]] = try goals.indices.filter { state.parts[$0] < 1 }.map { index in
      try proposals.changes(for: goals[index]).compactMap { applied($0, to: state.record, scan) }
    }
    // The first proposals of all goals, then the second ones.
    var result: [JSONValue] = []
    for place in 0..<(each.map(\.count).max() ?? 0) {
      for list in each where place < list.count { result.append(list[place]) }
    }
    return result
  }

  // MARK: - Columns and records

  private func applied(_ change: GoalProposals.Change, to record: JSONValue, _ scan: Scan) -> JSONValue? {
    var record = record
    for edit in change {
      guard let source = scan.sources.first(where: { $0.column.id == edit.column }),
        let request = trial.request(of: source.field, loadedAs: name),
        let next = applied(edit.value, request, to: record)
      else { return nil }
      record = next
    }
    return record
  }

  /// The record in which a field has a value; nil where it cannot have it.
  private func applied(_ value: Value, _ request: FieldRequest, to record: JSONValue) -> JSONValue? {
    // A text in a text in a text doubles with each step.
    if value.kqlText.utf8.count > RecordSearch.longestValue { return nil }
    let isNothing = value.isNull || value == .string("") || value == .dynamic(.null)
    var record = record
    for path in request.paths {
      switch path {
      case .field(let steps):
        if case .key(let first)? = steps.first, isNothing, steps.count == 1, fixed.contains(first) {
          return nil
        }
        if isNothing {
          record = record.setting(nil, at: steps[...])
          continue
        }
        guard let json = json(of: value, request, at: steps, in: record) else { return nil }
        return record.setting(json, at: steps[...])
      case .record:
        guard case .string(let text) = value, let whole = JSONValue(parsing: text), case .object = whole,
          fixed.allSatisfy({ record[$0] == nil || whole[$0] != nil })
        else { return nil }
        return whole
      case .file, .constant: return isNothing ? record : nil
      }
    }
    return isNothing ? record : nil
  }

  /// A value as the log writes it.
  private func json(
    of value: Value, _ request: FieldRequest, at steps: [FieldPath.Component], in record: JSONValue
  ) -> JSONValue? {
    switch request.form {
    case .datetime:
      guard case .datetime(let ticks) = ValueConversion.convert(value, to: .datetime),
        Ticks.inRange(ticks) != nil
      else {
        return nil
      }
      // A log that counts seconds goes on with that.
      if case .long? = record.value(at: steps) { return .long(Int64(Ticks.unixSeconds(of: ticks))) }
      return .string(EventModel.text(of: ticks))
    case .bool, .long, .real:
      let converted = ValueConversion.convert(value, to: request.type)
      return converted.isNull ? nil : converted.json
    case .text, .optionalText, .json, .other:
      switch value {
      case .dynamic(let json): return json
      case .string(let text):
        // A field of SPL is no object, but it may be the text of one.
        if request.form != .optionalText, let json = JSONValue(parsing: text), json.isContainer {
          return json
        }
        // Members of requests are truths where a text says so.
        if steps.count > 1, text == "true" || text == "false" { return .bool(text == "true") }
        return .string(text)
      case .real: return .string(value.splText)
      case .null, .bool, .long, .decimal, .datetime, .timespan, .guid: return .string(value.kqlText)
      }
    }
  }
}
