package import Diagnostics

/// Where the rows of a query went: for each stage of each branch how many came in and how many went on.
///
/// ```
///   let run = try workspace.funnel(of: query)
///   run.funnels[0].branches.last?.stages.last?.rowsOut   // the number of rows that the query gives
/// ```
/// Counted on the plan as it was written, before optimization. The last branch is the query's own; those before it
/// (lets, legs of unions, sides of joins) feed it.
package struct Funnel: Sendable {
  /// A chain of stages, each fed by the one before it.
  package struct Branch: Sendable {
    /// `let Suspicious`, `right side of join kind=inner Enabled on Arn`, or `query`.
    package var name: String
    package var stages: [Stage]

    package var rowCount: Int { stages.last?.rowsOut ?? 0 }
  }

  /// A stage of a pipe.
  package struct Stage: Sendable {
    /// Its source text on one line.
    package var text: String
    package var span: SourceSpan?
    /// 1-based; nil for what has no text of its own.
    package var line: Int?
    package var column: Int?
    /// Nil for a stage that reads rows from outside.
    package var rowsIn: Int?
    package var rowsOut: Int
    /// Indexes of the branches that end here.
    package var feeds: [Int] = []
    /// The conditions of a filter, in their order.
    package var conjuncts: [Conjunct] = []
    /// What came closest, if rows came in and none went on.
    package var misses: [NearestMiss] = []
    /// Rows that come from the event that is followed; nil where it cannot be told.
    package var followed: Int?
  }

  /// One of the conditions that a filter joins with `and`.
  package struct Conjunct: Sendable {
    package var text: String
    /// Rows that pass it by itself.
    package var alone: Int
    /// Rows that pass it and all before it.
    package var inSequence: Int
    /// The followed event passes all before it, and not this one.
    package var dropsFollowed = false
  }

  /// The name of a `fork` branch; nil for the only result.
  package var name: String?
  package var branches: [Branch]

  package var rowCount: Int { branches.last?.rowCount ?? 0 }

  /// The followed event was read somewhere.
  package var sawFollowed: Bool {
    branches.contains { $0.stages.contains { ($0.followed ?? 0) > 0 } }
  }
}
