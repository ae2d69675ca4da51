/// `untable user name value`: columns become rows.
package struct UntableCommandSyntax: Hashable, Sendable {
  package let row: FieldNameSyntax?
  package let name: FieldNameSyntax?
  package let value: FieldNameSyntax?

  static let record = CommandRecord(
    "untable", summary: "Turns columns into rows.", example: "untable user, metric, value"
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
