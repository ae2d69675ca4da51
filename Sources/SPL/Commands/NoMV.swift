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
  func lower(_ command: NoMVCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: relation) else { return }
    assign(
      field.name, call(ValueListFunctions.joinLines, [column.reference], as: .string), in: relation, at: span)
  }
}
