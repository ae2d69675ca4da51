import Diagnostics
import Engine

extension KQLLowering {
  /// `bag_unpack(column, prefix, columnsConflict, ignoredProperties)`: a column for each key of a bag.
  func lowerBagUnpack(_ node: EvaluateSyntax, on input: Relation) -> Relation? {
    guard let options = bagOptions(node, on: input) else { return nil }
    let passed = input.columns.filter { $0.id != options.column.id }
    guard let fields = bagFields(node, options, passed: passed, on: input) else { return nil }
    var assignments = passed.map { Assignment(keeping: $0) }
    if let schema = node.schema, !schema.hasStar {
      // A declared schema is all that comes out.
      let declared = Set(schema.columns.map(\.name.text))
      assignments.removeAll { !declared.contains($0.column.name) }
    }
    var places = Dictionary(
      assignments.enumerated().map { ($1.column.name, $0) }, uniquingKeysWith: { first, _ in first })
    for field in fields {
      let key = String(field.name.dropFirst(options.prefix.count))
      guard
        let value = bind(
          "[key]", [.column(options.column), .literal(.string(key), .string)], spans: [], at: node.span)
      else { return nil }
      let typed = field.type == .dynamic ? value : Coercion.cast(value, to: field.type, dialect: .kql)
      let assignment = Assignment(column: makeColumn(field.name, field.type), expression: typed)
      if let place = places[field.name] {
        switch options.conflict {
        case "keep_source": continue
        case "replace_source": assignments[place] = assignment
        default: return fail(KQLMessages.bagKeyConflict(field.name, at: node.span))
        }
      } else if field.name == options.column.name {
        // A key with the bag's own name stands where the bag stood.
        let place = input.columns.firstIndex { $0.id == options.column.id } ?? assignments.count
        assignments.insert(assignment, at: min(place, assignments.count))
      } else {
        places[field.name] = assignments.count
        assignments.append(assignment)
      }
    }
    return Relation(.project(Project(input: input.plan, assignments: assignments, origin: origin(node.span))))
  }

  private struct BagOptions {
    var column: PlanColumn
    var prefix = ""
    var conflict = "error"
    var ignored: Set<String> = []
  }

  private func bagOptions(_ node: EvaluateSyntax, on input: Relation) -> BagOptions? {
    guard let first = node.call.arguments.first else {
      return fail(KQLMessages.argumentCount("bag_unpack", "a dynamic column", at: node.call.span))
    }
    guard let lowered = lower(first.value, in: RowScope(input.columns)) else { return nil }
    guard case .column(let column) = lowered, column.type == .dynamic else {
      return fail(KQLMessages.argumentType("bag_unpack", type: .dynamic, given: lowered.type, at: first.span))
    }
    var options = BagOptions(column: column)
    let names = ["OutputColumnPrefix", "columnsConflict", "ignoredProperties"]
    for (position, argument) in node.call.arguments.dropFirst().enumerated() {
      guard let value = lowerConstant(argument.value) else { return nil }
      switch argument.name?.text ?? (position < names.count ? names[position] : "") {
      case "OutputColumnPrefix": options.prefix = value.kqlText
      case "columnsConflict": options.conflict = value.kqlText
      case "ignoredProperties":
        if case .array(let elements) = value.json { options.ignored = Set(elements.map(\.scalarText)) }
      default:
        return fail(KQLMessages.unknownParameter(argument.name?.text ?? "", known: names, at: argument.span))
      }
    }
    return options
  }

  /// The keys and their types, from the declared schema or from the data.
  private func bagFields(
    _ node: EvaluateSyntax, _ options: BagOptions, passed: [PlanColumn], on input: Relation
  ) -> [Field]? {
    if let schema = node.schema {
      guard let declared = fields(of: schema.columns) else { return nil }
      return schema.hasStar
        ? declared
        : declared.filter { field in !passed.contains { $0.name == field.name && $0.type == field.type } }
    }
    let bags = LogicalPlan.aggregate(
      Aggregate(
        input: input.plan,
        keys: [Assignment(column: makeColumn("bag", .dynamic), expression: .column(options.column))],
        items: [],
        origin: origin(node.span)))
    guard let table = ask(bags, for: "bag_unpack", at: node.span) else { return nil }
    var types: [String: Set<DataType>] = [:]
    for row in 0..<table.rowCount {
      guard case .object(let members) = table.value(row: row, column: 0).json else { continue }
      for member in members where !options.ignored.contains(member.key) {
        switch member.value {
        case .null: types[member.key, default: []] = types[member.key] ?? []
        case .bool: types[member.key, default: []].insert(.bool)
        case .long: types[member.key, default: []].insert(.long)
        case .real: types[member.key, default: []].insert(.real)
        case .string: types[member.key, default: []].insert(.string)
        case .array, .object: types[member.key, default: []].insert(.dynamic)
        }
      }
    }
    return types.keys.sorted().map { key in
      let found = types[key] ?? []
      let type = found.count == 1 ? found.first ?? .dynamic : found == [.long, .real] ? .real : .dynamic
      return Field(options.prefix + key, type)
    }
  }
}
