import Engine

extension OpenSource {
  /// The plan with many fields of the events among its columns, added at once; nil where they cannot simply stand
  /// behind those of the scan.
  ///
  /// An event may have any number of fields: one by one they would cost the square of that.
  static func adding(_ fields: [Scan.Source], to plan: LogicalPlan, table: String) -> LogicalPlan? {
    switch plan {
    case .scan(var scan):
      guard scan.table == table else { return nil }
      scan.sources += fields
      return .scan(scan)
    case .filter(var filter):
      guard let below = adding(fields, to: filter.input, table: table) else { return nil }
      filter.input = below
      return .filter(filter)
    case .sort(var sort):
      guard let below = adding(fields, to: sort.input, table: table) else { return nil }
      sort.input = below
      return .sort(sort)
    case .limit(var limit):
      guard let below = adding(fields, to: limit.input, table: table) else { return nil }
      limit.input = below
      return .limit(limit)
    case .inline, .argument, .project, .aggregate, .join, .union, .expand, .window, .apply, .tabular, .with,
      .reference:
      return nil
    }
  }
}

extension SPLLowering {
  /// Fetches fields of the events, those that are not there yet.
  func fetch(_ names: [String], in relation: inout Relation) {
    guard relation.isOpen else { return }
    let known = Set(relation.columns.map(\.name))
    let missing = names.filter { !known.contains($0) && !relation.isRemoved($0) }
    let view = catalog(of: relation).view
    let plain = missing.filter { view.definition(of: $0) == nil }
    let sources = plain.map { name in
      let field = view.field(named: name)
      let type = field?.type ?? (name.utf8.contains(UInt8(ascii: "{")) ? .dynamic : .string)
      return Scan.Source(column: makeColumn(name, type), field: field?.source ?? name)
    }
    guard let plan = OpenSource.adding(sources, to: relation.plan, table: SPLLowering.eventsTable) else {
      for name in missing { _ = column(name, in: &relation) }
      return
    }
    relation.plan = plan
    for name in missing where view.definition(of: name) != nil { _ = column(name, in: &relation) }
  }
}
