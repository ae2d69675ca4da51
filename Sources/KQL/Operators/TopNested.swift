package import Diagnostics
import Engine

/// `top-nested 3 of a with others = "rest" by count(), top-nested 2 of b by sum(x)`.
package struct TopNestedSyntax: Hashable, Sendable {
  package struct Level: Hashable, Sendable {
    /// Nil for all values.
    package var count: ExpressionSyntax?
    package var value: NamedExpressionSyntax
    package var others: ExpressionSyntax?
    package var aggregate: OrderKeySyntax
    package var span: SourceSpan
  }

  package var levels: [Level]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["top-nested"],
    syntax: "T | top-nested [COUNT] of EXPRESSION [with others = VALUE] by AGGREGATE [asc|desc], "
      + "top-nested …",
    summary: "Gives the top values of a column, within each of them those of the next, and so on.",
    examples: [
      .kqlQuery(
        #"datatable(a:string, n:long)["x", 3, "y", 5] | top-nested 1 of a by sum(n)"#,
        gives: "5")
    ],
    stage: { .topNested($0.parseTopNested($1)) })
}

extension KQLParser {
  func parseTopNested(_ start: SourceSpan) -> TopNestedSyntax {
    var levels = [topNestedLevel(start)]
    while at(.comma) {
      cursor.advance()
      let levelStart = current.span
      if let word = operatorWord(), word.text == "top-nested" {
        cursor.rewind(to: cursor.index + word.tokenCount)
      } else {
        reportExpected("`top-nested`", after: ",")
        break
      }
      levels.append(topNestedLevel(levelStart))
    }
    return TopNestedSyntax(levels: levels, span: span(from: start))
  }

  private func topNestedLevel(_ start: SourceSpan) -> TopNestedSyntax.Level {
    let count = at("of") ? nil : expression()
    expect("of", after: "top-nested")
    let value = namedExpression()
    var others: ExpressionSyntax?
    if take("with") != nil {
      expect("others", after: "with")
      expect(.assign, after: "others")
      others = expression()
    }
    expect("by", after: "the column")
    return TopNestedSyntax.Level(
      count: count, value: value, others: others, aggregate: orderKey(), span: span(from: start))
  }
}

/// The top values of a column, inside each of them the top values of the next, and so on.
///
///     T | top-nested 1 of a with others = "rest" by sum(n), top-nested 1 of b by sum(n)
///
///     a     aggregated_a  b   aggregated_b
///     x     7             p   5
///     rest  4                                  (a level without others has nothing for the others above it)
extension KQLLowering {
  func lower(_ node: TopNestedSyntax, on input: Relation) -> Relation? {
    // Each level reads the rows anew.
    let input = define(input)
    var levels: [TopNestedLevel] = []
    for syntax in node.levels {
      guard let level = level(syntax, number: levels.count, on: input) else { return nil }
      levels.append(level)
    }
    var result: LogicalPlan?
    for index in levels.indices {
      guard let table = rows(of: levels, at: index, on: input) else { return nil }
      result = result.map { nest(table, below: $0, levels: levels, at: index) } ?? first(table, levels[index])
    }
    guard let result else { return nil }
    // The path behind each row is no column of the result.
    let columns = result.columns.dropLast()
    let shown = zip(columns, joinedNames(columns.map(\.name))).map { column, name in
      Assignment(column: makeColumn(name, column.type), expression: .column(column))
    }
    return Relation(.project(Project(input: result, assignments: shown, origin: origin(node.span))))
  }

  private func level(_ syntax: TopNestedSyntax.Level, number: Int, on input: Relation) -> TopNestedLevel? {
    var limit: Int?
    if let count = syntax.count {
      guard let rows = rowCount(count, of: "top-nested") else { return nil }
      limit = rows
    }
    guard let value = assignments([syntax.value], in: RowScope(input.columns))?.first else { return nil }
    var others: Expression?
    if let name = syntax.others {
      guard let constant = lower(name, in: .constant),
        let label = Coercion.convert(constant, to: value.column.type, dialect: .kql)
      else { return fail(KQLMessages.notConstant("others", at: name.span)) }
      others = label
    }
    let given = syntax.aggregate.expression
    let aggregate = NamedExpressionSyntax(
      names: given.names.isEmpty ? [NameSyntax("aggregated_\(value.column.name)", syntax.span)] : given.names,
      isTuple: false, value: given.value, span: syntax.span)
    return TopNestedLevel(
      number: number, value: value, aggregate: aggregate, isDescending: syntax.aggregate.direction != .asc,
      limit: limit, others: others, span: syntax.span)
  }

  // MARK: - The rows of one level

  /// Columns: the values of all levels down to this one, its aggregate, the path of the parent, the row's own.
  private func rows(of levels: [TopNestedLevel], at index: Int, on input: Relation) -> LogicalPlan? {
    let level = levels[index]
    guard let all = aggregated(input.plan, by: levels[...index].map(\.value), level) else { return nil }
    let best = best(all, level)
    var legs = [marked(best, parent: 0, own: 0, level)]
    if let label = level.others {
      // For each parent what its top values leave out.
      for (place, above) in levels[...index].enumerated() where above.others != nil {
        guard let top = place == index ? best : topRows(of: levels, at: place, on: input),
          let rest = aggregated(
            without(top, values: levels[...place].map(\.value), of: input, at: level.span),
            by: levels[..<place].map(\.value), level)
        else { return nil }
        let path = place == index ? 0 : place + 1
        legs.append(
          marked(
            labelled(rest, levels: levels, from: place, to: index, label: label), parent: path,
            own: place + 1, level))
      }
    }
    let columns = legs[0].columns.map { makeColumn($0.name, $0.type) }
    if legs.count == 1 { return legs[0] }
    return .union(
      Union(
        legs: legs.map { Union.Leg(plan: $0, sources: $0.columns.map(\.id)) }, columns: columns,
        origin: origin(level.span)))
  }

  private func topRows(of levels: [TopNestedLevel], at index: Int, on input: Relation) -> LogicalPlan? {
    aggregated(input.plan, by: levels[...index].map(\.value), levels[index]).map { best($0, levels[index]) }
  }

  /// The aggregate of a level for each combination of some values.
  private func aggregated(
    _ plan: LogicalPlan, by values: [Assignment], _ level: TopNestedLevel
  ) -> LogicalPlan? {
    let keys = values.map {
      Assignment(column: makeColumn($0.column.name, $0.column.type), expression: $0.expression)
    }
    guard let summary = lowerAggregates([level.aggregate], in: RowScope(plan.columns), keys: []),
      let output = summary.outputs.first
    else { return nil }
    return .project(
      Project(
        input: .aggregate(
          Aggregate(input: plan, keys: keys, items: summary.collector.items, origin: origin(level.span))),
        assignments: keys.map { Assignment(keeping: $0.column) } + [output], origin: origin(level.span)))
  }

  /// The first so many rows of each group of parents; sorted also where all are wanted.
  private func best(_ plan: LogicalPlan, _ level: TopNestedLevel) -> LogicalPlan {
    let parents = plan.columns.prefix(level.number)
    let key = Sort.Key(
      expression: .column(plan.columns[plan.columns.count - 1]), descending: level.isDescending,
      nullsFirst: !level.isDescending)
    if parents.isEmpty || level.limit == nil {
      return .sort(Sort(input: plan, keys: [key], limit: level.limit, origin: origin(level.span)))
    }
    let argument = makeNumber()
    let sort = Sort(
      input: .argument(Argument(id: argument, columns: plan.columns)), keys: [key], limit: level.limit,
      origin: origin(level.span))
    return .apply(
      Apply(
        input: plan, keys: parents.map { .column($0) }, argumentID: argument, subplan: .sort(sort),
        origin: origin(level.span)))
  }

  /// The rows of the input whose values are not among the top ones.
  private func without(
    _ top: LogicalPlan, values: [Assignment], of input: Relation, at span: SourceSpan
  ) -> LogicalPlan {
    .join(
      Join(
        kind: .leftanti, left: input.plan, right: top,
        keys: zip(values, top.columns).map { Join.Key($0.expression, .column($1)) },
        outputs: input.columns.map { Join.Output(column: $0, source: $0.id, fromLeft: true) },
        origin: origin(span)))
  }

  /// Puts the names of the others where their values would stand; a level without a name has nothing.
  private func labelled(
    _ rest: LogicalPlan, levels: [TopNestedLevel], from place: Int, to index: Int, label: Expression
  ) -> LogicalPlan {
    var assignments = rest.columns.prefix(place).map { Assignment(keeping: $0) }
    for level in levels[place...index] {
      let type = level.value.column.type
      let nothing = Expression.literal(type == .string ? .string("") : .null, type)
      let expression = level.number == index ? label : level.others ?? nothing
      assignments.append(
        Assignment(column: makeColumn(level.value.column.name, type), expression: expression))
    }
    assignments += rest.columns.suffix(1).map { Assignment(keeping: $0) }
    return .project(Project(input: rest, assignments: assignments, origin: origin(levels[index].span)))
  }

  /// Adds the path of the parent and the row's own: 0, or the level at which it became one of the others.
  private func marked(_ plan: LogicalPlan, parent: Int, own: Int, _ level: TopNestedLevel) -> LogicalPlan {
    let paths = [("parent", parent), ("path", own)].map { name, path in
      Assignment(column: makeColumn(name, .long), expression: .literal(.long(Int64(path)), .long))
    }
    return .project(
      Project(
        input: plan, assignments: plan.columns.map { Assignment(keeping: $0) } + paths,
        origin: origin(level.span)))
  }

  // MARK: - Levels together

  /// The first level: its rows have no parent.
  private func first(_ table: LogicalPlan, _ level: TopNestedLevel) -> LogicalPlan {
    let kept = [0, 1, 3].map { Assignment(keeping: table.columns[$0]) }
    return .project(Project(input: table, assignments: kept, origin: origin(level.span)))
  }

  /// Joins the rows of a level with those of the levels above; the last column is the path.
  private func nest(
    _ table: LogicalPlan, below above: LogicalPlan, levels: [TopNestedLevel], at index: Int
  ) -> LogicalPlan {
    let own = table.columns
    let parents = own.prefix(index)
    let (leaf, aggregate, parentPath, path) = (own[index], own[index + 1], own[index + 2], own[index + 3])
    let upper = above.columns
    // Above stand a value and an aggregate for each level, then the path.
    let valuePlaces = (0..<index).map { $0 * 2 }
    let shown = upper.prefix(index * 2)
    guard let upperPath = upper.last else { return above }
    var keys = zip(valuePlaces, parents).map {
      Join.Key(.column(upper[$0]), .column($1))
    }
    keys.append(Join.Key(.column(upperPath), .column(parentPath)))
    func output(_ column: PlanColumn, fromLeft: Bool) -> Join.Output {
      Join.Output(column: makeColumn(column.name, column.type), source: column.id, fromLeft: fromLeft)
    }
    let outputs =
      shown.map { output($0, fromLeft: true) } + [leaf, aggregate].map { output($0, fromLeft: false) }
      + [output(upperPath, fromLeft: true), output(path, fromLeft: false)]
    let joined = LogicalPlan.join(
      Join(
        kind: levels[..<index].contains { $0.others != nil } ? .leftouter : .inner, left: above, right: table,
        keys: keys, outputs: outputs, origin: origin(levels[index].span)))
    let columns = joined.columns
    let (inherited, new) = (columns[columns.count - 2], columns[columns.count - 1])
    // A row of others that this level has nothing for stays one of the others.
    let final =
      bind("coalesce", [.column(new), .column(inherited)], spans: [], at: levels[index].span)
      ?? .column(inherited)
    return .project(
      Project(
        input: joined,
        assignments: columns.dropLast(2).map { Assignment(keeping: $0) }
          + [Assignment(column: makeColumn("path", .long), expression: final)],
        origin: origin(levels[index].span)))
  }
}

/// A level of `top-nested`, bound.
private struct TopNestedLevel {
  var number: Int
  var value: Assignment
  var aggregate: NamedExpressionSyntax
  var isDescending: Bool
  /// Nil for all values.
  var limit: Int?
  /// What stands for the values that are not among the top ones.
  var others: Expression?
  var span: SourceSpan
}
