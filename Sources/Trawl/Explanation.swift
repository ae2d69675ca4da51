import Engine
import Rules
import Session

/// Where the rows of a query went, stage by stage, and what came closest where none are left.
public struct Explanation: Sendable {
  /// A chain of stages, each fed by the one before it.
  public struct Branch: Sendable {
    /// `let Suspicious`, `right side of join`, or `query`.
    public let name: String
    public let stages: [Stage]
  }

  public struct Stage: Sendable {
    /// Its text on one line.
    public let text: String
    /// Counts from 1.
    public let line: Int?
    /// Nil for a stage that reads rows from outside.
    public let rowsIn: Int?
    public let rowsOut: Int
    /// The conditions of a filter.
    public let conditions: [Condition]
    /// What came closest, if rows came in and none went on.
    public let nearestMisses: [String]
    /// Rows that come from the event that is followed.
    public let followedRows: Int?
  }

  public struct Condition: Sendable {
    public let text: String
    /// Rows that pass it by itself.
    public let rowsAlone: Int
    /// Rows that pass it and all before it.
    public let rowsInSequence: Int
    /// The followed event passes all before it, and not this one.
    public let dropsFollowed: Bool
  }

  public let title: String
  public let path: String
  /// Those that feed others come first; the last is the query's own.
  public let branches: [Branch]
  public let rowCount: Int
  public let warnings: [Problem]
  public let load: LoadSummary
  public let now: Instant

  init(_ run: Workspace.FunnelRun, _ rule: DetectionRule, _ query: CompiledQuery) {
    title = rule.metadata.title
    path = rule.path
    branches = run.funnels.flatMap(\.branches).map { branch in
      Branch(name: branch.name, stages: branch.stages.map { Stage($0) })
    }
    rowCount = run.funnels.reduce(0) { $0 + $1.rowCount }
    warnings = query.warnings.map { Problem($0, in: rule.query) }
    load = LoadSummary(run.report)
    now = Instant(ticks: run.now)
  }
}

extension Explanation.Stage {
  init(_ stage: Funnel.Stage) {
    text = stage.text
    line = stage.line
    rowsIn = stage.rowsIn
    rowsOut = stage.rowsOut
    conditions = stage.conjuncts.map {
      Explanation.Condition(
        text: $0.text, rowsAlone: $0.alone, rowsInSequence: $0.inSequence, dropsFollowed: $0.dropsFollowed)
    }
    nearestMisses = stage.misses.map(\.message)
    followedRows = stage.followed
  }
}
