package import Diagnostics
import Engine

/// `search kind=case_sensitive in (T, A*) "x" and col:"y"`.
package struct SearchSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  /// Empty for all tables.
  package var tables: [ExpressionSyntax]
  package var predicate: ExpressionSyntax
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["search"],
    syntax: #"search [kind=case_sensitive] [in (TABLE, …)] "TERM" | COLUMN:"TERM" | CONDITION"#,
    summary: "Gives the rows of one table or of several that hold a term in any column.",
    examples: [
      .kqlQuery(
        #"let T = datatable(a:string)["error: x", "ok"]; search in (T) "error" | project a"#,
        gives: #""error: x""#)
    ],
    stage: { .search($0.parseSearch($1)) },
    source: KQLOperatorRecord.Source(
      begins: { parser in
        let next = parser.cursor.peek()
        if next.kind == .punctuation(.star) { return true }
        if next.word == "in" { return parser.at(.leftParenthesis, ahead: 2) }
        if parser.atString(ahead: 1) || next.kind == .punctuation(.leftParenthesis) { return true }
        return parser.nameOrBracketFollows()
      },
      parse: { .search($0.parseSearch($1)) }))
}

extension KQLParser {
  func parseSearch(_ start: SourceSpan) -> SearchSyntax {
    let options = self.options(["kind"])
    let tables = tableList()
    let predicate = self.predicate()
    return SearchSyntax(options: options, tables: tables, predicate: predicate, span: span(from: start))
  }

  /// `in (T, A*)`, or nothing.
  func tableList() -> [ExpressionSyntax] {
    guard at("in"), at(.leftParenthesis, ahead: 1) else { return [] }
    cursor.advance()
    let opening = cursor.advance().span
    let tables = list(until: .rightParenthesis) { $0.tableReference() }
    close(.rightParenthesis, opening: opening)
    return tables
  }
}

extension KQLLowering {
  /// Rows of one or of all tables in which a text, or a condition, is found; `$table` says which table.
  func lower(_ node: SearchSyntax, on input: Relation?) -> Relation? {
    let isCaseSensitive = node.options[named: "kind"]?.word == "case_sensitive"
    var legs: [Relation] = []
    if var input {
      input.name = input.name ?? "search_arg0"
      legs.append(input)
    }
    if !node.tables.isEmpty {
      guard let tables = legsOfTables(node.tables) else { return nil }
      legs += tables
    } else if input == nil {
      legs += allTables(at: node.span)
    }
    if legs.isEmpty { return fail(KQLMessages.unionWithoutTables(at: node.span)) }
    guard let all = union(legs, sourceName: "$table", at: node.span) else { return nil }
    let row = RowScope(all.columns)
    // The texts of a search are looked for in the tables' own columns.
    let searched = Array(all.columns.dropFirst())
    guard
      let predicate = searchCondition(
        node.predicate, in: row, over: searched, isCaseSensitive: isCaseSensitive)
    else { return nil }
    return Relation(.filter(Filter(input: all.plan, predicate: predicate, origin: origin(node.span))))
  }

  func legsOfTables(_ tables: [ExpressionSyntax]) -> [Relation]? {
    var legs: [Relation] = []
    for table in tables {
      if case .pattern(let pattern) = table {
        legs += tablesMatching(pattern)
      } else if let leg = lowerTable(table) {
        legs.append(leg)
      } else {
        return nil
      }
    }
    return legs
  }

  func allTables(at span: SourceSpan) -> [Relation] {
    environment.catalog.tableNames.compactMap {
      environment.catalog.table(named: $0).map { scan($0, at: span) }
    }
  }

  private func searchCondition(
    _ expression: ExpressionSyntax, in row: RowScope, over columns: [PlanColumn], isCaseSensitive: Bool
  ) -> Expression? {
    switch expression {
    case .star: return .literal(.bool(true), .bool)
    case .literal(let literal):
      if case .bool(let value) = literal.value { return .literal(.bool(value), .bool) }
      let text = literal.string?.value ?? lower(expression, in: .constant)?.constantValue?.kqlText ?? ""
      return term(text, over: columns, isCaseSensitive: isCaseSensitive, at: literal.span)
    case .logical(let node):
      var combined: Expression?
      for operand in node.operands {
        guard
          let next = searchCondition(operand, in: row, over: columns, isCaseSensitive: isCaseSensitive)
        else { return nil }
        guard let previous = combined else {
          combined = next
          continue
        }
        combined = bind(node.op.rawValue, [previous, next], spans: [], at: node.span)
      }
      return combined
    case .call(let call) where call.function.text == "not" && call.arguments.count == 1:
      return searchCondition(
        call.arguments[0].value, in: row, over: columns, isCaseSensitive: isCaseSensitive
      )
      .flatMap { bind("not", [$0], spans: [], at: call.span) }
    case .binary(let node) where node.op == .colon:
      guard case .literal(let literal) = node.right, let text = literal.string?.value else {
        return lowerCondition(expression, in: row)
      }
      if case .star = node.left {
        return term(text, over: columns, isCaseSensitive: isCaseSensitive, at: node.span)
      }
      guard let operand = lower(node.left, in: row) else { return nil }
      return term(text, in: operand, isCaseSensitive: isCaseSensitive, at: node.span)
    case .dynamic, .name, .pattern, .path, .index, .call, .memberCall, .unary, .binary, .membership, .between,
      .typeof, .subquery, .error:
      return lowerCondition(expression, in: row)
    }
  }

  private func term(
    _ text: String, over columns: [PlanColumn], isCaseSensitive: Bool, at span: SourceSpan
  ) -> Expression? {
    if text == "*" { return .literal(.bool(true), .bool) }
    var tests: [Expression] = []
    for column in columns {
      guard let test = term(text, in: .column(column), isCaseSensitive: isCaseSensitive, at: span) else {
        return nil
      }
      tests.append(test)
    }
    return anyOf(tests[...], at: span)
  }

  /// `x*` is the start of a term, `*x` its end, `*x*` any part; `a*b` has anything between.
  private func term(
    _ text: String, in operand: Expression, isCaseSensitive: Bool, at span: SourceSpan
  ) -> Expression? {
    let value = Coercion.cast(operand, to: .string, dialect: .kql)
    let suffix = isCaseSensitive ? "_cs" : ""
    let starts = text.hasPrefix("*")
    let ends = text.hasSuffix("*")
    let core = String(text.drop { $0 == "*" }.reversed().drop { $0 == "*" }.reversed())
    if core.contains("*") {
      let parts = core.split(separator: "*").map { RegularExpression.quoted(String($0)) }
      let flags = isCaseSensitive ? "" : "(?i)"
      let pattern = "\(flags)\(starts ? "" : #"\b"#)\(parts.joined(separator: ".*"))\(ends ? "" : #"\b"#)"
      return bind("matches regex", [value, .literal(.string(pattern), .string)], spans: [], at: span)
    }
    let name = starts && ends ? "contains" : ends ? "hasprefix" : starts ? "hassuffix" : "has"
    return bind(name + suffix, [value, .literal(.string(core), .string)], spans: [], at: span)
  }
}
