package import Diagnostics
package import Engine

/// A result as it is drawn: an axis, and series of values over it.
///
/// ```
///   TimeGenerated  EventSource  count_        axis    .times([14:00, 15:00])
///   14:00          ses          12            series  ses [12, 7]   sns [3, nan]
///   14:00          sns           3
///   15:00          ses           7
/// ```
package struct Chart: Sendable {
  package enum Form: Hashable, Sendable {
    case lines
    case areas
    /// Upright.
    case columns
    /// Lying.
    case bars
    /// Parts of a whole.
    case shares
    case points
    /// The values of one row, large.
    case card
  }

  package enum Axis: Hashable, Sendable {
    /// Ticks, in their order.
    case times([Int64])
    /// In their order.
    case numbers([Double])
    /// In the order of the rows.
    case categories([String])

    package var count: Int {
      switch self {
      case .times(let times): times.count
      case .numbers(let numbers): numbers.count
      case .categories(let names): names.count
      }
    }
  }

  package struct Point: Hashable, Sendable {
    /// An index of the axis.
    package var place: Int
    package var value: Double
  }

  package struct Series: Hashable, Sendable {
    package var name: String
    /// One for each place of the axis; NaN where there is none. Of several the greatest.
    package var values: [Double]
    /// All points; kept for a chart of points.
    package var points: [Point] = []

    package var numbers: [Double] { values.filter(\.isFinite) }
  }

  package var form: Form
  package var stacking: ChartRequest.Stacking
  package var title: String?
  /// What the axis is of.
  package var name: String
  package var axis: Axis
  package var series: [Series]
  /// What is not drawn.
  package var notes: [Advice] = []

  /// Whether series are put on top of each other.
  package var isStacked: Bool {
    switch stacking {
    case .none: false
    case .stacked, .full: series.count > 1
    }
  }
}

extension ChartRequest.Kind {
  /// How it is drawn; nil for rows that are shown as they are.
  package var form: Chart.Form? {
    switch self {
    case .timechart, .linechart, .anomalychart: .lines
    case .areachart, .stackedareachart: .areas
    case .columnchart: .columns
    case .barchart: .bars
    case .piechart: .shares
    case .scatterchart: .points
    case .card: .card
    case .table, .graph, .ladderchart, .pivotchart, .plotly, .timeline, .timepivot, .treemap: nil
    }
  }
}
