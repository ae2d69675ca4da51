import Diagnostics
import Engine

/// `accum bytes as total`: a running sum.
package struct AccumCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let alias: FieldNameSyntax?

  static let record = CommandRecord(
    "accum",
    syntax: "accum FIELD [as NAME]",
    summary: "Makes a running sum.",
    notes: [
      "Values that are no numbers are passed over."
    ],
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | accum n as total | table total",
        gives: #"mvappend("1", "3", "6")"#)
    ]
  ) { parser, command in
    let pair = parser.parseFieldAlias()
    if pair == nil { parser.requireArguments([FieldNameSyntax](), command) }
    return .accum(AccumCommandSyntax(field: pair?.field, alias: pair?.alias))
  }
}

/// Commands whose values depend on the rows before.
extension SPLLowering {
  func lower(_ command: AccumCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: &relation) else { return }
    let made = window(
      [(SPLWindowFunctions.runningSum, [plain(column.reference)], .real)], in: &relation, at: span)
    if command.alias == nil, !column.type.isNumeric, let sum = made.first {
      // What is no number stays as it is.
      assign(field.name, firstPresent([sum.reference, column.reference]), in: &relation, at: span)
      drop(made, in: &relation, at: span)
      return
    }
    moveWindows(made, to: [command.alias?.name ?? field.name], in: &relation, at: span)
  }
}
