/// Makes one projection of two, where the lower one's expressions are read at most once above.
enum MergeProjections {
  static func rewrite(_ plan: LogicalPlan) -> LogicalPlan {
    plan.rewrittenBottomUp { node in
      guard case .project(var outer) = node, case .project(let inner) = outer.input,
        outer.input.notes.isEmpty
      else { return node }
      var made: [ColumnID: Expression] = [:]
      for assignment in inner.assignments { made[assignment.column.id] = assignment.expression }
      var uses: [ColumnID: Int] = [:]
      for assignment in outer.assignments { count(assignment.expression, into: &uses) }
      for assignment in inner.assignments {
        switch assignment.expression {
        case .column, .literal: continue
        case .call, .conditional, .subquery, .binding:
          if uses[assignment.column.id] ?? 0 > 1 || !assignment.expression.isDeterministic { return node }
        }
      }
      outer.assignments = outer.assignments.map {
        Assignment(column: $0.column, expression: $0.expression.substituting(made))
      }
      outer.input = inner.input
      return .project(outer)
    }
  }

  private static func count(_ expression: Expression, into uses: inout [ColumnID: Int]) {
    switch expression {
    case .literal, .subquery: break
    case .column(let column): uses[column.id, default: 0] += 1
    case .call(let call): for argument in call.arguments { count(argument, into: &uses) }
    case .conditional(let conditional):
      for branch in conditional.branches {
        count(branch.condition, into: &uses)
        count(branch.value, into: &uses)
      }
      count(conditional.otherwise, into: &uses)
    case .binding(let binding):
      count(binding.value, into: &uses)
      count(binding.body, into: &uses)
    }
  }
}
