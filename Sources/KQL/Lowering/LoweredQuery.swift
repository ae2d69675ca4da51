package import Diagnostics
package import Engine

/// A KQL text as plans, one for each result.
package struct LoweredQuery: Sendable {
  package struct Result: Sendable {
    /// The name of a `fork` branch or of a facet; nil for the only result of a query.
    package var name: String?
    package var plan: LogicalPlan
    /// The chart that `render` asks for.
    package var chart: ChartRequest?

    package init(name: String?, plan: LogicalPlan, chart: ChartRequest?) {
      self.name = name
      self.plan = plan
      self.chart = chart
    }
  }

  package var results: [Result]
  /// `set query_now = …`, in ticks.
  package var now: Int64?
  /// Scalar `let`s that may be replaced from outside.
  package var variables: [String]
  /// Scalar `let`s with their values.
  package var scalars: [NamedScalar]
  /// What only the data tell; empty of a query that can run.
  package var open: [OpenQuestion]
  /// What a reader must know of how the query was read.
  package var notes: [Advice]
}
