extension Window {
  /// What rows must have in common to matter to each other; empty if any rows may.
  var keys: [Expression] {
    let keys = items.map { item in item.function.keysFrom.map { Array(item.arguments.dropFirst($0)) } ?? [] }
    guard let first = keys.first, keys.allSatisfy({ $0 == first }) else { return [] }
    return first
  }
}

extension TabularCall {
  /// What rows must have in common to matter to each other; empty if any rows may.
  var keys: [Expression] {
    guard inputs.count == 1, case .all = `operator`.passes, let keys = `operator`.gathered?.keys else {
      return []
    }
    let columns = keys.compactMap { if case .column(let column) = $0 { column.id } else { nil } }
    return columns.count == keys.count && `operator`.standsBehindFilter(on: Set(columns)) ? keys : []
  }
}

extension LogicalPlan {
  /// The same node over other inputs, in their order.
  ///
  /// - Precondition: as many as it has.
  func over(_ inputs: LogicalPlan...) -> LogicalPlan {
    var left = inputs[...]
    return withInputs { old in left.popFirst() ?? old }
  }

  /// The same node over another input, of which it hands on some columns more.
  func over(_ input: LogicalPlan, carrying columns: [PlanColumn]) -> LogicalPlan {
    switch over(input) {
    case .project(var project):
      project.assignments += columns.map { Assignment(keeping: $0) }
      return .project(project)
    case .expand(var expand):
      expand.outputs += columns
      return .expand(expand)
    case .scan, .inline, .argument, .filter, .aggregate, .join, .union, .sort, .limit, .window, .apply,
      .tabular, .with, .reference:
      return over(input)
    }
  }

  /// Only some of the columns.
  func keeping(_ columns: [PlanColumn]) -> LogicalPlan {
    .project(
      Project(
        input: self, assignments: columns.map { Assignment(keeping: $0) },
        origin: PlanOrigin(label: "columns of the rows")))
  }

  /// With a column more.
  func adding(_ assignment: Assignment) -> LogicalPlan {
    .project(
      Project(
        input: self, assignments: columns.map { Assignment(keeping: $0) } + [assignment],
        origin: PlanOrigin(label: "columns of the rows")))
  }

  /// A few steps, so that doing them in several places costs little.
  var isShort: Bool {
    var count = 0
    forEachNode { _ in count += 1 }
    return count <= 8
  }

  /// Something in it does more than give rows.
  var hasEffect: Bool {
    var result = false
    forEachNode { node in
      if case .tabular(let call) = node, call.operator.hasEffect { result = true }
    }
    return result
  }

  /// Rows that only the last stage has are read.
  var readsRowsTogether: Bool { !references.isEmpty }

  /// The arguments that this plan reads, by their ids.
  package var argumentsRead: Set<Int> {
    var result: Set<Int> = []
    forEachNode { node in
      if case .argument(let argument) = node { result.insert(argument.id) }
    }
    return result
  }

  /// The greatest identity of a column that this plan gives or makes.
  var greatestColumn: Int {
    var greatest = 0
    forEachNode { node in
      for column in node.columns { greatest = max(greatest, column.id.rawValue) }
      for expression in node.expressions {
        for column in expression.columns { greatest = max(greatest, column.rawValue) }
      }
    }
    return greatest
  }
}
