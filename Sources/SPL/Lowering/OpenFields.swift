import Diagnostics
import Engine

/// Reaches through a plan for many more fields of the events at its bottom, at once.
///
/// An event may have any number of fields: one by one they would cost the square of that.
struct OpenFields {
  let table: String
  let makeColumn: (String, DataType) -> PlanColumn
  /// The fields, in columns of their own for each scan.
  let make: (Scan) throws(NotPlain) -> [Scan.Source]
  /// Adds the fields to a definition that several places read.
  let extendShared: (Int) -> [PlanColumn]?

  /// A field that follows from others does not simply stand behind those of the scan.
  struct NotPlain: Error {}

  /// The plan with the fields among its columns, and these columns; nil where the schema is closed.
  func adding(to plan: LogicalPlan) throws(NotPlain) -> (plan: LogicalPlan, columns: [PlanColumn])? {
    switch plan {
    case .scan(let scan): return scan.table == table ? try adding(to: scan) : nil
    case .filter(var filter):
      guard let below = try adding(to: filter.input) else { return nil }
      filter.input = below.plan
      return (.filter(filter), below.columns)
    case .sort(var sort):
      guard let below = try adding(to: sort.input) else { return nil }
      sort.input = below.plan
      return (.sort(sort), below.columns)
    case .limit(var limit):
      guard let below = try adding(to: limit.input) else { return nil }
      limit.input = below.plan
      return (.limit(limit), below.columns)
    case .window(var window):
      guard let below = try adding(to: window.input) else { return nil }
      window.input = below.plan
      return (.window(window), below.columns)
    case .project(var project):
      guard let below = try adding(to: project.input) else { return nil }
      project.input = below.plan
      let known = Set(project.assignments.map(\.column.id))
      project.assignments += below.columns.filter { !known.contains($0.id) }.map { Assignment(keeping: $0) }
      return (.project(project), below.columns)
    case .expand(var expand):
      guard let below = try adding(to: expand.input) else { return nil }
      expand.input = below.plan
      let known = Set(expand.outputs.map(\.id))
      expand.outputs += below.columns.filter { !known.contains($0.id) }
      return (.expand(expand), below.columns)
    case .join(var join):
      guard let below = try adding(to: join.left) else { return nil }
      join.left = below.plan
      let known = Set(join.outputs.map(\.column.id))
      join.outputs += below.columns.filter { !known.contains($0.id) }.map {
        Join.Output(column: $0, source: $0.id, fromLeft: true)
      }
      return (.join(join), below.columns)
    case .union(let union): return try adding(to: union)
    case .tabular(var call):
      switch call.operator.passes {
      case .none: return nil
      case .all, .some:
        guard let input = call.inputs.first, let below = try adding(to: input) else { return nil }
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

  private func adding(to scan: Scan) throws(NotPlain) -> (plan: LogicalPlan, columns: [PlanColumn]) {
    struct Key: Hashable {
      var field: String
      var name: String
    }
    let known = Dictionary(
      scan.sources.map { (Key(field: $0.field, name: $0.column.name), $0.column) },
      uniquingKeysWith: { first, _ in first })
    var scan = scan
    let columns = try make(scan).map { source in
      if let there = known[Key(field: source.field, name: source.column.name)] { return there }
      scan.sources.append(source)
      return source.column
    }
    return (.scan(scan), columns)
  }

  private func adding(to union: Union) throws(NotPlain) -> (plan: LogicalPlan, columns: [PlanColumn])? {
    var union = union
    var added: [[PlanColumn]?] = []
    for index in union.legs.indices {
      let below = try adding(to: union.legs[index].plan)
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

extension SPLLowering {
  /// Fetches fields of the events, those that are not there yet.
  func fetch(_ names: [String], in relation: inout Relation) {
    guard relation.isOpen else { return }
    let missing = relation.present(names.filter { relation.existing($0) == nil }).uniqued
    if missing.isEmpty { return }
    let view = catalog(of: relation).view
    let plain = missing.filter { view.definition(of: $0) == nil }
    let open = OpenFields(
      table: SPLLowering.eventsTable, makeColumn: makeColumn,
      make: { [self] scan throws(OpenFields.NotPlain) in try sources(plain, of: scan) },
      extendShared: { [self] id in
        guard let place = definitions.firstIndex(where: { $0.id == id }) else { return nil }
        var below = Relation(definitions[place].plan, isOpen: true)
        fetch(plain, in: &below)
        definitions[place].plan = below.plan
        let columns = plain.compactMap { below.existing($0) }
        return columns.count == plain.count ? columns : nil
      })
    do throws(OpenFields.NotPlain) {
      guard let added = try open.adding(to: relation.plan) else { throw OpenFields.NotPlain() }
      relation.plan = added.plan
    } catch {
      for name in missing { _ = column(name, in: &relation) }
      return
    }
    for name in missing where view.definition(of: name) != nil { _ = column(name, in: &relation) }
  }

  private func sources(_ names: [String], of scan: Scan) throws(OpenFields.NotPlain) -> [Scan.Source] {
    let view = catalog(of: scan).view
    var sources: [Scan.Source] = []
    for name in names {
      if view.definition(of: name) != nil { throw OpenFields.NotPlain() }
      let field = view.field(named: name)
      let type = field?.type ?? (name.utf8.contains(UInt8(ascii: "{")) ? .dynamic : .string)
      sources.append(Scan.Source(column: makeColumn(name, type), field: field?.source ?? name))
    }
    return sources
  }
}
