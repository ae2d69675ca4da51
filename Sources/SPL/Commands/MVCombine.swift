import Diagnostics
import Engine

/// `mvcombine delim=":" user`: makes one row of rows that differ in one field.
package struct MVCombineCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let delimiter: String?

  static let record = CommandRecord(
    "mvcombine",
    syntax: "mvcombine [delim=TEXT] FIELD",
    summary: "Makes one row of rows that differ in one field only.",
    examples: [
      .splQuery(
        #"| makeresults count=3 | streamstats count as n | eval k="a" | table k n | mvcombine n | "#
          + "table n",
        gives: #"mvappend("1", "2", "3")"#)
    ]
  ) { parser, command in
    let (field, options) = parser.parseOneField(command, ["delim": .text])
    return .mvcombine(MVCombineCommandSyntax(field: field, delimiter: options.text("delim")))
  }
}

extension SPLLowering {
  /// Rows that differ in one field only become one.
  func lower(_ command: MVCombineCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    fetchFollowing(in: &relation)
    guard let field = command.field, let column = read(field, in: &relation),
      let place = relation.columns.firstIndex(where: { $0.id == column.id })
    else { return }
    func same(_ columns: ArraySlice<PlanColumn>) -> [Assignment] {
      columns.map { Assignment(column: makeColumn($0.name, $0.type), expression: $0.reference) }
    }
    let combined = makeColumn(field.name, .dynamic)
    delimiters[combined.id] = command.delimiter ?? " "
    relation.close(
      .tabular(
        TabularCall(
          inputs: [relation.plan],
          operator: CombineOperator(
            before: same(relation.columns[..<place]),
            combined: Assignment(column: combined, expression: column.reference),
            after: same(relation.columns[(place + 1)...])),
          origin: origin(span))))
  }
}
