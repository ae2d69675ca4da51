/// What a plan that was read from a text must be so that it can run: every column is read where it is given, every
/// function has the arguments that it takes.
///
/// Lowering makes plans of no other kind; a text may say anything.
struct PlanCheck {
  /// The definitions and the groups around a node, by their ids.
  private var shared: [Int: [PlanColumn]] = [:]
  private var groups: [Int: [PlanColumn]] = [:]

  /// - Parameter given: the columns of the rows that come from elsewhere, by the ids of their arguments.
  static func check(_ plan: LogicalPlan, given: [Int: [PlanColumn]] = [:]) throws(PlanReadingFailure) {
    var check = PlanCheck()
    check.groups = given
    try check.visit(plan)
  }

  private func failure(_ message: String, in plan: LogicalPlan) -> PlanReadingFailure {
    PlanReadingFailure("invalid-plan", "\(message), in `\(plan.origin.label)`")
  }

  /// Checks a node and all below it.
  private mutating func visit(_ plan: LogicalPlan) throws(PlanReadingFailure) {
    switch plan {
    case .with(let with):
      let outer = shared
      for definition in with.definitions {
        try visit(definition.plan)
        shared[definition.id] = definition.plan.columns
      }
      try visit(with.body)
      shared = outer
      return
    case .apply(let apply):
      try visit(apply.input)
      let outer = groups[apply.argumentID]
      groups[apply.argumentID] = apply.input.columns
      try visit(apply.subplan)
      groups[apply.argumentID] = outer
    case .scan, .inline, .argument, .filter, .project, .aggregate, .join, .union, .sort, .limit, .expand,
      .window, .tabular, .reference:
      for input in plan.inputs { try visit(input) }
    }
    try checkNode(plan)
    for expression in plan.expressions {
      for subquery in expression.scalarSubqueries { try visit(subquery.plan) }
    }
  }

  private func checkNode(_ plan: LogicalPlan) throws(PlanReadingFailure) {
    switch plan {
    case .scan(let scan):
      if let predicate = scan.predicate { try check([predicate], over: plan.columns, in: plan) }
    case .inline(let inline):
      try require(
        inline.columns.map(\.type) == inline.table.fields.map(\.type), "rows of other columns", in: plan)
    case .argument(let argument):
      let known = groups[argument.id] ?? []
      try require(argument.columns.map(\.type) == known.map(\.type), "rows of no group", in: plan)
    case .filter(let filter):
      try check([filter.predicate], over: filter.input.columns, in: plan)
      try require(filter.predicate.type == .bool, "a condition that is neither true nor false", in: plan)
    case .project(let project): try check(project.assignments, over: project.input.columns, in: plan)
    case .aggregate(let aggregate):
      try check(aggregate.keys, over: aggregate.input.columns, in: plan)
      try check(aggregate.items, over: aggregate.input.columns, in: plan)
    case .join(let join): try check(join, in: plan)
    case .union(let union): try check(union, in: plan)
    case .sort(let sort): try check(sort.keys.map(\.expression), over: sort.input.columns, in: plan)
    case .limit: break
    case .expand(let expand): try check(expand, in: plan)
    case .window(let window):
      var columns = window.input.columns
      for item in window.items {
        try check(item.arguments, over: columns, in: plan)
        try require(
          PlanCheck.fits(item.arguments, item.function.signature, item.dialect),
          "`\(item.function.planName)` takes other arguments", in: plan)
        columns.append(item.column)
      }
    case .apply(let apply):
      try check(apply.keys + apply.carried.map { .column($0) }, over: apply.input.columns, in: plan)
    case .tabular(let call): try check(call, in: plan)
    case .with: break
    case .reference(let reference):
      guard let columns = shared[reference.id] else {
        throw failure("shared \(reference.id) is not defined before it is read", in: plan)
      }
      let types = PlanCheck.types(columns)
      for source in reference.sources {
        try require(
          types[source.source]?.isHeld(as: source.column.type) == true,
          "`\(source.column.name)` is not shared", in: plan)
      }
    }
  }

  private func require(
    _ holds: Bool, _ message: String, in plan: LogicalPlan
  ) throws(PlanReadingFailure) {
    if !holds { throw failure(message, in: plan) }
  }

  // MARK: - Nodes

  private func check(_ join: Join, in plan: LogicalPlan) throws(PlanReadingFailure) {
    try check(join.keys.map(\.left), over: join.left.columns, in: plan)
    try check(join.keys.map(\.right), over: join.right.columns, in: plan)
    for key in join.keys {
      try require(key.left.type.isHeld(as: key.right.type), "keys of two types", in: plan)
    }
    let left = PlanCheck.types(join.left.columns)
    let right = PlanCheck.types(join.right.columns)
    for output in join.outputs {
      try require(
        (output.fromLeft ? left : right)[output.source]?.isHeld(as: output.column.type) == true,
        "`\(output.column.name)` comes from neither side", in: plan)
    }
  }

  private func check(_ union: Union, in plan: LogicalPlan) throws(PlanReadingFailure) {
    for leg in union.legs {
      try require(leg.sources.count == union.columns.count, "a leg with other columns", in: plan)
      let types = PlanCheck.types(leg.plan.columns)
      for (source, column) in zip(leg.sources, union.columns) {
        try require(
          source.map { types[$0]?.isHeld(as: column.type) == true } ?? true,
          "`\(column.name)` is not in every leg", in: plan)
      }
    }
  }

  private func check(_ expand: Expand, in plan: LogicalPlan) throws(PlanReadingFailure) {
    try check(expand.items.map(\.source), over: expand.input.columns, in: plan)
    var types = PlanCheck.types(expand.input.columns)
    for column in expand.items.map(\.column) + [expand.indexColumn].compactMap({ $0 }) {
      types[column.id] = column.type
    }
    for column in expand.outputs {
      try require(
        types[column.id]?.isHeld(as: column.type) == true, "`\(column.name)` is not there", in: plan)
    }
  }

  private func check(_ call: TabularCall, in plan: LogicalPlan) throws(PlanReadingFailure) {
    if let count = type(of: call.operator).inputCount {
      try require(call.inputs.count == count, "\(call.inputs.count) inputs, not \(count)", in: plan)
    }
    if let problem = call.operator.problem { throw failure(problem, in: plan) }
    // What it makes it may read as well, and columns that stand for the row of a step.
    for expression in call.operator.expressions { try checkCalls(of: expression, in: plan) }
  }

  private func check(
    _ assignments: [Assignment], over columns: [PlanColumn], in plan: LogicalPlan
  ) throws(PlanReadingFailure) {
    try check(assignments.map(\.expression), over: columns, in: plan)
    for assignment in assignments {
      try require(
        assignment.expression.type.isHeld(as: assignment.column.type),
        "`\(assignment.column.name)` has another type",
        in: plan)
    }
  }

  private func check(
    _ items: [Aggregate.Item], over columns: [PlanColumn], in plan: LogicalPlan
  ) throws(PlanReadingFailure) {
    for item in items {
      let call = item.call
      try check(call.arguments, over: columns, in: plan)
      try require(
        call.types == call.arguments.map(\.type) && !item.outputs.isEmpty
          && PlanCheck.fits(call.arguments, call.function.signature, call.dialect),
        "`\(call.function.planName)` takes other arguments", in: plan)
      let results = call.function.resultTypes(
        of: call.types, constants: call.arguments.map(\.constantValue))
      try require(
        results == item.outputs.map(\.type), "`\(call.function.planName)` gives other columns", in: plan)
    }
  }

  // MARK: - Expressions

  private func check(
    _ expressions: [Expression], over columns: [PlanColumn], in plan: LogicalPlan
  ) throws(PlanReadingFailure) {
    let types = PlanCheck.types(columns)
    for expression in expressions {
      for column in expression.columns where types[column] == nil {
        throw failure("column \(column.rawValue) is read where it is not given", in: plan)
      }
      try checkCalls(of: expression, in: plan)
    }
  }

  private func checkCalls(of expression: Expression, in plan: LogicalPlan) throws(PlanReadingFailure) {
    switch expression {
    case .column, .subquery: break
    case .literal(let value, let type):
      let isInteger = value.naturalType == .long && type == .int
      try require(
        value.isNull || value.naturalType == type || isInteger, "a constant of another type", in: plan)
    case .call(let call):
      for argument in call.arguments { try checkCalls(of: argument, in: plan) }
      try require(
        PlanCheck.fits(call.arguments, call.function.signature, call.dialect),
        "`\(call.function.planName)` takes other arguments", in: plan)
      let type = FunctionBinder.resultType(
        call.function.signature.returns, types: call.arguments.map(\.type),
        constants: call.arguments.map(\.constantValue))
      try require(type == call.type, "`\(call.function.planName)` gives another type", in: plan)
    case .conditional(let conditional):
      for branch in conditional.branches {
        try checkCalls(of: branch.condition, in: plan)
        try checkCalls(of: branch.value, in: plan)
        try require(
          branch.condition.type == .bool && branch.value.type.isHeld(as: conditional.type),
          "branches of two types", in: plan)
      }
      try checkCalls(of: conditional.otherwise, in: plan)
      try require(conditional.otherwise.type.isHeld(as: conditional.type), "branches of two types", in: plan)
    case .binding(let binding):
      try checkCalls(of: binding.value, in: plan)
      try checkCalls(of: binding.body, in: plan)
    }
  }

  /// Whether arguments are as many as a function takes, and of the types that its kernel reads.
  private static func fits(
    _ arguments: [Expression], _ signature: Signature, _ dialect: Dialect
  ) -> Bool {
    guard arguments.count >= signature.minimumCount, arguments.count <= signature.maximumCount ?? .max else {
      return false
    }
    return arguments.enumerated().allSatisfy { index, argument in
      guard let parameter = signature.parameter(at: index) else { return false }
      if parameter.isConstant, !argument.columns.isEmpty { return false }
      // What is in a bag reads as what it is: each of several values of a field.
      if argument.type == .dynamic, dialect.conversions == .implied { return true }
      switch parameter.kind {
      case .any, .scalar: return true
      case .text: return argument.type == .string
      case .number: return argument.type.isNumeric
      case .oneOf(let types): return types.contains { $0.isHeld(as: argument.type) }
      case .type(let type):
        // A constant number is read as any number.
        let isNumber = argument.constantValue != nil && argument.type.isNumeric && type.isNumeric
        return isNumber || argument.type.isHeld(as: type)
      }
    }
  }

  private static func types(_ columns: [PlanColumn]) -> [ColumnID: DataType] {
    Dictionary(columns.map { ($0.id, $0.type) }) { first, _ in first }
  }
}

extension DataType {
  /// Whether columns of two types are alike: a short integer is held as a long one.
  fileprivate func isHeld(as other: DataType) -> Bool {
    self == other || (self == .int && other == .long) || (self == .long && other == .int)
  }
}
