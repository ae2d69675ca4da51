package import Diagnostics
import Engine

/// `union kind=outer withsource=T isfuzzy=true A, (B | where x), C*`; also behind a pipe.
package struct UnionSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  /// Names, calls, patterns and subqueries.
  package var tables: [ExpressionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["union"],
    syntax: "[T |] union [kind=outer|inner] [withsource=NAME] [isfuzzy=true] TABLE|PATTERN|(QUERY), …",
    summary: "Puts the rows of several tables behind each other.",
    notes: [
      "Columns of the same name and type are one; of one name and several types there is one for each "
        + "type: `a_long`, `a_string`.",
      "`isfuzzy=true` passes over tables that are not there.",
    ],
    examples: [
      .kqlQuery(
        "union (print n = 1), (print n = 2) | sort by n asc",
        gives: "1, 2")
    ],
    stage: { .union($0.parseUnion($1)) },
    source: KQLOperatorRecord.Source(
      begins: { parser in
        // `union * 2` would multiply a column of that name: nobody has one.
        parser.nameOrBracketFollows() || parser.cursor.peek().kind == .punctuation(.leftParenthesis)
          || parser.cursor.peek().kind == .punctuation(.star)
      },
      parse: { .union($0.parseUnion($1)) }))
}

extension KQLParser {
  func parseUnion(_ start: SourceSpan) -> UnionSyntax {
    let options = self.options(["kind", "withsource", "with_source", "isfuzzy"])
    let tables = commaSeparated { $0.tableReference() }
    return UnionSyntax(options: options, tables: tables, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: UnionSyntax, on input: Relation?) -> Relation? {
    let isFuzzy = node.options[named: "isfuzzy"]?.word?.lowercased() == "true"
    let kind = node.options[named: "kind"]?.word ?? "outer"
    guard kind == "outer" || kind == "inner" else {
      return fail(
        KQLMessages.unknownKind(
          kind, of: "union", known: ["outer", "inner"], at: node.options[named: "kind"]?.span ?? node.span))
    }
    var legs: [Relation] = []
    if let input { legs.append(input) }
    for table in node.tables {
      if case .pattern(let pattern) = table {
        legs.append(contentsOf: tablesMatching(pattern))
        continue
      }
      if isFuzzy, case .name(let name) = table, scope.binding(name.text) == nil,
        environment.catalog.table(named: name.text) == nil, environment.functions[name.text] == nil
      {
        report(KQLMessages.fuzzyLegDropped(name.text, at: name.span))
        continue
      }
      let before = sink
      if let leg = lowerTable(table) {
        legs.append(leg)
        continue
      }
      // A leg over a table or a parser that is not there is dropped; any other error stands.
      let absences: Set<String> = ["other-cluster", "unknown-table", "unknown-table-function"]
      let problems = sink.diagnostics.filter { $0.severity == .error && !before.diagnostics.contains($0) }
      guard isFuzzy, !problems.isEmpty, problems.allSatisfy({ absences.contains($0.id) }) else { return nil }
      sink = before
      if problems.contains(where: { $0.id == "other-cluster" }) {
        report(KQLMessages.fuzzyLegElsewhere(at: table.span))
      } else {
        report(KQLMessages.fuzzyLegDropped(problems[0].unknownTable ?? "…", at: table.span))
      }
    }
    if legs.isEmpty { return fail(KQLMessages.unionWithoutTables(at: node.span)) }
    let source = node.options[named: "withsource"] ?? node.options[named: "with_source"]
    return union(legs, kind: kind, sourceName: source?.word, at: node.span)
  }

  func tablesMatching(_ pattern: NamePatternSyntax) -> [Relation] {
    let names = environment.catalog.tableNames.filter { pattern.matches($0) }
    let views = scope.visibleViews.filter { pattern.matches($0) }
    return names.compactMap { environment.catalog.table(named: $0).map { scan($0, at: pattern.span) } }
      + views.compactMap { lowerTable(named: NameSyntax($0, pattern.span)) }
  }

  /// Rows of all legs; columns of one name and type become one, of one name and several types one for each type.
  func union(_ legs: [Relation], kind: String = "outer", sourceName: String? = nil, at span: SourceSpan)
    -> Relation?
  {
    let legs = sourceName == nil ? legs : legs.enumerated().map { withSource($1, position: $0, at: span) }
    var order: [String] = []
    var types: [String: [DataType]] = [:]
    for leg in legs {
      for column in leg.columns {
        if types[column.name] == nil { order.append(column.name) }
        if !(types[column.name]?.contains(column.type) ?? false) {
          types[column.name, default: []].append(column.type)
        }
      }
    }
    if kind == "inner" {
      order.removeAll { name in !legs.allSatisfy { $0.column(name) != nil } }
    }
    var outputs: [(column: PlanColumn, name: String, type: DataType)] = []
    var taken = Set(order.filter { types[$0]?.count == 1 })
    for name in order {
      let kinds = types[name] ?? []
      for type in kinds {
        let given = kinds.count == 1 ? name : uniqueName("\(name)_\(type.rawValue)", taken: taken)
        taken.insert(given)
        outputs.append((makeColumn(given, type), name, type))
      }
    }
    if let sourceName, let place = outputs.firstIndex(where: { $0.name == "\u{0}source" }) {
      var first = outputs.remove(at: place)
      first.column.name = sourceName
      outputs.insert(first, at: 0)
    }
    let planLegs = legs.map { leg in
      Union.Leg(
        plan: leg.plan,
        sources: outputs.map { output in
          leg.columns.first { $0.name == output.name && $0.type == output.type }?.id
        })
    }
    var united = Relation(.union(Union(legs: planLegs, columns: outputs.map(\.column), origin: origin(span))))
    united.depth = (legs.map(\.depth).max() ?? 0) + 1
    return united
  }

  /// The leg with a column that says which table its rows come from.
  func withSource(_ leg: Relation, position: Int, at span: SourceSpan) -> Relation {
    let column = makeColumn("\u{0}source", .string)
    let name = leg.name ?? "union_arg\(position)"
    let assignments =
      leg.columns.map { Assignment(keeping: $0) }
      + [Assignment(column: column, expression: .literal(.string(name), .string))]
    return leg.with(.project(Project(input: leg.plan, assignments: assignments, origin: origin(span))))
  }
}
