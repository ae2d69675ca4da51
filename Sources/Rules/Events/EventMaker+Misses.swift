import Diagnostics
import Engine

/// The near misses of scenes that fire.
extension EventMaker {
  /// So many near misses of a condition are written.
  private static let mostMisses = 2
  /// What may be tried for the near misses of a rule, and for those of one condition.
  private static let missLimit = 400_000
  private static let conditionLimit = 60_000

  /// - Parameter untried: ways to fire that were not tried.
  func answer(_ seen: [Seen], _ untried: [EventScene], _ result: inout MadeEvents) throws {
    var answers: [Int: MadeEvents.Answer] = [:]
    var left = EventMaker.missLimit
    for found in seen {
      for condition in found.scene.conditions.uniqued where answers[condition.id]?.cases ?? 0 == 0 {
        if isFixed(condition, in: found.scene) { continue }
        trial.allow(min(left, EventMaker.conditionLimit))
        let start = trial.work
        let (cases, reason) = try misses(of: condition, found)
        left -= start - trial.work
        if cases.isEmpty, answers[condition.id] != nil { continue }
        answers[condition.id] = MadeEvents.Answer(
          condition: condition, cases: cases.count, reason: cases.isEmpty ? reason : nil,
          together: cases.flatMap(\.together).uniqued)
        for var made in cases {
          made.name = name(of: made, among: result.cases)
          result.cases.append(made)
        }
      }
    }
    for condition in book.conditions where answers[condition.id] == nil {
      let isRead = seen.isEmpty || !seen.contains { found in found.scene.conditions.contains(condition) }
      guard condition.kind == .filter, isRead else { continue }
      let isUntried = untried.contains { $0.conditions.contains(condition) }
      answers[condition.id] = MadeEvents.Answer(
        condition: condition, cases: 0,
        reason: isUntried ? "it stands in a way to fire that was not tried" : "no firing log comes by it")
    }
    result.answers = answers.values.sorted {
      ($0.condition.line ?? 0, $0.condition.id) < ($1.condition.line ?? 0, $1.condition.id)
    }
  }

  /// Logs that miss one condition of a scene; or why there are none.
  private func misses(
    of condition: RuleCondition, _ found: Seen
  ) throws -> (cases: [MadeEvents.Case], reason: String) {
    if trial.isExhausted { return ([], "it was not tried: \(EventMaker.givenUp)") }
    let misses = NearMisses(trial: trial, scene: found.scene, condition: condition)
    var cases: [MadeEvents.Case] = []
    var reason: String?
    for miss in try misses.candidates() where cases.count < EventMaker.mostMisses {
      if cases.contains(where: { $0.change == miss.change }) { continue }
      let now = miss.needsTime ? found.now ?? EventModel.now : found.now
      switch try outcome(of: miss.scene, now: now) {
      case .silent:
        cases.append(
          MadeEvents.Case(
            name: "", fires: false, records: records(of: miss.scene), now: now, condition: condition,
            change: miss.change, together: miss.together))
      case .fires: reason = reason ?? "the rule still fires where \(miss.change)"
      case .stopped(let stop): reason = reason ?? "the rule stopped where \(miss.change): \(stop)"
      case .untried: reason = reason ?? EventMaker.givenUp
      }
    }
    if cases.isEmpty, reason == nil { reason = try misses.reason() }
    if trial.isExhausted { reason = reason ?? EventMaker.givenUp }
    return (cases, reason ?? "no event was found that fails it alone")
  }

  /// `silent: EventName is "createuser" (EventName == "CreateUser")`
  private func name(of made: MadeEvents.Case, among cases: [MadeEvents.Case]) -> String {
    let condition = made.condition.map { $0.text.count > 80 ? $0.text.prefix(80) + "…" : $0.text[...] } ?? ""
    let line = made.condition?.line.map { "line \($0): " } ?? ""
    let name = "is silent where \(made.change) (\(line)\(condition))"
    if !cases.contains(where: { $0.name == name }) { return name }
    return "\(name), \(cases.count + 1)"
  }

  /// What all events of a log have says which log it is, and no event of it misses that.
  private func isFixed(_ condition: RuleCondition, in scene: EventScene) -> Bool {
    let places = scene.roles.flatMap { role in
      role.goals.filter { $0.condition == condition }.map { (role, $0.goal.expression) }
    }
    if places.isEmpty { return false }
    return places.allSatisfy { role, expression in
      expression.columns.allSatisfy { id in
        guard let source = role.scan.sources.first(where: { $0.column.id == id }),
          let request = trial.request(of: source.field, loadedAs: role.name)
        else { return false }
        return request.paths.allSatisfy { path in
          switch path {
          case .constant, .file: true
          case .field, .record: false
          }
        }
      }
    }
  }
}
