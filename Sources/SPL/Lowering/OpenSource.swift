import Engine

/// Reaches through a plan for more fields of the events at its bottom, all at once: an event may have any number of them,
/// and one by one they would cost the square of that.
///
/// Example: over `Filter(Scan(events: a))`, adding `b` and `c` gives `Filter(Scan(events: a, b, c))`.
struct OpenSource {
  let table: String
  let makeColumn: (String, DataType) -> PlanColumn
  /// Adds the fields to a scan: as they are, or made above it where they are no fields of the events but follow from some.
  let fetch: (Scan) -> (plan: LogicalPlan, columns: [PlanColumn])?
  /// Adds the fields to a definition that several places read.
  let extendShared: (Int) -> [PlanColumn]?

  /// The plan with the fields among its columns, and these columns; nil where the schema is closed.
  func adding(to plan: LogicalPlan) -> (plan: LogicalPlan, columns: [PlanColumn])? {
    switch plan {
    case .scan(let scan): return scan.table == table ? fetch(scan) : nil
    case .filter(var filter):
      guard let below = adding(to: filter.input) else { return nil }
      filter.input = below.plan
      return (.filter(filter), below.columns)
    case .sort(var sort):
      guard let below = adding(to: sort.input) else { return nil }
      sort.input = below.plan
      return (.sort(sort), below.columns)
    case .limit(var limit):
      guard let below = adding(to: limit.input) else { return nil }
      limit.input = below.plan
      return (.limit(limit), below.columns)
    case .window(var window):
      guard let below = adding(to: window.input) else { return nil }
      window.input = below.plan
      return (.window(window), below.columns)
    case .project(var project):
      guard let below = adding(to: project.input) else { return nil }
      project.input = below.plan
      let known = Set(project.assignments.map(\.column.id))
      project.assignments += below.columns.filter { !known.contains($0.id) }.map { Assignment(keeping: $0) }
      return (.project(project), below.columns)
    case .expand(var expand):
      guard let below = adding(to: expand.input) else { return nil }
      expand.input = below.plan
      let known = Set(expand.outputs.map(\.id))
      expand.outputs += below.columns.filter { !known.contains($0.id) }
      return (.expand(expand), below.columns)
    case .join(var join):
      guard let below = adding(to: join.left) else { return nil }
      join.left = below.plan
      let known = Set(join.outputs.map(\.column.id))
      join.outputs += below.columns.filter { !known.contains($0.id) }.map {
        Join.Output(column: $0, source: $0.id, fromLeft: true)
      }
      return (.join(join), below.columns)
    case .union(let union): return adding(to: union)
    case .tabular(var call):
      switch call.operator.passes {
      case .none: return nil
      case .all, .some:
        guard let input = call.inputs.first, let below = adding(to: input) else { return nil }
        call.inputs[0] = below.plan
        return (.tabular(call), below.columns)
      }
    case .reference(var reference):
      guard let columns = extendShared(reference.id) else { return nil }
      let known = Set(reference.sources.map(\.source))
      reference.sources += columns.filter { !known.contains($0.id) }.map {
        Reference.Source(column: $0, source: $0.id)
      }
      return (.reference(reference), columns)
    case .inline, .argument, .aggregate, .apply, .with: return nil
    }
  }

  private func adding(to union: Union) -> (plan: LogicalPlan, columns: [PlanColumn])? {
    var union = union
    var added: [[PlanColumn]?] = []
    for index in union.legs.indices {
      let below = adding(to: union.legs[index].plan)
      if let below { union.legs[index].plan = below.plan }
      added.append(below?.columns)
    }
    guard let first = added.compactMap({ $0 }).first else { return nil }
    let columns = first.map { makeColumn($0.name, $0.type) }
    union.columns += columns
    for (index, own) in added.enumerated() {
      union.legs[index].sources += own.map { $0.map(\.id) } ?? columns.map { _ in nil }
    }
    return (.union(union), columns)
  }
}
