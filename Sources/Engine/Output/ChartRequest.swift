/// How a result wants to be drawn; its rows stay as they are.
///
/// Example: `render areachart with (kind=stacked, title="calls")` is a stacked area chart with a title, whose columns are
/// found by their types.
package struct ChartRequest: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case anomalychart, areachart, barchart, card, columnchart, graph, ladderchart, linechart, piechart
    case pivotchart, plotly, scatterchart, stackedareachart, table, timechart, timeline, timepivot, treemap
  }

  package enum Stacking: Hashable, Sendable {
    /// Series stand beside or over each other.
    case none
    /// On top of each other.
    case stacked
    /// On top of each other, as shares of the whole.
    case full
  }

  package var kind: Kind
  package var title: String?
  /// The column of the horizontal axis, by its name; nil is found.
  package var x: String?
  /// The columns of values; none is found.
  package var y: [String] = []
  /// The columns whose values tell series apart; none is found.
  package var series: [String] = []
  package var stacking = Stacking.none
  /// No one asked for it: the rows are of a kind that is often drawn.
  package var isImplied = false

  package init(_ kind: Kind) { self.kind = kind }
}
