/// `fillnull value=none user src`: gives missing values a text.
package struct FillNullCommandSyntax: Hashable, Sendable {
  /// Empty: every field that has a value in some row.
  package let fields: [FieldNameSyntax]
  package let options: CommandOptions

  package var value: String { options.text("value") ?? "0" }

  static let record = CommandRecord(
    "fillnull", summary: "Gives missing values a text.", example: "fillnull value=none user, src"
  ) { parser, command in
    var options = CommandOptions()
    let fields = parser.parseFields(command, ["value": .text], into: &options)
    return .fillnull(FillNullCommandSyntax(fields: fields, options: options))
  }
}
