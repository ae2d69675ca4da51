import Diagnostics
import Engine

/// `addcoltotals labelfield=user count`: a row with the sums of columns.
package struct AddcoltotalsCommandSyntax: Hashable, Sendable {
  package let fields: [FieldNameSyntax]
  package let options: CommandOptions

  package var label: String { options.text("label") ?? "Total" }
  package var labelField: String? { options.text("labelfield") }

  static let record = CommandRecord(
    "addcoltotals",
    syntax: "addcoltotals [labelfield=FIELD] [label=TEXT] [FIELD …]",
    summary: "Adds a row with the sums of columns.",
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | table n | addcoltotals",
        gives: #"mvappend("1", "2", "3", "6")"#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    let fields = parser.parseFields(command, ["label": .text, "labelfield": .text], into: &options)
    return .addcoltotals(AddcoltotalsCommandSyntax(fields: fields, options: options))
  }
}

extension SPLLowering {
  func lower(_ command: AddcoltotalsCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    addTotalRow(
      totalled(command.fields, in: &relation), label: command.label, labelField: command.labelField,
      in: &relation,
      at: span)
  }
}
