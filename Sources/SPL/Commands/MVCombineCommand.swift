/// `mvcombine delim=":" user`: makes one row of rows that differ in one field.
package struct MVCombineCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let delimiter: String?

  static let record = CommandRecord(
    "mvcombine", summary: "Makes one row of rows that differ in one field only.",
    example: #"mvcombine delim=":" user"#
  ) { parser, command in
    let (field, options) = parser.parseOneField(command, ["delim": .text])
    return .mvcombine(MVCombineCommandSyntax(field: field, delimiter: options.text("delim")))
  }
}
