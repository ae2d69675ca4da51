/// `stats`, `eventstats` and `streamstats`: aggregates, by group.
///
/// Example: `stats count dc(user) as users by src, region`.
package struct StatsCommandSyntax: Hashable, Sendable {
  package let aggregates: [AggregateSyntax]
  package let groupings: [GroupingSyntax]
  package let options: CommandOptions

  /// `streamstats`: whether the current row counts. True if nothing is said.
  package var current: Bool { options.boolean("current") ?? true }
  /// `streamstats`: how many rows count; 0 is all.
  package var window: Int { options.integer("window") ?? 0 }
  /// `streamstats`: whether the window spans all groups.
  package var global: Bool { options.boolean("global") ?? true }
  package var resetBefore: StringLiteralSyntax? { options["reset_before"]?.value }
  package var resetAfter: StringLiteralSyntax? { options["reset_after"]?.value }

  static let stats = CommandRecord(
    "stats", summary: "Replaces the rows by aggregates, one row per group.",
    example:
      #"stats count dc(user) as "users seen" values(a.*) as * count(eval(x>1)) by src, region _time span=1h"#
  ) { parser, command in
    .stats(
      parse(
        &parser, command,
        ["allnum": .boolean, "delim": .text, "partitions": .integer, "dedup_splitvals": .boolean]))
  }

  static let eventstats = CommandRecord(
    "eventstats", summary: "Adds aggregates of its group to every row.",
    example: "eventstats allnum=f avg(bytes) as mean by user"
  ) { parser, command in
    .eventstats(parse(&parser, command, ["allnum": .boolean]))
  }

  static let streamstats = CommandRecord(
    "streamstats", summary: "Adds running aggregates to every row.",
    example: "streamstats window=5 current=f sum(bytes) as before by user"
  ) { parser, command in
    .streamstats(
      parse(
        &parser, command,
        [
          "allnum": .boolean, "current": .boolean, "global": .boolean, "reset_after": .expression,
          "reset_before": .expression, "reset_on_change": .boolean, "time_window": .timeSpan,
          "window": .integer,
        ]))
  }

  private static func parse(
    _ parser: inout SPLParser, _ command: SPLToken, _ rules: [String: OptionKind]
  ) -> StatsCommandSyntax {
    var options = CommandOptions()
    let aggregates = parser.parseAggregates(command, rules, into: &options, until: ["by"])
    let groupings =
      parser.peek().isKeyword("by") ? parser.parseGroupings(command, options: rules, into: &options) : []
    return StatsCommandSyntax(aggregates: aggregates, groupings: groupings, options: options)
  }
}
