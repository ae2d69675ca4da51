extension LogicalPlan {
  /// The columns that this plan gives, in order.
  package var columns: [PlanColumn] {
    switch self {
    case .scan(let scan): scan.sources.map(\.column)
    case .inline(let inline): inline.columns
    case .argument(let argument): argument.columns
    case .filter(let filter): filter.input.columns
    case .project(let project): project.assignments.map(\.column)
    case .aggregate(let aggregate): aggregate.keys.map(\.column) + aggregate.items.flatMap(\.outputs)
    case .join(let join): join.outputs.map(\.column)
    case .union(let union): union.columns
    case .sort(let sort): sort.input.columns
    case .limit(let limit): limit.input.columns
    case .expand(let expand): expand.outputs
    case .window(let window): window.input.columns + window.items.map(\.column)
    case .apply(let apply): apply.carried + apply.subplan.columns
    case .tabular(let call): call.columns
    case .with(let with): with.body.columns
    case .reference(let reference): reference.sources.map(\.column)
    }
  }

  /// The plans that feed this one: of `apply` the subplan last, of `with` the body.
  package var inputs: [LogicalPlan] {
    switch self {
    case .scan, .inline, .argument, .reference: []
    case .filter(let filter): [filter.input]
    case .project(let project): [project.input]
    case .aggregate(let aggregate): [aggregate.input]
    case .join(let join): [join.left, join.right]
    case .union(let union): union.legs.map(\.plan)
    case .sort(let sort): [sort.input]
    case .limit(let limit): [limit.input]
    case .expand(let expand): [expand.input]
    case .window(let window): [window.input]
    case .apply(let apply): [apply.input, apply.subplan]
    case .tabular(let call): call.inputs
    case .with(let with): with.definitions.map(\.plan) + [with.body]
    }
  }

  package var origin: PlanOrigin {
    switch self {
    case .scan(let scan): scan.origin
    case .inline(let inline): inline.origin
    case .argument(let argument): PlanOrigin(label: argument.exchange == nil ? "rows of the group" : "")
    case .filter(let filter): filter.origin
    case .project(let project): project.origin
    case .aggregate(let aggregate): aggregate.origin
    case .join(let join): join.origin
    case .union(let union): union.origin
    case .sort(let sort): sort.origin
    case .limit(let limit): limit.origin
    case .expand(let expand): expand.origin
    case .window(let window): window.origin
    case .apply(let apply): apply.origin
    case .tabular(let call): call.origin
    case .with(let with): with.body.origin
    case .reference(let reference): reference.origin
    }
  }

  /// The same node over changed inputs, given in the order of `inputs`.
  package func withInputs(_ transform: (LogicalPlan) -> LogicalPlan) -> LogicalPlan {
    switch self {
    case .scan, .inline, .argument, .reference: return self
    case .filter(var filter):
      filter.input = transform(filter.input)
      return .filter(filter)
    case .project(var project):
      project.input = transform(project.input)
      return .project(project)
    case .aggregate(var aggregate):
      aggregate.input = transform(aggregate.input)
      return .aggregate(aggregate)
    case .join(var join):
      join.left = transform(join.left)
      join.right = transform(join.right)
      return .join(join)
    case .union(var union):
      for index in union.legs.indices { union.legs[index].plan = transform(union.legs[index].plan) }
      return .union(union)
    case .sort(var sort):
      sort.input = transform(sort.input)
      return .sort(sort)
    case .limit(var limit):
      limit.input = transform(limit.input)
      return .limit(limit)
    case .expand(var expand):
      expand.input = transform(expand.input)
      return .expand(expand)
    case .window(var window):
      window.input = transform(window.input)
      return .window(window)
    case .apply(var apply):
      apply.input = transform(apply.input)
      apply.subplan = transform(apply.subplan)
      return .apply(apply)
    case .tabular(var call):
      call.inputs = call.inputs.map(transform)
      return .tabular(call)
    case .with(var with):
      for index in with.definitions.indices {
        with.definitions[index].plan = transform(with.definitions[index].plan)
      }
      with.body = transform(with.body)
      return .with(with)
    }
  }

  /// The same plan with other columns in the argument of an id.
  package func rebinding(argument id: Int, to columns: [PlanColumn]) -> LogicalPlan {
    if case .argument(let node) = self {
      return node.id == id ? .argument(Argument(id: id, columns: columns)) : self
    }
    return withInputs { $0.rebinding(argument: id, to: columns) }
  }

  /// The expressions of this node alone.
  package var expressions: [Expression] {
    switch self {
    case .scan(let scan): scan.predicate.map { [$0] } ?? []
    case .inline, .argument, .union, .limit, .with, .reference: []
    case .filter(let filter): [filter.predicate]
    case .project(let project): project.assignments.map(\.expression)
    case .aggregate(let aggregate):
      aggregate.keys.map(\.expression) + aggregate.items.flatMap(\.call.arguments)
    case .join(let join): join.keys.flatMap { [$0.left, $0.right] }
    case .sort(let sort): sort.keys.map(\.expression)
    case .expand(let expand): expand.items.map(\.source)
    case .window(let window): window.items.flatMap(\.arguments)
    case .apply(let apply): apply.keys
    case .tabular(let call): call.operator.expressions
    }
  }

  /// The same node over rewritten expressions.
  package func mappingExpressions(_ transform: (Expression) -> Expression) -> LogicalPlan {
    switch self {
    case .inline, .argument, .union, .limit, .with, .reference: return self
    case .scan(var scan):
      scan.predicate = scan.predicate.map(transform)
      return .scan(scan)
    case .filter(var filter):
      filter.predicate = transform(filter.predicate)
      return .filter(filter)
    case .project(var project):
      project.assignments = project.assignments.map { $0.mapping(transform) }
      return .project(project)
    case .aggregate(var aggregate):
      aggregate.keys = aggregate.keys.map { $0.mapping(transform) }
      aggregate.items = aggregate.items.map { $0.mapping(transform) }
      return .aggregate(aggregate)
    case .join(var join):
      join.keys = join.keys.map { Join.Key(transform($0.left), transform($0.right)) }
      return .join(join)
    case .sort(var sort):
      for index in sort.keys.indices { sort.keys[index].expression = transform(sort.keys[index].expression) }
      return .sort(sort)
    case .expand(var expand):
      for index in expand.items.indices { expand.items[index].source = transform(expand.items[index].source) }
      return .expand(expand)
    case .window(var window):
      for index in window.items.indices {
        window.items[index].arguments = window.items[index].arguments.map(transform)
      }
      return .window(window)
    case .apply(var apply):
      apply.keys = apply.keys.map(transform)
      return .apply(apply)
    case .tabular(var call):
      call.operator = call.operator.mappingExpressions(transform)
      return .tabular(call)
    }
  }

  /// Visits this node and all below it, inputs first.
  package func forEachNode(_ visit: (LogicalPlan) -> Void) {
    for input in inputs { input.forEachNode(visit) }
    visit(self)
  }

  /// All scans below, also those inside scalar subqueries.
  package var scans: [Scan] {
    var result: [Scan] = []
    forEachNode { node in
      if case .scan(let scan) = node { result.append(scan) }
      for expression in node.expressions {
        for subquery in expression.scalarSubqueries { result.append(contentsOf: subquery.plan.scans) }
      }
    }
    return result
  }
}
