import Diagnostics
import Engine
import LogSources
import Session

/// Makes the logs of one rule, and runs the rule over each of them: nothing is claimed that was not seen.
struct EventMaker {
  /// What may be tried for one rule.
  private static let workLimit = 12_000
  /// So many ways to fire are written.
  private static let mostScenes = 8
  /// So many near misses of a condition are written.
  private static let mostMisses = 2

  let rule: DetectionRule
  let query: CompiledQuery
  let configuration: WorkspaceConfiguration
  let trial: RecordTrial
  let book: ConditionBook

  init(_ rule: DetectionRule, _ query: CompiledQuery, _ configuration: WorkspaceConfiguration) {
    self.rule = rule
    self.query = query
    self.configuration = configuration
    trial = RecordTrial(configuration, now: query.now, work: EventMaker.workLimit)
    book = ConditionBook(query.source)
  }

  /// A scene that was seen to fire.
  private struct Seen {
    var scene: EventScene
    var now: Int64?
  }

  func made(from plan: LogicalPlan) -> MadeEvents {
    var result = MadeEvents(rule: rule)
    let read = SourcesRead(plan, among: configuration.sources)
    let absent = plan.scans.flatMap(read.absent).uniqued
    if !absent.isEmpty, plan.scans.allSatisfy({ !read.absent(from: $0).isEmpty }) {
      result.reasons = absent.map { "it reads events of the source type `\($0)`, of which no log is known" }
      result.isUnknown = true
      return result
    }
    let solver = SceneSolver(trial, configuration, book)
    let scenes = solver.scenes(plan, [])
    var seen: [Seen] = []
    for scene in scenes.prefix(EventMaker.mostScenes) {
      if let found = firing(scene) ?? firing(multiplied: scene, plan) {
        seen.append(found)
      } else {
        result.reasons.append(
          scene.unguided.isEmpty
            ? "the rule does not fire on events that meet its conditions one by one"
            : "no way leads back from `\(scene.unguided[0].text)` to an event")
      }
    }
    if seen.isEmpty {
      if result.reasons.isEmpty { result.reasons = solver.failures.reasons }
      result.reasons = trial.isExhausted ? result.reasons + ["the search was given up"] : result.reasons
    }
    for (index, found) in seen.enumerated() {
      result.cases.append(
        MadeEvents.Case(
          name: seen.count == 1 ? "fires" : "fires, way \(index + 1)", fires: true,
          records: files(found.scene),
          now: found.now, condition: nil, change: description(of: found.scene)))
    }
    answer(seen, &result)
    return result
  }

  // MARK: - Running

  private func files(_ scene: EventScene) -> [(source: String, records: [JSONValue])] {
    var result: [(source: String, records: [JSONValue])] = []
    let all = EventLog.stamped(scene.roles, configuration.sources)
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

  /// Whether the rule makes an alert of a scene; nil if it cannot run.
  private func fires(_ scene: EventScene, now: Int64?) -> Bool? {
    let records = EventLog.stamped(scene.roles, configuration.sources)
    guard let table = trial.run(query, over: records, now: now) else { return nil }
    return rule.metadata.schedule?.isTriggered(byRows: table.rowCount) ?? (table.rowCount > 0)
  }

  private func firing(_ scene: EventScene) -> Seen? {
    // What is asked of the past needs a present.
    for now in [nil, EventModel.now] where fires(scene, now: now) == true {
      var scene = scene
      while let less = merged(scene, now: now) { scene = less }
      return Seen(scene: scene, now: now)
    }
    return nil
  }

  /// One event in place of two, where it is both that the rule looks for.
  private func merged(_ scene: EventScene, now: Int64?) -> EventScene? {
    RoleMerging(trial: trial, sources: configuration.sources).merged(scene).first {
      fires($0, now: now) == true
    }
  }

  /// Where no way led back from a condition: as many copies as one of the numbers that stand in the rule.
  private func firing(multiplied scene: EventScene, _ plan: LogicalPlan) -> Seen? {
    guard !scene.unguided.isEmpty else { return nil }
    let merging = RoleMerging(trial: trial, sources: configuration.sources)
    for start in merging.merged(scene).prefix(1) + [scene] {
      for count in plan.numbers where count > 1 && !trial.isExhausted {
        for role in start.roles.indices.reversed() {
          var more = start
          more.roles[role].copies = Array(repeating: [], count: count - 1)
          if let seen = firing(more) { return seen }
        }
      }
    }
    return nil
  }

  private func description(of scene: EventScene) -> String {
    let count = scene.records.count
    return count == 1 ? "1 event" : "\(count) events"
  }

  // MARK: - Near misses

  private func answer(_ seen: [Seen], _ result: inout MadeEvents) {
    var answers: [Int: MadeEvents.Answer] = [:]
    for found in seen {
      for condition in found.scene.conditions.uniqued
      where answers[condition.id]?.reason != nil || answers[condition.id] == nil {
        if isFixed(condition, in: found.scene) { continue }
        let misses = NearMisses(
          trial: trial, sources: configuration.sources, scene: found.scene, condition: condition)
        var cases: [MadeEvents.Case] = []
        var reason: String?
        for miss in misses.candidates where cases.count < EventMaker.mostMisses {
          let now = miss.needsTime ? found.now ?? EventModel.now : found.now
          switch fires(miss.scene, now: now) {
          case false?:
            let change = miss.change
            if cases.contains(where: { $0.change == change }) { continue }
            cases.append(
              MadeEvents.Case(
                name: "", fires: false, records: files(miss.scene), now: now, condition: condition,
                change: change, together: miss.together))
          case true?: reason = reason ?? "the rule still fires where \(miss.change)"
          case nil: continue
          }
        }
        if cases.isEmpty { reason = reason ?? misses.reason ?? "no event was found that fails it alone" }
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
      answers[condition.id] = MadeEvents.Answer(
        condition: condition, cases: 0, reason: "no firing log comes by it")
    }
    result.answers = answers.values.sorted {
      ($0.condition.line ?? 0, $0.condition.id) < ($1.condition.line ?? 0, $1.condition.id)
    }
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
