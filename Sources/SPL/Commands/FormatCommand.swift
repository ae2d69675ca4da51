/// `format "(" "(" "AND" ")" "OR" ")"`: rows as the text of a search.
package struct FormatCommandSyntax: Hashable, Sendable {
  /// Row prefix, column prefix, column separator, column end, row separator, row end.
  /// Empty for the usual ones.
  package let parts: [StringLiteralSyntax]
  package let options: CommandOptions

  package var maximumResults: Int { options.integer("maxresults") ?? 0 }
  package var multivalueSeparator: String { options.text("mvsep") ?? "OR" }
  package var emptyText: String { options.text("emptystr") ?? "NOT( )" }

  static let record = CommandRecord(
    "format", summary: "Makes the text of a search from rows.",
    example: #"format maxresults=5 "(" "(" "AND" ")" "OR" ")""#
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
