import Diagnostics
import Engine

/// `format "(" "(" "AND" ")" "OR" ")"`: rows as the text of a search.
package struct FormatCommandSyntax: Hashable, Sendable {
  /// Row prefix, column prefix, column separator, column end, row separator, row end.
  /// Empty for the usual ones.
  package let parts: [StringLiteralSyntax]
  package let options: CommandOptions

  package var maximumResults: Int { options.integer("maxresults") ?? 0 }
  package var multivalueSeparator: String { options.text("mvsep") ?? "OR" }
  package var emptyText: String { options.text("emptystr") ?? "NOT ( )" }

  static let record = CommandRecord(
    "format",
    syntax: "format [maxresults=COUNT] [mvsep=TEXT] [emptystr=TEXT] [six texts of brackets and words]",
    summary: "Makes the text of a search from rows.",
    examples: [
      .splQuery(
        #"| makeresults | eval user="ann" | table user | format"#,
        gives: #""( ( user=\"ann\" ) )""#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = ["emptystr": .text, "maxresults": .integer, "mvsep": .text]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    var parts: [StringLiteralSyntax] = []
    while let part = parser.parseText() {
      parts.append(part)
      parser.parseOptions(command, rules, into: &options)
    }
    if !parts.isEmpty, parts.count != 6, !parser.isRecovering {
      parser.syntaxError(SPLMessages.formatNeedsSix(command, parts.count))
    }
    return .format(FormatCommandSyntax(parts: parts, options: options))
  }
}

extension SPLLowering {
  /// All rows as the text of one search.
  func lower(_ command: FormatCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    var frame = SearchTextOperator.Frame()
    let parts = command.parts.map(\.value)
    if parts.count == 6 {
      frame.rowPrefix = parts[0] + " "
      frame.columnPrefix = parts[1] + " "
      frame.columnSeparator = " \(parts[2]) "
      frame.columnEnd = " " + parts[3]
      frame.rowSeparator = " \(parts[4]) "
      frame.rowEnd = " " + parts[5]
    }
    frame.valueSeparator = command.multivalueSeparator
    frame.emptyText = command.emptyText
    let columns = relation.columns.filter { !$0.name.hasPrefix("_") }.sorted {
      $0.name.precedes($1.name)
    }
    searchText(
      columns.map { SearchTextOperator.Part(value: $0.reference, name: $0.name) }, frame,
      limit: command.maximumResults > 0 ? command.maximumResults : nil, in: &relation, at: span)
  }

  func searchText(
    _ parts: [SearchTextOperator.Part], _ frame: SearchTextOperator.Frame, limit: Int?,
    in relation: inout Relation,
    at span: SourceSpan
  ) {
    relation.close(
      .tabular(
        TabularCall(
          inputs: [relation.plan],
          operator: SearchTextOperator(
            parts: parts, frame: frame, limit: limit, column: makeColumn("search", .string)),
          origin: origin(span))))
  }
}
