import Engine

/// Events of one kind in a scene: one record and its copies, of one scan and its conditions.
struct EventRole {
  var scan: Scan
  /// What its records are loaded as.
  var name: String
  /// By the columns of the scan.
  var goals: [ConditionGoal]
  var record: JSONValue
  /// Further records like it, each with what tells it from the first.
  var copies: [[RecordEdit]] = []
  /// The copies are the same event again, as logs that were delivered twice have it.
  var isRepeated = false

  /// A member that has another value, or none.
  struct RecordEdit: Hashable {
    var path: [FieldPath.Component]
    var value: JSONValue?
  }

  var records: [JSONValue] {
    [record] + copies.map { edits in edits.reduce(record) { $0.setting($1.value, at: $1.path[...]) } }
  }
}

/// Events together, of which a plan gives a row.
struct EventScene {
  var roles: [EventRole] = []
  /// Conditions on what only many events together have, and how many of them.
  var counted: [CountedCondition] = []
  /// Conditions that no way back was found for; a run tells whether they hold.
  var unguided: [RuleCondition] = []
  /// The legs of unions that were taken.
  var legs: [Int] = []

  struct CountedCondition {
    var condition: RuleCondition
    /// The roles whose copies are counted.
    var roles: [Int]
  }

  func joined(with other: EventScene) -> EventScene {
    var scene = self
    scene.roles += other.roles
    scene.counted += other.counted.map { counted in
      CountedCondition(condition: counted.condition, roles: counted.roles.map { $0 + roles.count })
    }
    scene.unguided += other.unguided
    scene.legs += other.legs
    return scene
  }

  var records: [JSONValue] { roles.flatMap(\.records) }
  var conditions: [RuleCondition] {
    roles.flatMap { $0.goals.compactMap(\.condition) } + counted.map(\.condition) + unguided
  }
}
