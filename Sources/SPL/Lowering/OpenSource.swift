import Engine

/// Reaches through a plan for one more field of the events at its bottom.
///
/// Example: over `Filter(Scan(events: a))`, adding `b` gives `Filter(Scan(events: a, b))`.
struct OpenSource {
  let table: String
  let name: String
  let makeColumn: (String, DataType) -> PlanColumn
  /// Adds the field to a scan: as it is, or made above it where it is no field of the events but follows from some.
  let fetch: (Scan) -> (plan: LogicalPlan, column: PlanColumn)?
  /// Adds the field to a definition that several places read.
  let extendShared: (Int) -> PlanColumn?

  /// The plan with the field among its columns, and that column; nil where the schema is closed.
  func adding(to plan: LogicalPlan) -> (plan: LogicalPlan, column: PlanColumn)? {
    switch plan {
    case .scan(let scan): return scan.table == table ? fetch(scan) : nil
    case .filter(var filter):
      guard let below = adding(to: filter.input) else { return nil }
      filter.input = below.plan
      return (.filter(filter), below.column)
    case .sort(var sort):
      guard let below = adding(to: sort.input) else { return nil }
      sort.input = below.plan
      return (.sort(sort), below.column)
    case .limit(var limit):
      guard let below = adding(to: limit.input) else { return nil }
      limit.input = below.plan
      return (.limit(limit), below.column)
    case .window(var window):
      guard let below = adding(to: window.input) else { return nil }
      window.input = below.plan
      return (.window(window), below.column)
    case .project(var project):
      guard let below = adding(to: project.input) else { return nil }
      project.input = below.plan
      if !project.assignments.contains(where: { $0.column.id == below.column.id }) {
        project.assignments.append(Assignment(keeping: below.column))
      }
      return (.project(project), below.column)
    case .expand(var expand):
      guard let below = adding(to: expand.input) else { return nil }
      expand.input = below.plan
      if !expand.outputs.contains(where: { $0.id == below.column.id }) { expand.outputs.append(below.column) }
      return (.expand(expand), below.column)
    case .join(var join):
      guard let below = adding(to: join.left) else { return nil }
      join.left = below.plan
      if !join.outputs.contains(where: { $0.column.id == below.column.id }) {
        join.outputs.append(Join.Output(column: below.column, source: below.column.id, fromLeft: true))
      }
      return (.join(join), below.column)
    case .union(let union): return adding(to: union)
    case .tabular(var call):
      switch call.operator.passes {
      case .none: return nil
      case .all, .some:
        guard let input = call.inputs.first, let below = adding(to: input) else { return nil }
        call.inputs[0] = below.plan
        return (.tabular(call), below.column)
      }
    case .reference(var reference):
      guard let column = extendShared(reference.id) else { return nil }
      if !reference.sources.contains(where: { $0.source == column.id }) {
        reference.sources.append(Reference.Source(column: column, source: column.id))
      }
      return (.reference(reference), column)
    case .inline, .argument, .aggregate, .apply, .with: return nil
    }
  }

  private func adding(to union: Union) -> (plan: LogicalPlan, column: PlanColumn)? {
    var union = union
    var added: DataType?
    var sources: [ColumnID?] = []
    for index in union.legs.indices {
      if let below = adding(to: union.legs[index].plan) {
        union.legs[index].plan = below.plan
        sources.append(below.column.id)
        added = below.column.type
      } else {
        sources.append(nil)
      }
    }
    guard let added else { return nil }
    let column = makeColumn(name, added)
    union.columns.append(column)
    for index in union.legs.indices { union.legs[index].sources.append(sources[index]) }
    return (.union(union), column)
  }
}
