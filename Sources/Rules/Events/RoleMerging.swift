import Diagnostics
import Engine
import LogSources

/// Finds two events of a scene in whose place one will do, as where a rule joins a table with itself.
struct RoleMerging {
  let trial: RecordTrial

  /// Scenes with one event less; whether they still fire is for a run to say.
  func merged(_ scene: EventScene) throws -> [EventScene] {
    var result: [EventScene] = []
    for gone in scene.roles.indices where scene.roles[gone].copies.isEmpty {
      for kept in scene.roles.indices where kept != gone && scene.roles[kept].name == scene.roles[gone].name {
        if let less = try merged(scene, gone, into: kept) { result.append(less) }
      }
    }
    return result
  }

  private func merged(_ scene: EventScene, _ gone: Int, into kept: Int) throws -> EventScene? {
    let old = scene.roles[gone]
    var role = scene.roles[kept]
    role.scan = role.scan.adding(old.scan)
    // An event meets itself in every key.
    role.goals = (role.goals + old.goals).map { goal in
      var goal = goal
      if goal.condition?.kind == .join { goal.condition = nil }
      return goal
    }
    guard try RecordSearch(trial, for: role).allMeet(role.goals.map(\.goal), [role.record]) else {
      return nil
    }
    var less = scene
    less.roles[kept] = role
    less.roles.remove(at: gone)
    less.counted = scene.counted.map { counted in
      var counted = counted
      counted.roles = counted.roles.map { $0 == gone ? kept : $0 }.map { $0 > gone ? $0 - 1 : $0 }.uniqued
      return counted
    }
    return less
  }
}

extension Scan {
  /// With the columns of another one of the same log.
  func adding(_ other: Scan) -> Scan {
    let known = Set(sources.map(\.column.id))
    var scan = self
    scan.sources += other.sources.filter { !known.contains($0.column.id) }
    return scan
  }
}
