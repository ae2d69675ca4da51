import Diagnostics
import Engine

/// `inputlookup append=t assets where zone=dmz`: the rows of a lookup table.
package struct InputLookupCommandSyntax: Hashable, Sendable {
  package let table: FieldNameSyntax?
  package let filter: SearchExpressionSyntax?
  package let options: CommandOptions

  package var appends: Bool { options.boolean("append") ?? false }

  static let record = CommandRecord(
    "inputlookup",
    syntax: "inputlookup [append=BOOL] [start=COUNT] [max=COUNT] LOOKUP [where SEARCH]",
    summary: "Reads the rows of a lookup table.",
    examples: [
      .splQuery(
        "| inputlookup assets | table owner",
        gives: #"mvappend("ann", "ben")"#)
    ], isGenerating: true, takesSubsearch: true
  ) { parser, command in .inputlookup(parse(&parser, command, more: [:])) }

  static func parse(
    _ parser: inout SPLParser, _ command: SPLToken, more: [String: OptionKind]
  ) -> InputLookupCommandSyntax {
    var rules: [String: OptionKind] = [
      "append": .boolean, "max": .integer, "start": .integer, "strict": .boolean,
    ]
    rules.merge(more) { first, _ in first }
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let table = parser.requireField(command, "a lookup table")
    parser.parseOptions(command, rules, into: &options)
    var filter: SearchExpressionSyntax?
    if let keyword = parser.takeKeyword("where") {
      filter = parser.parseSearchExpression()
      if filter == nil {
        parser.syntaxError(SPLMessages.missingArgument("a search expression", of: keyword, at: parser.peek()))
      }
    }
    return InputLookupCommandSyntax(table: table, filter: filter, options: options)
  }
}

extension SPLLowering {
  func lower(_ command: InputLookupCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let name = command.table, let table = lookup(name.name, at: name.span)?.table else { return }
    let start = min(max(0, command.options.integer("start") ?? 0), table.rowCount)
    let count = min(
      command.options.integer("max").map { max(0, $0) } ?? table.rowCount, table.rowCount - start)
    var rows = inline(
      LookupRows.asText(table.slice(start..<(start + count))), label: "inputlookup \(name.name)")
    if let filter = command.filter, let predicate = lower(filter, in: &rows) {
      self.filter(&rows, by: predicate, at: span)
    }
    if command.appends { append(rows, to: &relation, at: span) } else { relation.close(rows.plan) }
    // Of a table without a header nobody knows the fields.
    if table.fields.isEmpty { relation.isOpaque = true }
  }
}
