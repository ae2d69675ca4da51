import Diagnostics
import Engine

/// `xyseries user metric value`: rows become columns.
package struct XYSeriesCommandSyntax: Hashable, Sendable {
  package let row: FieldNameSyntax?
  package let name: FieldNameSyntax?
  package let values: [FieldNameSyntax]
  package let options: CommandOptions

  static let record = CommandRecord(
    "xyseries", "maketable",
    syntax: "xyseries [sep=TEXT] [format=TEXT] ROW-FIELD NAME-FIELD VALUE-FIELD …",
    summary: "Turns rows into columns.",
    examples: [
      .splQuery(
        #"| makeresults | eval user="ann", metric="a", value=7 | table user metric value | xyseries "#
          + "user metric value",
        gives: #""7""#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = ["format": .text, "grouped": .boolean, "sep": .text]
    var options = CommandOptions()
    let fields = parser.parseFields(command, rules, into: &options)
    if fields.count < 3, !parser.isRecovering {
      parser.syntaxError(SPLMessages.wrongFieldCount(command, "at least three fields", parser.peek()))
    }
    return .xyseries(
      XYSeriesCommandSyntax(
        row: fields.first, name: fields.count > 1 ? fields[1] : nil, values: Array(fields.dropFirst(2)),
        options: options))
  }
}

extension SPLLowering {
  func lower(_ command: XYSeriesCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let row = command.row.flatMap({ read($0, in: &relation) }),
      let name = command.name.flatMap({ read($0, in: &relation) })
    else { return }
    refuseTrue("grouped", in: command.options, of: "xyseries")
    let values = command.values.compactMap { read($0, in: &relation) }
    keep([row, name] + values, in: &relation, at: span)
    guard let table = ask(relation.plan, "the columns of `xyseries`", at: span) else {
      pivotWithoutData(&relation, row.name, row.type, at: span)
      return
    }
    let pivoted = Pivot(
      table: table, series: Pivot.allSeries(of: table),
      options: PivotOptions(command.options, filter: nil), step: nil, countsAreZero: values.map { _ in false }
    )
    relation.close(inline(pivoted.result(), label: "xyseries").plan)
  }
}
