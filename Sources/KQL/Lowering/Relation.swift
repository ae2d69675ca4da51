import Engine

/// A plan on its way: what later stages of the pipe can see of it.
struct Relation {
  var plan: LogicalPlan
  /// The table it comes from, for `withsource` and `$table`.
  var name: String?
  /// Rows are in an order that window functions may rely on.
  var isSerialized = false
  /// How many stages lie one behind the other.
  var depth = 0
  /// The chart that `render` asked for.
  var chart: ChartRequest?

  init(_ plan: LogicalPlan, name: String? = nil, isSerialized: Bool = false) {
    self.plan = plan
    self.name = name
    self.isSerialized = isSerialized
  }

  var columns: [PlanColumn] { plan.columns }

  func column(_ name: String) -> PlanColumn? { plan.columns.first { $0.name == name } }

  /// The same relation with another plan; its name goes, its order stays.
  func with(_ plan: LogicalPlan) -> Relation {
    var copy = self
    copy.plan = plan
    return copy
  }
}
