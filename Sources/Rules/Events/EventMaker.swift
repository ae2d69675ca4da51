import Diagnostics
import Engine
import LogSources
import Session

/// Makes the logs of one rule, and runs the rule over each of them: nothing is claimed that was not seen.
struct EventMaker {
  /// What may be tried for one rule until it fires.
  private static let workLimit = 250_000
  /// So many ways to fire are written.
  private static let mostScenes = 8

  let rule: DetectionRule
  let query: CompiledQuery
  let trial: RecordTrial
  let book: ConditionBook

  init(_ rule: DetectionRule, _ query: CompiledQuery, _ configuration: WorkspaceConfiguration) throws {
    self.rule = rule
    self.query = query
    trial = try RecordTrial(configuration, now: query.now, work: EventMaker.workLimit)
    book = ConditionBook(query.source)
  }

  /// A scene that was seen to fire.
  struct Seen {
    var scene: EventScene
    var now: Int64?
  }

  func made(from plan: LogicalPlan) throws -> MadeEvents {
    var result = MadeEvents(rule: rule)
    let read = SourcesRead(plan, among: trial.sources)
    let absent = plan.scans.flatMap(read.absent).uniqued
    if !absent.isEmpty, plan.scans.allSatisfy({ !read.absent(from: $0).isEmpty }) {
      result.reasons = absent.map { "it reads events of the source type `\($0)`, of which no log is known" }
      result.isUnknown = true
      return result
    }
    let solver = SceneSolver(trial, book, rule.language.dialect)
    let scenes = try solver.scenes(plan, [])
    var seen: [Seen] = []
    var untried: [EventScene] = []
    for (index, scene) in scenes.enumerated() {
      if seen.count == EventMaker.mostScenes {
        untried = Array(scenes[index...])
        result.untriedWays = untried.count
        break
      }
      if let found = try firing(scene) ?? firing(multiplied: scene, plan) {
        seen.append(found)
      } else {
        result.reasons.append(reason(scene))
      }
    }
    result.reasons = result.reasons.uniqued
    if seen.isEmpty {
      if scenes.isEmpty { result.reasons = solver.failures.reasons }
      if trial.isExhausted, !result.reasons.contains(EventMaker.givenUp) {
        result.reasons.append(EventMaker.givenUp)
      }
      for stop in trial.stops where !result.reasons.contains(where: { $0.hasSuffix(stop) }) {
        result.reasons.append("the rule stopped on events that were tried: \(stop)")
      }
      if result.reasons.isEmpty { result.reasons = ["no events were found of which it gives a row"] }
    }
    for (index, found) in seen.enumerated() {
      result.cases.append(
        MadeEvents.Case(
          name: seen.count == 1 ? "fires" : "fires, way \(index + 1)", fires: true,
          records: records(of: found.scene),
          now: found.now, condition: nil, change: description(of: found.scene)))
    }
    try answer(seen, untried, &result)
    return result
  }

  static let givenUp = "the search was given up, as it took too many steps"

  /// Why a scene does not fire.
  private func reason(_ scene: EventScene) -> String {
    if trial.isExhausted { return EventMaker.givenUp }
    if let stop = trial.lastStop { return "the rule stopped on events that meet its conditions: \(stop)" }
    return scene.unguided.isEmpty
      ? "the rule does not fire on events that meet its conditions one by one"
      : "no way leads back from `\(scene.unguided[0].text)` to an event"
  }

  // MARK: - Running

  func records(of scene: EventScene) -> [(source: String, records: [JSONValue])] {
    var result: [(source: String, records: [JSONValue])] = []
    let all = trial.records(of: scene)
    var place = 0
    for role in scene.roles {
      let count = role.records.count
      let records = Array(all[place..<place + count])
      place += count
      if let known = result.firstIndex(where: { $0.source == role.name }) {
        result[known].records += records
      } else {
        result.append((role.name, records))
      }
    }
    return result
  }

  /// What a rule does on a scene.
  enum Outcome {
    case fires, silent
    case stopped(String)
    /// There was no work left for it.
    case untried
  }

  func outcome(of scene: EventScene, now: Int64?) throws -> Outcome {
    switch try trial.run(query, over: trial.records(of: scene), now: now) {
    case .rows(let table):
      let fires = rule.metadata.schedule?.isTriggered(byRows: table.rowCount) ?? (table.rowCount > 0)
      return fires ? .fires : .silent
    case .stopped(let reason): return .stopped(reason)
    case .untried: return .untried
    }
  }

  private func fires(_ scene: EventScene, now: Int64?) throws -> Bool {
    switch try outcome(of: scene, now: now) {
    case .fires: true
    case .silent, .stopped, .untried: false
    }
  }

  private func firing(_ scene: EventScene) throws -> Seen? {
    // What is asked of the past needs a present.
    for now in [nil, EventModel.now] where try fires(scene, now: now) {
      var scene = scene
      while let less = try merged(scene, now: now) { scene = less }
      return Seen(scene: scene, now: now)
    }
    return nil
  }

  /// One event in place of two, where it is both that the rule looks for.
  private func merged(_ scene: EventScene, now: Int64?) throws -> EventScene? {
    try RoleMerging(trial: trial).merged(scene).first { try fires($0, now: now) }
  }

  /// Where no way led back from a condition, or more rows than one make an alert: as many copies as one of the numbers
  /// that stand in the rule.
  private func firing(multiplied scene: EventScene, _ plan: LogicalPlan) throws -> Seen? {
    let rows = rule.metadata.schedule?.triggerThreshold ?? 0
    guard !scene.unguided.isEmpty || rows > 0 else { return nil }
    let wanted = (1..<LogicalPlan.mostEvents).contains(rows) ? [rows + 1, rows] : []
    for start in try RoleMerging(trial: trial).merged(scene).prefix(1) + [scene] {
      for count in (wanted + plan.numbers).uniqued where count > 1 && !trial.isExhausted {
        for role in start.roles.indices.reversed() {
          var more = start
          more.roles[role].copies = Array(repeating: [], count: count - 1)
          if let seen = try firing(more) { return seen }
        }
      }
    }
    return nil
  }

  private func description(of scene: EventScene) -> String {
    let count = scene.records.count
    return count == 1 ? "1 event" : "\(count) events"
  }
}
