import Diagnostics
import Engine

/// Names of fields to columns.
extension SPLLowering {
  /// The column of a name; a field of the events is fetched where the schema is open. Nil if there is none.
  func column(_ name: String, in relation: inout Relation) -> PlanColumn? {
    fetch([name], in: &relation)
    return relation.existing(name)
  }

  /// Fetches fields of the events, those that are not there yet.
  func fetch(_ names: [String], in relation: inout Relation) {
    guard relation.isOpen else { return }
    let missing = relation.present(names.filter { relation.existing($0) == nil }).uniqued
    if missing.isEmpty { return }
    let open = OpenSource(
      table: SPLLowering.eventsTable, makeColumn: makeColumn,
      fetch: { [self] scan in fetch(missing, from: scan) },
      extendShared: { [self] id in
        guard let place = definitions.firstIndex(where: { $0.id == id }) else { return nil }
        var below = Relation(definitions[place].plan, isOpen: true)
        fetch(missing, in: &below)
        definitions[place].plan = below.plan
        let columns = missing.compactMap { below.existing($0) }
        return columns.count == missing.count ? columns : nil
      })
    if let added = open.adding(to: relation.plan) { relation.plan = added.plan }
  }

  /// A scan with fields of its events.
  private func fetch(_ names: [String], from scan: Scan) -> (plan: LogicalPlan, columns: [PlanColumn])? {
    struct Key: Hashable {
      var field: String
      var name: String
    }
    let view = catalog(of: scan).view
    let known = Dictionary(
      scan.sources.map { (Key(field: $0.field, name: $0.column.name), $0.column) },
      uniquingKeysWith: { first, _ in first })
    var scan = scan
    var columns: [String: PlanColumn] = [:]
    for name in names where view.definition(of: name) == nil {
      let field = view.field(named: name)
      let source = field?.source ?? name
      if let there = known[Key(field: source, name: name)] {
        columns[name] = there
        continue
      }
      let isMultiple = name.utf8.contains(UInt8(ascii: "{"))
      let column = makeColumn(name, field?.type ?? (isMultiple ? .dynamic : .string))
      scan.sources.append(Scan.Source(column: column, field: source))
      columns[name] = column
    }
    let definitions = names.compactMap { name in view.definition(of: name).map { (name, $0) } }
    var plan = LogicalPlan.scan(scan)
    if !definitions.isEmpty {
      guard let derived = derive(definitions, above: scan) else { return nil }
      plan = derived.plan
      for column in derived.columns { columns[column.name] = column }
    }
    return (plan, names.compactMap { columns[$0] })
  }

  /// Fields of a view that follow from others, made of what stands in the events.
  private func derive(
    _ definitions: [(name: String, text: String)], above scan: Scan
  ) -> (plan: LogicalPlan, columns: [PlanColumn])? {
    var relation = Relation(.scan(scan), isOpen: true)
    var columns: [PlanColumn] = []
    var span = SourceSpan(0, 0)
    for (name, text) in definitions {
      let (tree, diagnostics) = SPL.parse(
        SourceText(name: "the field \(name)", text: "search * | eval \(name)=\(text)"))
      guard !diagnostics.contains(where: { $0.severity == .error }),
        case .eval(let command)? = tree.stages.last?.command
      else { return nil }
      span = tree.span
      inOwnText { lower(command, in: &relation, at: span) }
      guard let column = relation.existing(name) else { return nil }
      columns.append(column)
    }
    inOwnText { keep(scan.sources.map(\.column) + columns, in: &relation, at: span) }
    return (relation.plan, columns)
  }

  /// The column of a name that is read; says so if nothing can give it a value.
  func read(_ name: String, in relation: inout Relation, at span: SourceSpan) -> PlanColumn? {
    let wasThere = relation.existing(name) != nil
    guard let column = column(name, in: &relation) else {
      // What an error kept from being made is not missing by itself.
      if !relation.isOpaque, !sink.hasErrors {
        report(SPLMessages.unknownField(name, among: relation.columns.map(\.name), at: span))
      }
      return nil
    }
    if !wasThere, relation.isOpen, !relation.isForeign {
      let view = catalog(of: relation).view
      if view.field(named: name) == nil, let advice = view.adviceForMissing(name) {
        report(SPLMessages.absentField(name, view: view.name, advice, at: span))
      }
    }
    return column
  }

  func read(_ field: FieldNameSyntax, in relation: inout Relation) -> PlanColumn? {
    read(field.name, in: &relation, at: field.span)
  }

  /// The columns that a name stands for, several if it has wildcards.
  func columns(_ field: FieldNameSyntax, in relation: inout Relation) -> [PlanColumn] {
    guard field.hasWildcard else { return read(field, in: &relation).map { [$0] } ?? [] }
    return matches(field, in: &relation).map(\.column)
  }

  /// The columns that fit a name with wildcards, and what the wildcards stand for in each.
  func matches(_ field: FieldNameSyntax, in relation: inout Relation) -> [(
    column: PlanColumn, parts: [String]
  )] {
    let pattern = WildcardName(field.name)
    if relation.isOpen {
      let names = discovered(in: &relation, at: field.span).filter { pattern.match($0) != nil }
      fetch(names, in: &relation)
    }
    let isHiddenWanted = field.name.hasPrefix("_")
    return relation.columns.compactMap { column in
      if column.name.hasPrefix("_"), !isHiddenWanted { return nil }
      return pattern.match(column.name).map { (column, $0) }
    }
  }

  /// All fields that the events have that come so far.
  func discovered(in relation: inout Relation, at span: SourceSpan) -> [String] {
    let catalog = catalog(of: relation)
    if let known = catalog.knownFields { return known }
    // What filters the events decides which there are: the same question is asked once.
    let conditions = relation.plan.conditions
    let known = discoveredFields.first {
      $0.sourcetypes == catalog.sourcetypes && $0.conditions == conditions
    }
    if let known { return known.names }
    let events = ownTexts(of: relation) ?? texts(of: catalog)
    guard let table = ask(events, "the fields of the events", isAboutNames: true, at: span),
      let texts = table.columns.first
    else {
      relation.isOpaque = true
      // What later commands mention may be among them.
      return MentionedFields.names(in: Array(following)).filter { !$0.contains("*") }
    }
    let names = catalog.fieldNames(in: texts)
    discoveredFields.append((catalog.sourcetypes, conditions, names))
    return names
  }

  /// The texts of the events that come so far; nil where they can't be had beside what is there.
  private func ownTexts(of relation: Relation) -> LogicalPlan? {
    let open = OpenSource(
      table: SPLLowering.eventsTable, makeColumn: makeColumn,
      fetch: { [self] scan in
        var scan = scan
        let raw = makeColumn("", .string)
        scan.sources.append(
          Scan.Source(column: raw, field: catalog(of: scan).view.field(named: "_raw")?.source ?? "_raw"))
        return (.scan(scan), [raw])
      }, extendShared: { _ in nil })
    guard let made = open.adding(to: relation.plan) else { return nil }
    return .project(
      Project(
        input: made.plan, assignments: made.columns.map { Assignment(keeping: $0) },
        origin: PlanOrigin(label: "fields of the events")))
  }

  /// The texts of some events.
  private func texts(of catalog: any EventCatalog) -> LogicalPlan {
    func source(_ name: String) -> Scan.Source {
      Scan.Source(column: makeColumn(name, .string), field: catalog.view.field(named: name)?.source ?? name)
    }
    let origin = PlanOrigin(label: "fields of the events")
    let raw = source("_raw")
    if catalog.sourcetypes == environment.events.sourcetypes {
      return .scan(Scan(table: SPLLowering.eventsTable, sources: [raw], origin: origin))
    }
    let type = source("sourcetype")
    let scan = LogicalPlan.scan(
      Scan(table: SPLLowering.eventsTable, sources: [raw, type], origin: origin))
    let isOne = catalog.sourcetypes.compactMap {
      bind("search=", [type.column.reference, literal($0)], spans: [], at: SourceSpan(0, 0))
    }
    let filter = Filter(input: scan, predicate: balanced(isOne[...], Logical.or), origin: origin)
    return .project(
      Project(input: .filter(filter), assignments: [Assignment(keeping: raw.column)], origin: origin))
  }

  /// Fetches what later commands name, for a command that treats all fields alike.
  ///
  /// - Parameter side: What stands before the names, as in `R.user`.
  func fetchFollowing(of side: String? = nil, in relation: inout Relation) {
    guard relation.isOpen else { return }
    for name in MentionedFields.names(in: Array(following)) {
      guard let side else {
        if !name.contains("*") { _ = column(name, in: &relation) }
        continue
      }
      guard name.hasPrefix(side + ".") else { continue }
      let own = FieldNameSyntax(
        name: String(name.dropFirst(side.utf8.count + 1)), span: SourceSpan(0, 0), isQuoted: true)
      _ = own.hasWildcard ? matches(own, in: &relation).first?.column : column(own.name, in: &relation)
    }
  }

  // MARK: - Changing columns

  /// Sets columns: those of the same names are replaced where they stand, the others come behind.
  func assign(_ assignments: [Assignment], in relation: inout Relation, at span: SourceSpan) {
    var result = relation.columns.map { Assignment(keeping: $0) }
    var places = Dictionary(
      result.enumerated().map { ($1.column.name, $0) }, uniquingKeysWith: { first, _ in first })
    for assignment in assignments {
      if let index = places[assignment.column.name] {
        result[index] = assignment
      } else {
        places[assignment.column.name] = result.count
        result.append(assignment)
      }
      relation.removed.remove(assignment.column.name)
    }
    relation.plan = .project(Project(input: relation.plan, assignments: result, origin: origin(span)))
  }

  /// Sets one column.
  func assign(_ name: String, _ expression: Expression, in relation: inout Relation, at span: SourceSpan) {
    assign(
      [Assignment(column: makeColumn(name, expression.type), expression: expression)], in: &relation, at: span
    )
  }

  /// Keeps only some columns.
  func keep(_ columns: [PlanColumn], in relation: inout Relation, at span: SourceSpan) {
    relation.plan = .project(
      Project(
        input: relation.plan, assignments: columns.map { Assignment(keeping: $0) }, origin: origin(span)))
  }

  func filter(_ relation: inout Relation, by predicate: Expression, at span: SourceSpan) {
    relation.plan = .filter(Filter(input: relation.plan, predicate: predicate, origin: origin(span)))
  }

  /// Puts window functions behind the columns; they go again with `drop`.
  func window(
    _ items: [(function: WindowFunction, arguments: [Expression], type: DataType)],
    in relation: inout Relation,
    at span: SourceSpan
  ) -> [PlanColumn] {
    let made = items.map { item in
      Window.Item(
        column: makeColumn("", item.type), function: item.function, arguments: item.arguments, dialect: .spl)
    }
    relation.plan = .window(Window(input: relation.plan, items: made, origin: origin(span)))
    return made.map(\.column)
  }

  func drop(_ columns: [PlanColumn], in relation: inout Relation, at span: SourceSpan) {
    let dropped = Set(columns.map(\.id))
    keep(relation.columns.filter { !dropped.contains($0.id) }, in: &relation, at: span)
  }
}

extension LogicalPlan {
  /// What rows are left out by, here and below.
  fileprivate var conditions: [Expression] {
    let own: [Expression] =
      switch self {
      case .filter(let filter): [filter.predicate]
      case .limit(let limit): [.literal(.long(Int64(limit.count)), .long)]
      case .scan, .inline, .argument, .project, .aggregate, .join, .union, .sort, .expand, .window, .apply,
        .tabular,
        .with, .reference:
        []
      }
    return own + inputs.flatMap(\.conditions)
  }
}
