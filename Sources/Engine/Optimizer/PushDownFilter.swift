/// Moves conditions toward the scans, past operators that they do not depend on; neighbours become one filter.
enum PushDownFilter {
  static func rewrite(_ plan: LogicalPlan) -> LogicalPlan {
    plan.rewrittenBottomUp { node in
      guard case .filter(let filter) = node else { return node }
      return push(filter.predicate.conjuncts, into: filter.input, origin: filter.origin)
    }
  }

  /// The input with conditions applied as deep as they go; those that cannot sink stand above it.
  private static func push(
    _ conditions: [Expression], into input: LogicalPlan, origin: PlanOrigin
  ) -> LogicalPlan {
    if !input.notes.isEmpty { return filter(input, conditions, origin) }
    switch input {
    case .filter(let inner):
      return push(inner.predicate.conjuncts + conditions, into: inner.input, origin: inner.origin)
    case .project(var project):
      var passed: [ColumnID: Expression] = [:]
      for assignment in project.assignments {
        switch assignment.expression {
        case .column, .literal: passed[assignment.column.id] = assignment.expression
        case .call, .conditional, .subquery, .binding: break
        }
      }
      let (sinking, staying) = split(conditions) { $0.columns.allSatisfy { passed[$0] != nil } }
      if sinking.isEmpty { return filter(input, staying, origin) }
      project.input = push(sinking.map { $0.substituting(passed) }, into: project.input, origin: origin)
      return filter(.project(project), staying, origin)
    case .sort(var sort) where sort.limit == nil:
      sort.input = push(conditions, into: sort.input, origin: origin)
      return .sort(sort)
    case .union(var union):
      for index in union.legs.indices {
        var replacements: [ColumnID: Expression] = [:]
        let legColumns = Dictionary(
          union.legs[index].plan.columns.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (column, source) in zip(union.columns, union.legs[index].sources) {
          if let source, let found = legColumns[source] {
            replacements[column.id] = .column(found)
          } else {
            replacements[column.id] = .literal(union.missingText.value(of: column.type), column.type)
          }
        }
        union.legs[index].plan = push(
          conditions.map { $0.substituting(replacements) }, into: union.legs[index].plan, origin: origin)
      }
      return .union(union)
    case .aggregate(var aggregate) where !aggregate.keys.isEmpty:
      var keys: [ColumnID: Expression] = [:]
      for key in aggregate.keys where key.expression.constantValue == nil {
        keys[key.column.id] = key.expression
      }
      let (sinking, staying) = split(conditions) { condition in
        let columns = condition.columns
        return !columns.isEmpty
          && columns.allSatisfy { if case .column? = keys[$0] { true } else { false } }
      }
      if sinking.isEmpty { return filter(input, staying, origin) }
      aggregate.input = push(sinking.map { $0.substituting(keys) }, into: aggregate.input, origin: origin)
      return filter(.aggregate(aggregate), staying, origin)
    case .join(let join): return push(conditions, intoJoin: join, origin: origin)
    case .expand(var expand):
      let made = Set(expand.items.map(\.column.id) + (expand.indexColumn.map { [$0.id] } ?? []))
      let (sinking, staying) = split(conditions) { $0.columns.isDisjoint(with: made) }
      if sinking.isEmpty { return filter(input, staying, origin) }
      expand.input = push(sinking, into: expand.input, origin: origin)
      return filter(.expand(expand), staying, origin)
    case .tabular(var call):
      let passed = Set(call.passedColumns.map(\.id))
      let (sinking, staying) = split(conditions) {
        let columns = $0.columns
        return columns.isSubset(of: passed) && call.operator.standsBehindFilter(on: columns)
      }
      guard !sinking.isEmpty, let first = call.inputs.first else { return filter(input, staying, origin) }
      call.inputs[0] = push(sinking, into: first, origin: origin)
      return filter(.tabular(call), staying, origin)
    case .scan, .inline, .argument, .sort, .aggregate, .limit, .window, .apply, .with, .reference:
      return filter(input, conditions, origin)
    }
  }

  private static func push(
    _ conditions: [Expression], intoJoin join: Join, origin: PlanOrigin
  ) -> LogicalPlan {
    var join = join
    var fromLeft: [ColumnID: Expression] = [:]
    var fromRight: [ColumnID: Expression] = [:]
    let left = Dictionary(join.left.columns.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let right = Dictionary(join.right.columns.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for output in join.outputs {
      if output.fromLeft {
        fromLeft[output.column.id] = left[output.source].map { .column($0) }
      } else {
        fromRight[output.column.id] = right[output.source].map { .column($0) }
      }
    }
    // Which side keeps the meaning of the join when it loses rows first. Not the left of `innerunique`: which
    // of its rows is the first of a key would change.
    let (leftSinks, rightSinks) =
      switch join.kind {
      case .inner: (true, join.maximumMatches == nil)
      case .leftouter, .leftsemi, .leftanti: (true, false)
      case .rightouter, .rightsemi, .rightanti: (false, join.maximumMatches == nil)
      case .innerunique, .fullouter: (false, false)
      }
    var (sinking, staying) = split(conditions) {
      leftSinks && !$0.columns.isEmpty && $0.columns.allSatisfy { fromLeft[$0] != nil }
    }
    if !sinking.isEmpty {
      join.left = push(sinking.map { $0.substituting(fromLeft) }, into: join.left, origin: origin)
    }
    (sinking, staying) = split(staying) {
      rightSinks && !$0.columns.isEmpty && $0.columns.allSatisfy { fromRight[$0] != nil }
    }
    if !sinking.isEmpty {
      join.right = push(sinking.map { $0.substituting(fromRight) }, into: join.right, origin: origin)
    }
    return filter(.join(join), staying, origin)
  }

  private static func split(
    _ conditions: [Expression], _ sinks: (Expression) -> Bool
  ) -> (sinking: [Expression], staying: [Expression]) {
    var sinking: [Expression] = []
    var staying: [Expression] = []
    for condition in conditions {
      if condition.isDeterministic, sinks(condition) {
        sinking.append(condition)
      } else {
        staying.append(condition)
      }
    }
    return (sinking, staying)
  }

  private static func filter(
    _ input: LogicalPlan, _ conditions: [Expression], _ origin: PlanOrigin
  ) -> LogicalPlan {
    if conditions.isEmpty { return input }
    return .filter(Filter(input: input, predicate: .all(of: conditions), origin: origin))
  }
}
