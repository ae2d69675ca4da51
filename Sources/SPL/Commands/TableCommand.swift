/// `table _time, user, src*`: exactly these columns, in this order.
package struct TableCommandSyntax: Hashable, Sendable {
  package let fields: [FieldNameSyntax]

  static let record = CommandRecord(
    "table", summary: "Keeps exactly the named fields, in that order.", example: "table _time, user src*"
  ) { parser, command in
    var options = CommandOptions()
    let fields = parser.parseFields(command, [:], into: &options)
    parser.requireArguments(fields, command)
    return .table(TableCommandSyntax(fields: fields))
  }
}
