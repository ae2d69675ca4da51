/// `top 5 user by src` and `rare`: the most or least frequent values.
package struct TopCommandSyntax: Hashable, Sendable {
  /// How many values; 0 is all.
  package let limit: Int
  package let fields: [FieldNameSyntax]
  package let groupings: [GroupingSyntax]
  package let options: CommandOptions

  package var countField: String { options.text("countfield") ?? "count" }
  package var percentField: String { options.text("percentfield") ?? "percent" }
  package var showCount: Bool { options.boolean("showcount") ?? true }
  package var showPercent: Bool { options.boolean("showperc") ?? true }
  package var useOther: Bool { options.boolean("useother") ?? false }
  package var otherName: String { options.text("otherstr") ?? "OTHER" }

  static let top = CommandRecord(
    "top", summary: "Counts the most frequent values.", example: "top limit=5 showperc=f user, src by region"
  ) { parser, command in .top(parse(&parser, command)) }

  static let rare = CommandRecord(
    "rare", summary: "Counts the least frequent values.", example: "rare 5 user by region"
  ) { parser, command in .rare(parse(&parser, command)) }

  private static func parse(_ parser: inout SPLParser, _ command: SPLToken) -> TopCommandSyntax {
    let rules: [String: OptionKind] = [
      "countfield": .text, "limit": .integer, "otherstr": .text, "percentfield": .text,
      "showcount": .boolean, "showperc": .boolean, "useother": .boolean,
    ]
    var options = CommandOptions()
    let count = parser.parseInteger()
    let fields = parser.parseFields(command, rules, into: &options, until: ["by"])
    parser.requireArguments(fields, command)
    let isGrouped = parser.peek().isKeyword("by")
    let groupings = isGrouped ? parser.parseGroupings(command, options: rules, into: &options) : []
    return TopCommandSyntax(
      limit: options.integer("limit") ?? count ?? 10, fields: fields, groupings: groupings, options: options)
  }
}
