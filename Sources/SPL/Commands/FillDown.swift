import Diagnostics
import Engine

/// `filldown user`: gives missing values the last one seen.
package struct FillDownCommandSyntax: Hashable, Sendable {
  /// Empty: every field.
  package let fields: [FieldNameSyntax]

  static let record = CommandRecord(
    "filldown",
    syntax: "filldown [FIELD …]",
    summary: "Gives missing values the last one seen.",
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval user=if(n=2, null(), n) | filldown "
          + "user | table user",
        gives: #"mvappend("1", "1", "3")"#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    return .filldown(FillDownCommandSyntax(fields: parser.parseFields(command, [:], into: &options)))
  }
}

extension SPLLowering {
  func lower(_ command: FillDownCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    if command.fields.isEmpty { fetchFollowing(in: &relation) }
    let filled =
      command.fields.isEmpty
      ? relation.columns.filter { !$0.name.hasPrefix("_") }
      : command.fields.flatMap { columns($0, in: &relation) }
    let made = window(
      filled.map { (SPLWindowFunctions.lastSeen, [$0.reference], $0.type) }, in: &relation, at: span)
    moveWindows(made, to: filled.map(\.name), in: &relation, at: span)
  }
}
