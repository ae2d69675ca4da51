/// Where the rows of a plan are while it runs on many machines.
enum Placement {
  /// Rows that any task can make: no file is read for them.
  case anywhere(LogicalPlan)
  /// Rows of the first stage's tasks. In the order of the legs, each in the order of the tasks.
  case scattered([Leg])
  /// Rows that were shared out by a key: each task has some from anywhere, so that a column has their positions.
  case keyed(Leg, position: PlanColumn)
  /// All rows together in the last stage.
  case gathered(LogicalPlan, [Fragment.Input])
  /// All rows with whoever asked, since what is done to them has an effect there.
  case returned(LogicalPlan)

  /// A plan that tasks of a stage run over what they have.
  struct Leg {
    var plan: LogicalPlan
    var stage: Int
    var inputs: [Fragment.Input] = []
    var part: Int?
  }
}
