package import Diagnostics
import Engine

/// `find withsource=s in (T, A*) where predicate project a, b:string, pack_all()`.
package struct FindSyntax: Hashable, Sendable {
  package enum Columns: Hashable, Sendable {
    /// `project-smart`, the default.
    case smart
    case project([Column])
    case away([NamePatternSyntax])
  }

  package struct Column: Hashable, Sendable {
    /// A name, `*`, or the call `pack_all()`.
    package var value: ExpressionSyntax
    package var type: TypeNameSyntax?
  }

  package var options: [OptionSyntax]
  /// Empty for all tables.
  package var tables: [ExpressionSyntax]
  package var predicate: ExpressionSyntax
  package var columns: Columns
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["find"],
    syntax: "find [withsource=NAME] [in (TABLE, …)] where CONDITION [project COLUMN[:TYPE], …, pack_all()]",
    summary: "Gives the rows of several tables that satisfy a condition, and says which table each is of.",
    examples: [
      .kqlQuery(
        #"let T = datatable(a:string)["x", "y"]; find in (T) where a == "x" project a"#,
        gives: #""x""#)
    ],
    source: KQLOperatorRecord.Source(
      begins: { parser in
        let next = parser.cursor.peek()
        if next.word == "in" { return parser.at(.leftParenthesis, ahead: 2) }
        return next.word == "where" || next.word == "withsource" || parser.atString(ahead: 1)
      },
      parse: { .find($0.parseFind($1)) }))
}

extension KQLParser {
  func parseFind(_ start: SourceSpan) -> FindSyntax {
    let options = self.options(["withsource", "datascope"])
    let tables = tableList()
    _ = take("where")
    let predicate = self.predicate()
    var columns = FindSyntax.Columns.smart
    if let word = operatorWord() {
      switch word.text {
      case "project":
        cursor.advance()
        columns = .project(commaSeparated { $0.findColumn() })
      case "project-away":
        cursor.rewind(to: cursor.index + word.tokenCount)
        columns = .away(commaSeparated { $0.namePattern() })
      case "project-smart": cursor.rewind(to: cursor.index + word.tokenCount)
      default: break
      }
    }
    return FindSyntax(
      options: options, tables: tables, predicate: predicate, columns: columns, span: span(from: start))
  }

  private func findColumn() -> FindSyntax.Column {
    let value = postfixExpression()
    let type = take(.colon) != nil ? typeName() : nil
    return FindSyntax.Column(value: value, type: type)
  }
}

extension KQLLowering {
  /// Rows of several tables that satisfy a condition; columns that they do not share go into a bag.
  func lower(_ node: FindSyntax) -> Relation? {
    let sourceName =
      (node.options[named: "withsource"] ?? node.options[named: "with_source"])?.word ?? "source_"
    let legs = node.tables.isEmpty ? allTables(at: node.span) : legsOfTables(node.tables)
    guard let legs else { return nil }
    if legs.isEmpty { return fail(KQLMessages.unionWithoutTables(at: node.span)) }
    guard let all = union(legs, sourceName: sourceName, at: node.span),
      let predicate = findCondition(node.predicate, in: RowScope(all.columns))
    else { return nil }
    let filtered = LogicalPlan.filter(
      Filter(input: all.plan, predicate: predicate, origin: origin(node.span)))
    guard let assignments = findColumns(node, all: all, legs: legs, predicate: predicate) else { return nil }
    return Relation(.project(Project(input: filtered, assignments: assignments, origin: origin(node.span))))
  }

  /// A text by itself stands for `* has "text"`.
  private func findCondition(_ expression: ExpressionSyntax, in row: RowScope) -> Expression? {
    guard case .literal(let literal) = expression, literal.string != nil else {
      return lowerCondition(expression, in: row)
    }
    let test = BinarySyntax(
      op: .has, left: .star(literal.span), right: expression, operatorSpan: literal.span,
      span: literal.span)
    return lowerCondition(.binary(test), in: row)
  }

  private func findColumns(
    _ node: FindSyntax, all: Relation, legs: [Relation], predicate: Expression
  ) -> [Assignment]? {
    guard let source = all.columns.first else { return nil }
    var assignments = [Assignment(keeping: source)]
    let others = Array(all.columns.dropFirst())
    switch node.columns {
    case .smart:
      let read = predicate.columns
      let shown = others.filter { column in
        read.contains(column.id) || legs.allSatisfy { $0.column(column.name)?.type == column.type }
      }
      assignments += shown.map { Assignment(keeping: $0) }
      let rest = others.filter { column in !shown.contains { $0.id == column.id } }
      if !rest.isEmpty {
        guard let bag = bag(of: rest, at: node.span) else { return nil }
        assignments.append(Assignment(column: makeColumn("pack_", .dynamic), expression: bag))
      }
    case .away(let patterns):
      assignments += others.filter { column in !patterns.contains { $0.matches(column.name) } }
        .map { Assignment(keeping: $0) }
    case .project(let columns):
      for column in columns {
        switch column.value {
        case .call(let call) where call.function.text == "pack_all":
          let shown = Set(assignments.map(\.column.id))
          guard let bag = bag(of: others.filter { !shown.contains($0.id) }, at: call.span) else { return nil }
          assignments.append(Assignment(column: makeColumn("pack_", .dynamic), expression: bag))
        case .star: assignments += others.map { Assignment(keeping: $0) }
        default:
          guard let value = lower(column.value, in: RowScope(all.columns)) else { return nil }
          let type = column.type?.dataType ?? value.type
          let name = autoName(column.value) ?? anonymousName(taken: Set(assignments.map(\.column.name)))
          assignments.append(
            Assignment(
              column: makeColumn(name, type), expression: Coercion.cast(value, to: type, dialect: .kql)))
        }
      }
    }
    return assignments
  }

  private func bag(of columns: [PlanColumn], at span: SourceSpan) -> Expression? {
    let pairs = columns.flatMap { [Expression.literal(.string($0.name), .string), .column($0)] }
    return bind("[bag_pack_nonempty]", pairs, spans: [], at: span)
  }
}
