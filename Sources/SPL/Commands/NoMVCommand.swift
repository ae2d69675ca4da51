/// `nomv user`: joins several values into one text.
package struct NoMVCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?

  static let record = CommandRecord(
    "nomv", summary: "Joins several values into one text.", example: "nomv user"
  ) { parser, command in .nomv(NoMVCommandSyntax(field: parser.parseOneField(command, [:]).field)) }
}
