import Diagnostics
import Engine

/// `nomv user`: joins several values into one text.
package struct NoMVCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?

  static let record = CommandRecord(
    "nomv",
    syntax: "nomv FIELD",
    summary: "Joins several values into one text.",
    examples: [
      .splQuery(
        #"| makeresults | eval user=split("ann,ben", ",") | nomv user | eval n=mvcount(user) | table "#
          + "n",
        gives: #""1""#)
    ]
  ) { parser, command in .nomv(NoMVCommandSyntax(field: parser.parseOneField(command, [:]).field)) }
}

extension SPLLowering {
  func lower(_ command: NoMVCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: &relation) else { return }
    assign(
      field.name, joined(column), in: &relation, at: span)
  }
}

extension SPLLowering {
  /// The values of a column as one text.
  private func joined(_ column: PlanColumn) -> Expression {
    guard let delimiter = delimiters[column.id],
      let text = bind("mvjoin", [column.reference, literal(delimiter)], spans: [], at: .at(0))
    else { return call(ValueListFunctions.joinLines, [column.reference], as: .string) }
    return text
  }
}
