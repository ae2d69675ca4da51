package import Engine

/// What a column of a rule's result is made of, found in the plan before any row is read.
///
/// ```
///   AWSCloudTrail
///   | summarize n = count(), last = max(TimeGenerated) by UserIdentityArn
///   | extend Service = "SES", Name = tolower(UserIdentityArn)
///
///   n, last: measure (last is a time)   UserIdentityArn: groupKey   Service: constant   Name: derived
/// ```
package struct ColumnRole: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The same in every row.
    case constant
    /// A constant of each leg of a union, which tells them apart.
    case label
    /// What rows were grouped by.
    case groupKey
    /// A function of group keys alone.
    case derived
    /// A value of the event itself: no rows were grouped.
    case event
    /// A count, a set, a first or last time, or what depends on `now()` or on other rows.
    case measure
  }

  package var kind: Kind
  /// A time of events, as a datetime or as epoch seconds.
  package var isTime: Bool

  package init(kind: Kind, isTime: Bool = false) {
    self.kind = kind
    self.isTime = isTime
  }

  /// The roles of a plan's columns, in their order.
  package static func roles(of plan: LogicalPlan) -> [ColumnRole] {
    ColumnRoleFinder(arguments: [:], shared: [:]).roles(of: plan)
  }
}

private struct ColumnRoleFinder {
  typealias Roles = [ColumnID: ColumnRole]

  /// The rows that enclosing `apply`s hand on.
  let arguments: [Int: Roles]
  /// Those of shared definitions in sight.
  let shared: [Int: Roles]

  func roles(of plan: LogicalPlan) -> [ColumnRole] {
    let known = rolesByColumn(plan)
    return plan.columns.map { known[$0.id] ?? unknown($0) }
  }

  private func unknown(_ column: PlanColumn) -> ColumnRole {
    ColumnRole(kind: .measure, isTime: column.type == .datetime)
  }

  private func rolesByColumn(_ plan: LogicalPlan) -> Roles {
    switch plan {
    case .scan(let scan): return events(scan.sources.map(\.column))
    case .inline(let inline): return events(inline.columns)
    case .argument(let argument): return arguments[argument.id] ?? events(argument.columns)
    case .filter(let filter): return rolesByColumn(filter.input)
    case .sort(let sort): return rolesByColumn(sort.input)
    case .limit(let limit): return rolesByColumn(limit.input)
    case .project(let project):
      let input = rolesByColumn(project.input)
      return roles(project.assignments.map { ($0.column, role(of: $0.expression, input)) })
    case .aggregate(let aggregate): return roles(of: aggregate)
    case .join(let join):
      let left = rolesByColumn(join.left)
      let right = rolesByColumn(join.right)
      return roles(
        join.outputs.map {
          ($0.column, ($0.fromLeft ? left : right)[$0.source] ?? unknown($0.column))
        })
    case .union(let union): return roles(of: union)
    case .expand(let expand):
      let input = rolesByColumn(expand.input)
      var result = input
      for item in expand.items { result[item.column.id] = role(of: item.source, input) }
      if let index = expand.indexColumn { result[index.id] = ColumnRole(kind: .measure) }
      return result
    case .window(let window):
      var result = rolesByColumn(window.input)
      for item in window.items { result[item.column.id] = unknown(item.column) }
      return result
    case .apply(let apply):
      let input = rolesByColumn(apply.input)
      var inner = arguments
      inner[apply.argumentID] = input
      let result = ColumnRoleFinder(arguments: inner, shared: shared).rolesByColumn(apply.subplan)
      return input.merging(result) { $1 }
    case .tabular(let call):
      // What an operator makes anew depends on many rows.
      var known: Roles = [:]
      for input in call.inputs { known.merge(rolesByColumn(input)) { first, _ in first } }
      return roles(call.columns.map { ($0, known[$0.id] ?? unknown($0)) })
    case .with(let with):
      var known = shared
      for definition in with.definitions {
        known[definition.id] = ColumnRoleFinder(arguments: arguments, shared: known).rolesByColumn(
          definition.plan)
      }
      return ColumnRoleFinder(arguments: arguments, shared: known).rolesByColumn(with.body)
    case .reference(let reference):
      let known = shared[reference.id] ?? [:]
      return roles(reference.sources.map { ($0.column, known[$0.source] ?? unknown($0.column)) })
    }
  }

  private func roles(_ columns: [(PlanColumn, ColumnRole)]) -> Roles {
    Roles(columns.map { ($0.0.id, $0.1) }, uniquingKeysWith: { first, _ in first })
  }

  private func events(_ columns: [PlanColumn]) -> Roles {
    roles(columns.map { ($0, ColumnRole(kind: .event, isTime: $0.type == .datetime)) })
  }

  private func roles(of aggregate: Aggregate) -> Roles {
    let input = rolesByColumn(aggregate.input)
    var result: [(PlanColumn, ColumnRole)] = aggregate.keys.map { key in
      var found = role(of: key.expression, input)
      switch found.kind {
      case .constant, .measure: break
      case .label, .groupKey, .derived, .event: found.kind = .groupKey
      }
      return (key.column, found)
    }
    for item in aggregate.items {
      let takesTime = item.call.arguments.first.map { role(of: $0, input).isTime } ?? false
      let chooses = item.call.function.meaning == .oneOfThem
      for (index, output) in item.outputs.enumerated() {
        let isTime = output.type == .datetime || (index == 0 && takesTime && chooses)
        result.append((output, ColumnRole(kind: .measure, isTime: isTime)))
      }
    }
    return roles(result)
  }

  private func roles(of union: Union) -> Roles {
    let legs = union.legs.map { rolesByColumn($0.plan) }
    var result: [(PlanColumn, ColumnRole)] = []
    for (position, column) in union.columns.enumerated() {
      let parts = zip(union.legs, legs).compactMap { leg, known in
        position < leg.sources.count ? leg.sources[position].flatMap { known[$0] } : nil
      }
      let kinds = Set(parts.map(\.kind))
      let order: [ColumnRole.Kind] = [.measure, .groupKey, .event, .derived, .label]
      let kind = order.first(where: kinds.contains) ?? (legs.count > 1 ? .label : .constant)
      result.append((column, ColumnRole(kind: kind, isTime: parts.contains(where: \.isTime))))
    }
    return roles(result)
  }

  private func role(of expression: Expression, _ input: Roles) -> ColumnRole {
    if case .column(let column) = expression { return input[column.id] ?? unknown(column) }
    let parts = expression.columns.map { input[$0] ?? ColumnRole(kind: .measure) }
    let isTime = parts.contains(where: \.isTime) && (expression.type == .datetime || expression.isOneNumber)
    if !expression.scalarSubqueries.isEmpty || expression.readsNow || expression.isVolatile {
      return ColumnRole(kind: .measure, isTime: isTime)
    }
    let kinds = Set(parts.map(\.kind))
    if kinds.contains(.measure) { return ColumnRole(kind: .measure, isTime: isTime) }
    if kinds.contains(.event) { return ColumnRole(kind: .event, isTime: isTime) }
    if kinds.isSubset(of: [.constant]) { return ColumnRole(kind: .constant, isTime: isTime) }
    return ColumnRole(kind: kinds.isSubset(of: [.constant, .label]) ? .label : .derived, isTime: isTime)
  }
}

extension Engine.Expression {
  /// A number made of one value, such as a time as epoch seconds.
  fileprivate var isOneNumber: Bool {
    if case .call(let call) = self { call.arguments.count == 1 && call.type.isNumeric } else { false }
  }

  /// Gives another value each time.
  fileprivate var isVolatile: Bool {
    switch self {
    case .literal, .column, .subquery: false
    case .call(let call):
      call.function.stability == .volatile || call.arguments.contains(where: \.isVolatile)
    case .conditional(let conditional):
      conditional.otherwise.isVolatile
        || conditional.branches.contains { $0.condition.isVolatile || $0.value.isVolatile }
    case .binding(let binding): binding.value.isVolatile || binding.body.isVolatile
    }
  }
}
