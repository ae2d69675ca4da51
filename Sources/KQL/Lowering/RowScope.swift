import Diagnostics
import Engine

/// What an expression can see: the columns of its row, and where aggregates and window functions go.
struct RowScope {
  var columns: [PlanColumn]
  /// `$left` and `$right` in the conditions of a join.
  var left: [PlanColumn]?
  var right: [PlanColumn]?
  /// Collects the aggregates of a `summarize`; nil where none may stand.
  var aggregates: AggregateCollector?
  /// Collects the window functions of a stage; nil where none may stand.
  var windows: WindowCollector?
  /// Steps of a `scan` whose state may be read: `step.column`.
  var steps: [String: [PlanColumn]] = [:]

  init(_ columns: [PlanColumn]) { self.columns = columns }

  /// No columns at all: literals, `let`s and functions of them.
  static var constant: RowScope { RowScope([]) }

  func column(_ name: String) -> PlanColumn? { columns.first { $0.name == name } }
}

/// The aggregates that were met while the expressions of a `summarize` were lowered.
final class AggregateCollector {
  var items: [Aggregate.Item] = []
}

/// The window functions that were met in a stage.
final class WindowCollector {
  var items: [Window.Item] = []
  /// The rows are in an order.
  let isSerialized: Bool

  init(isSerialized: Bool) { self.isSerialized = isSerialized }
}
