/// Rows that several places of a plan read, worked out once: a `let` that is used twice, the rows before `appendpipe`.
///
/// ```
///   let busy = T | summarize n = count() by who;        definition 1: Aggregate(Scan(T))
///   busy | join (busy | where n > 9) on who             body: Join(reference 1, Filter(reference 1))
/// ```
package struct With: Equatable, Sendable {
  package struct Definition: Equatable, Sendable {
    package var id: Int
    package var plan: LogicalPlan

    package init(id: Int, plan: LogicalPlan) {
      self.id = id
      self.plan = plan
    }
  }

  /// Each may read those before it.
  package var definitions: [Definition]
  package var body: LogicalPlan

  package init(definitions: [Definition], body: LogicalPlan) {
    self.definitions = definitions
    self.body = body
  }
}

/// The rows of a definition of the enclosing `With`.
package struct Reference: Equatable, Sendable {
  /// A column and the one of the definition that fills it.
  package struct Source: Equatable, Sendable {
    package var column: PlanColumn
    package var source: ColumnID

    package init(column: PlanColumn, source: ColumnID) {
      self.column = column
      self.source = source
    }
  }

  package var id: Int
  package var sources: [Source]
  package var origin: PlanOrigin

  package init(id: Int, sources: [Source], origin: PlanOrigin) {
    self.id = id
    self.sources = sources
    self.origin = origin
  }

  /// A reader of all columns of a definition, under their own identities.
  package init(to definition: With.Definition) {
    var origin = definition.plan.origin
    origin.notes = []
    self.init(
      id: definition.id,
      sources: definition.plan.columns.map { Source(column: $0, source: $0.id) }, origin: origin)
  }
}

extension LogicalPlan {
  /// The plan with those of some definitions that it reads, each able to read those before it.
  ///
  /// What one place reads is written out there. So is what only streams over a scan, wherever it is read: conditions
  /// then reach the scan, and the rows need not be held.
  package func sharing(_ definitions: [With.Definition]) -> LogicalPlan {
    var readers = ReaderCount()
    readers.count(self)
    for definition in definitions.reversed() where readers.counts[definition.id] != nil {
      readers.count(definition.plan)
    }
    var written: [Int: LogicalPlan] = [:]
    var shared: [With.Definition] = []
    for definition in definitions {
      guard let count = readers.counts[definition.id] else { continue }
      let plan = definition.plan.writingOut(written)
      if count == 1 || plan.isShortStream {
        written[definition.id] = plan
      } else {
        shared.append(With.Definition(id: definition.id, plan: plan))
      }
    }
    let body = writingOut(written)
    return shared.isEmpty ? body : .with(With(definitions: shared, body: body))
  }

  private func writingOut(_ definitions: [Int: LogicalPlan]) -> LogicalPlan {
    if definitions.isEmpty { return self }
    if case .reference(let reference) = self, let plan = definitions[reference.id] {
      return plan.read(by: reference)
    }
    return withInputs { $0.writingOut(definitions) }.mappingSubqueries { $0.writingOut(definitions) }
  }

  /// A few filters and projections over a scan or over rows that are there.
  private var isShortStream: Bool {
    var plan = self
    for _ in 0..<32 {
      guard plan.notes.isEmpty, plan.expressions.allSatisfy({ $0.isWithin(levels: 64, parts: 256) }) else {
        return false
      }
      switch plan {
      case .scan, .inline, .reference: return true
      case .filter(let filter): plan = filter.input
      case .project(let project): plan = project.input
      case .argument, .aggregate, .join, .union, .sort, .limit, .expand, .window, .apply, .tabular, .with:
        return false
      }
    }
    return false
  }

  /// The plan in the place of one that reads it.
  private func read(by reference: Reference) -> LogicalPlan {
    var names: [ColumnID: PlanColumn] = [:]
    for source in reference.sources where source.source != source.column.id {
      names[source.source] = source.column
    }
    let wanted = reference.sources.map(\.column)
    let plan = renaming(names)
    if plan.columns == wanted { return plan.adding(reference.origin.notes) }
    return .project(
      Project(
        input: plan, assignments: wanted.map { Assignment(keeping: $0) }, origin: reference.origin))
  }

  /// The same rows with other columns in the place of some.
  private func renaming(_ names: [ColumnID: PlanColumn]) -> LogicalPlan {
    if names.isEmpty { return self }
    func renamed(_ column: PlanColumn) -> PlanColumn { names[column.id] ?? column }
    func renamed(_ expression: Expression) -> Expression {
      expression.substituting(names.mapValues { .column($0) })
    }
    if !notes.isEmpty { return projected(names) }
    switch self {
    case .scan(var scan):
      for index in scan.sources.indices { scan.sources[index].column = renamed(scan.sources[index].column) }
      scan.predicate = scan.predicate.map(renamed)
      return .scan(scan)
    case .inline(var inline):
      inline.columns = inline.columns.map(renamed)
      return .inline(inline)
    case .filter(var filter):
      filter.input = filter.input.renaming(names)
      filter.predicate = renamed(filter.predicate)
      return .filter(filter)
    case .project(var project):
      for index in project.assignments.indices {
        project.assignments[index].column = renamed(project.assignments[index].column)
      }
      return .project(project)
    case .aggregate(var aggregate):
      for index in aggregate.keys.indices {
        aggregate.keys[index].column = renamed(aggregate.keys[index].column)
      }
      for index in aggregate.items.indices {
        aggregate.items[index].outputs = aggregate.items[index].outputs.map(renamed)
      }
      return .aggregate(aggregate)
    case .join(var join):
      for index in join.outputs.indices { join.outputs[index].column = renamed(join.outputs[index].column) }
      return .join(join)
    case .union(var union):
      union.columns = union.columns.map(renamed)
      return .union(union)
    case .reference(var reference):
      for index in reference.sources.indices {
        reference.sources[index].column = renamed(reference.sources[index].column)
      }
      return .reference(reference)
    case .argument, .sort, .limit, .expand, .window, .apply, .tabular, .with: return projected(names)
    }
  }

  private func projected(_ names: [ColumnID: PlanColumn]) -> LogicalPlan {
    .project(
      Project(
        input: self,
        assignments: columns.map { Assignment(column: names[$0.id] ?? $0, expression: .column($0)) },
        origin: PlanOrigin(label: origin.label)))
  }

  /// The same node with other plans in its scalar subqueries.
  package func mappingSubqueries(_ transform: (LogicalPlan) -> LogicalPlan) -> LogicalPlan {
    guard expressions.contains(where: { !$0.scalarSubqueries.isEmpty }) else { return self }
    return mappingExpressions { expression in
      expression.rewritten { node in
        guard case .subquery(var subquery) = node else { return node }
        subquery.plan = transform(subquery.plan)
        return .subquery(subquery)
      }
    }
  }

  /// The references of this plan, also those of its scalar subqueries.
  package var references: [Reference] {
    var result: [Reference] = []
    forEachNode { node in
      if case .reference(let reference) = node { result.append(reference) }
      for expression in node.expressions {
        for subquery in expression.scalarSubqueries { result += subquery.plan.references }
      }
    }
    return result
  }
}

/// How many places read each definition.
private struct ReaderCount {
  private(set) var counts: [Int: Int] = [:]
  private var seenSubqueries: Set<Int> = []

  mutating func count(_ plan: LogicalPlan, times: Int = 1) {
    switch plan {
    case .reference(let reference): counts[reference.id, default: 0] += times
    case .apply(let apply):
      count(apply.input, times: times)
      // Read anew for each group.
      count(apply.subplan, times: 2)
    case .scan, .inline, .argument, .filter, .project, .aggregate, .join, .union, .sort, .limit, .expand,
      .window,
      .tabular, .with:
      for input in plan.inputs { count(input, times: times) }
    }
    for subquery in plan.expressions.flatMap(\.scalarSubqueries)
    where seenSubqueries.insert(subquery.id).inserted {
      count(subquery.plan)
    }
  }
}
