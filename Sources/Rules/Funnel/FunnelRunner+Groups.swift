import Diagnostics
import Engine
import Session

extension FunnelRunner {
  /// The stages of a plan that runs for each group of rows (`mv-apply`, `partition`), their rows summed over all groups.
  ///
  /// Each stage is counted by running the plan up to it: its groups cannot be told apart from outside.
  func stages(of apply: Apply, over input: Table) throws(ExecutionFailure) -> [Funnel.Stage] {
    var chain: [LogicalPlan] = []
    var node = apply.subplan
    while true {
      if case .argument = node { break }
      // A node with several inputs, or with none, stands for all below it.
      chain.append(node)
      guard node.inputs.count == 1, let below = node.inputs.first else { break }
      node = below
    }
    var stages: [Funnel.Stage] = []
    var rowsIn: Int? = input.rowCount
    for part in chain.reversed() {
      var upTo = apply
      upTo.input = StageOutline.rows(input, of: apply.input)
      upTo.subplan = part
      let rows = try executor.run(.apply(upTo)).rowCount
      var stage = Funnel.Stage(text: title(part), span: part.origin.span, rowsIn: rowsIn, rowsOut: rows)
      if part.origin.span == nil, part.origin.label == "rows of the group" { continue }
      if let span = part.origin.span {
        let place = query.source.position(of: span.lowerBound)
        (stage.line, stage.column) = (place.line, place.column)
      }
      StageOutline.add(stage, to: &stages)
      rowsIn = rows
    }
    return stages
  }
}
