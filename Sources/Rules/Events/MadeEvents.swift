package import Diagnostics
package import Engine
package import LogSources

/// Logs that a rule fires on, and logs that miss it narrowly.
package struct MadeEvents: Sendable {
  /// A log, and what the rule does on it.
  package struct Case: Sendable {
    /// As the test is called.
    package var name: String
    package var fires: Bool
    /// By what they are loaded as: tables, source types.
    package var records: [(source: String, records: [JSONValue])]
    /// Ticks; nil for the newest event.
    package var now: Int64?
    /// The condition that is missed; nil of a log that fires.
    package var condition: RuleCondition?
    /// What the log has, or what differs in it.
    package var change: String
    /// Conditions that say the same, or that fail wherever this one does.
    package var together: [RuleCondition] = []

    /// The texts of its files, each with what its records are loaded as; their tables give the files their names.
    package func files(_ sources: [SourceDefinition]) -> [(table: String, text: String)] {
      records.map { source, records in
        let table = sources.source(loadedAs: source)?.table
        return (table?.name ?? source, EventLog.text(records, container: table?.framing.containers.first))
      }
    }

    package var count: Int { records.reduce(0) { $0 + $1.records.count } }
  }

  /// A condition, and the logs that miss it; or why there is none.
  package struct Answer: Sendable {
    package var condition: RuleCondition
    package var cases: Int
    package var reason: String?
    /// Conditions that its near misses miss as well, as they fail wherever it does.
    package var together: [RuleCondition] = []
  }

  package var rule: DetectionRule
  package var cases: [Case] = []
  package var answers: [Answer] = []
  /// Why there is no log that the rule fires on.
  package var reasons: [String] = []
  /// So many ways to fire were not tried, as there are enough.
  package var untriedWays = 0
  /// It reads nothing that a log has.
  package var isUnknown = false
  /// The rule is wrong, or lacks what it reads.
  package var failure: QueryFailure?
  /// Tables beside the rule that it reads.
  package var companions: [String] = []

  package var fires: Bool { cases.contains(where: \.fires) }
}
