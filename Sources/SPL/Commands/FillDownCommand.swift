/// `filldown user`: gives missing values the last one seen.
package struct FillDownCommandSyntax: Hashable, Sendable {
  /// Empty: every field.
  package let fields: [FieldNameSyntax]

  static let record = CommandRecord(
    "filldown", summary: "Gives missing values the last one seen.", example: "filldown user s*"
  ) { parser, command in
    var options = CommandOptions()
    return .filldown(FillDownCommandSyntax(fields: parser.parseFields(command, [:], into: &options)))
  }
}
