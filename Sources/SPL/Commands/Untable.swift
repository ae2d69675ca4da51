import Diagnostics
import Engine

/// `untable user name value`: columns become rows.
package struct UntableCommandSyntax: Hashable, Sendable {
  package let row: FieldNameSyntax?
  package let name: FieldNameSyntax?
  package let value: FieldNameSyntax?

  static let record = CommandRecord(
    "untable",
    syntax: "untable FIELD NAME-FIELD VALUE-FIELD",
    summary: "Turns columns into rows.",
    examples: [
      .splQuery(
        #"| makeresults | eval user="ann", a=1, b=2 | table user a b | untable user metric value | "#
          + "table value",
        gives: #"mvappend("1", "2")"#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    let fields = parser.parseFields(command, [:], into: &options)
    if fields.count != 3, !parser.isRecovering {
      parser.syntaxError(SPLMessages.wrongFieldCount(command, "three fields", parser.peek()))
    }
    return .untable(
      UntableCommandSyntax(
        row: fields.first, name: fields.count > 1 ? fields[1] : nil,
        value: fields.count > 2 ? fields[2] : nil))
  }
}

extension SPLLowering {
  func lower(_ command: UntableCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let row = command.row, let name = command.name, let value = command.value else { return }
    if relation.isOpen { fetchFollowing(in: &relation) }
    guard let column = read(row, in: &relation) else { return }
    let others = relation.columns.filter {
      $0.id != column.id && !$0.name.isEmpty && !$0.name.hasPrefix("_")
    }
    relation.close(
      .tabular(
        TabularCall(
          inputs: [relation.plan],
          operator: UntableOperator(
            row: Assignment(column: makeColumn(row.name, column.type), expression: column.reference),
            others: others.map { TitledExpression(name: $0.name, value: $0.reference) },
            title: makeColumn(name.name, .string), value: makeColumn(value.name, .dynamic)),
          origin: origin(span))))
  }
}
