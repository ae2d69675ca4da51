/// A plan as it runs: steps that each hold all their rows, and between them streams of chunks.
///
/// ```
///   T | where a > 1 | summarize n = count() by b | top 3 by n
///
///   load T
///   stream it through the filter into the groups of an aggregate
///   sort these, keep 3
/// ```
/// `PhysicalPlanner` makes it, `Executor` runs it, and `explain` prints it.
package struct PhysicalPlan: Sendable {
  /// A plan whose first cell is worked out before the rest runs.
  package struct Subquery: Sendable {
    package var id: Int
    package var plan: PhysicalPlan
  }

  /// Rows that several steps read, worked out once.
  package struct Definition: Sendable {
    package var id: Int
    package var step: PhysicalStep
  }

  /// Run one after the other, before the definitions that they do not read.
  package var subqueries: [Subquery]
  /// Each may read those before it.
  package var definitions: [Definition]
  package var result: PhysicalStep
}

/// A step of a run, whose rows are held before the next step goes on.
package struct PhysicalStep: Sendable {
  package indirect enum Work: Sendable {
    /// Rows of log files.
    case load(Scan)
    /// Rows that are there.
    case rows(Table)
    /// The rows of a group, by the id of its argument.
    case group(Int)
    /// The chunks of a stream one behind the other, no more than so many rows.
    case collect(PhysicalStream, limit: Int?)
    case aggregate(PhysicalStream, PhysicalAggregate)
    case join(PhysicalStep, PhysicalStep, PhysicalJoin)
    case sort(PhysicalStep, keys: [Sort.Key], limit: Int?)
    /// Columns that depend on the order of the rows.
    case window(PhysicalStep, [Window.Item])
    case apply(PhysicalStep, PhysicalApply)
    case tabular([PhysicalStep], any TabularOperator)
    /// Columns of a definition.
    case shared(Reference)
  }

  package var work: Work
  /// What it gives.
  package var columns: [PlanColumn]
  package var origin: PlanOrigin
}

/// Chunks on their way from the rows of some steps, one after the other, through operators that keep nothing between
/// chunks.
package struct PhysicalStream: Sendable {
  package struct Leg: Sendable {
    package var source: PhysicalStep
    package var operators: [Operator]
  }

  /// What is done to a chunk, over its columns.
  package enum Operator: Sendable {
    /// Conditions, the later ones over the rows that passed those before.
    case filter([Expression], over: [PlanColumn])
    case project([Expression], over: [PlanColumn])
    case expand(PhysicalExpansion, over: [PlanColumn])

    /// It gives a row for each row.
    var keepsRowCount: Bool {
      switch self {
      case .project: true
      case .filter, .expand: false
      }
    }
  }

  package var legs: [Leg]
  /// What its chunks have.
  package var columns: [PlanColumn]
}

package struct PhysicalAggregate: Sendable {
  package var keys: [Assignment]
  package var items: [Aggregate.Item]
  package var dropsNullKeys: Bool

  init(_ aggregate: Aggregate) {
    keys = aggregate.keys
    items = aggregate.items
    dropsNullKeys = aggregate.dropsNullKeys
  }
}

package struct PhysicalJoin: Sendable {
  package var kind: Join.Kind
  package var keys: [Join.Key]
  package var outputs: [Join.Output]
  package var nullsMatch: Bool
  package var maximumMatches: Int?
  package var missingText: MissingText
}

package struct PhysicalExpansion: Sendable {
  package var items: [Expand.Item]
  package var indexColumn: PlanColumn?
  package var outputs: [PlanColumn]
  package var bags: Expand.Bags
  package var keepsEmpty: Bool
  package var rowLimit: Int?
}

package struct PhysicalApply: Sendable {
  package var keys: [Expression]
  package var argumentID: Int
  package var subplan: PhysicalPlan
  package var keySubquery: Int?
  package var carried: [PlanColumn]
  /// What the expressions of the subplan read, of whatever rows.
  package var columnsRead: Set<ColumnID>
}
