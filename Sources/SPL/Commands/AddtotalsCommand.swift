/// `addtotals col=t labelfield=user fieldname=sum a b`: sums of rows, and of columns.
package struct AddtotalsCommandSyntax: Hashable, Sendable {
  /// Empty: every numeric field.
  package let fields: [FieldNameSyntax]
  package let options: CommandOptions

  package var sumsRows: Bool { options.boolean("row") ?? true }
  package var sumsColumns: Bool { options.boolean("col") ?? false }
  package var fieldName: String { options.text("fieldname") ?? "Total" }
  package var label: String { options.text("label") ?? "Total" }
  package var labelField: String? { options.text("labelfield") }

  static let record = CommandRecord(
    "addtotals", summary: "Adds the sum of each row, or of each column.",
    example: "addtotals col=t labelfield=user fieldname=sum a, b"
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "col": .boolean, "fieldname": .text, "label": .text, "labelfield": .text, "row": .boolean,
    ]
    var options = CommandOptions()
    let fields = parser.parseFields(command, rules, into: &options)
    return .addtotals(AddtotalsCommandSyntax(fields: fields, options: options))
  }
}
