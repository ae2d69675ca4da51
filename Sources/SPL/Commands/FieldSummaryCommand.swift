/// `fieldsummary maxvals=10 user src`: figures about fields, a row each.
package struct FieldSummaryCommandSyntax: Hashable, Sendable {
  /// Empty: every field.
  package let fields: [FieldNameSyntax]
  /// How many values of each field are listed; 0 is all.
  package let valueLimit: Int

  static let record = CommandRecord(
    "fieldsummary", summary: "Makes a row of figures for each field.",
    example: "fieldsummary maxvals=10 user, src"
  ) { parser, command in
    var options = CommandOptions()
    let fields = parser.parseFields(command, ["maxvals": .integer], into: &options)
    return .fieldsummary(
      FieldSummaryCommandSyntax(fields: fields, valueLimit: options.integer("maxvals") ?? 100))
  }
}
