import Diagnostics
import Engine

/// `delta bytes as change p=1`: the difference to an earlier row.
package struct DeltaCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let alias: FieldNameSyntax?
  /// How many rows back.
  package let distance: Int

  static let record = CommandRecord(
    "delta",
    syntax: "delta FIELD [as NAME] [p=ROWS]",
    summary: "Takes the difference to an earlier row.",
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval n=n*n | delta n as change | where "
          + "isnotnull(change) | table change",
        gives: #"mvappend("3", "5")"#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    parser.parseOptions(command, ["p": .integer], into: &options)
    let pair = parser.parseFieldAlias()
    if pair == nil { parser.requireArguments([FieldNameSyntax](), command) }
    parser.parseOptions(command, ["p": .integer], into: &options)
    return .delta(
      DeltaCommandSyntax(field: pair?.field, alias: pair?.alias, distance: options.integer("p") ?? 1))
  }
}

extension SPLLowering {
  func lower(_ command: DeltaCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: &relation) else { return }
    let change = [plain(column.reference), literal(max(1, command.distance))]
    let made = window([(SPLWindowFunctions.difference, change, .real)], in: &relation, at: span)
    moveWindows(made, to: [command.alias?.name ?? "delta(\(field.name))"], in: &relation, at: span)
  }

  /// Gives window columns their names, in the place of fields that have them.
  func moveWindows(
    _ made: [PlanColumn], to names: [String], in relation: inout Relation, at span: SourceSpan
  ) {
    assign(
      zip(made, names).map { Assignment(column: makeColumn($1, $0.type), expression: $0.reference) },
      in: &relation,
      at: span)
    drop(made, in: &relation, at: span)
  }
}
