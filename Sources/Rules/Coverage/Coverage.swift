package import Diagnostics
package import Engine

/// Which rules fire on which logs, and what rules and logs have of each other.
///
/// ```
///   let coverage = try CoverageRun(configuration).run(rules)
///   coverage.rows[0].cells   // [.fired(rows: 3), .silent]
/// ```
package struct Coverage: Sendable {
  package enum Cell: Hashable, Sendable {
    case fired(rows: Int)
    case silent
    /// What is not there that the rule needs.
    case notRun(Advice)
    case refused(String)
    case stopped(String)
  }

  package struct Row: Sendable {
    package var rule: DetectionRule
    /// One for each log.
    package var cells: [Cell]
  }

  /// An event that the logs hold.
  package struct EventName: Hashable, Sendable {
    /// The table that holds it.
    package var table: String
    /// The service that it is of.
    package var source: String
    package var name: String
    package var count: Int
  }

  /// A text of a rule that its field never has.
  package struct AbsentText: Hashable, Sendable {
    package var path: String
    package var line: Int?
    package var message: String
  }

  /// The logs as they were named, or days.
  package var logs: [String]
  package var rows: [Row]
  /// Events of the logs.
  package var events: [EventName]
  /// Those that no rule asks for by name or by source, most frequent first.
  package var unread: [EventName]
  /// Rules that ask neither for a name nor for a source: they read whatever there is.
  package var readsEverything: [String]
  package var absentTexts: [AbsentText]
  package var report: LoadReport
}
