/// `chart count over user by region`: a table with one column per value of the second field.
package struct ChartCommandSyntax: Hashable, Sendable {
  package let aggregates: [AggregateSyntax]
  /// The field of the rows: after `over`, or the first after `by`.
  package let row: GroupingSyntax?
  /// The field of the columns.
  package let split: GroupingSyntax?
  package let options: CommandOptions

  package var pivot: PivotOptions { PivotOptions(options) }

  static let record = CommandRecord(
    "chart", summary: "Makes a table of aggregates over one field, with a column per value of another.",
    example: "chart limit=5 useother=f count over user by region"
  ) { parser, command in
    var options = CommandOptions()
    let rules = PivotOptions.rules
    let aggregates = parser.parseAggregates(command, rules, into: &options, until: ["over", "by"])
    var groupings: [GroupingSyntax] = []
    let hasOver = parser.peek().isKeyword("over")
    if hasOver { groupings += parser.parseGroupings(command, options: rules, into: &options, until: ["by"]) }
    if parser.peek().isKeyword("by") {
      groupings += parser.parseGroupings(command, options: rules, into: &options, until: ["where"])
    }
    parser.refuseSeriesFilter(command)
    if groupings.count > 2 { parser.report(SPLMessages.tooManyFields(2, command, groupings[2].field.span)) }
    return .chart(
      ChartCommandSyntax(
        aggregates: aggregates, row: groupings.first, split: groupings.count > 1 ? groupings[1] : nil,
        options: options))
  }
}

/// `timechart span=1h count by user`: aggregates over equal spans of time.
package struct TimechartCommandSyntax: Hashable, Sendable {
  package let aggregates: [AggregateSyntax]
  package let split: GroupingSyntax?
  package let options: CommandOptions

  package var pivot: PivotOptions { PivotOptions(options) }
  package var timeSpan: TimeSpanSyntax? { options.timeSpan("span") }

  static let record = CommandRecord(
    "timechart", summary: "Makes a table of aggregates over equal spans of time.",
    example: "timechart span=1h useother=f count by user limit=5"
  ) { parser, command in
    var options = CommandOptions()
    var rules = PivotOptions.rules
    rules.merge(["fixedrange": .boolean, "partial": .boolean]) { first, _ in first }
    let aggregates = parser.parseAggregates(command, rules, into: &options, until: ["by"])
    var groupings: [GroupingSyntax] = []
    if parser.peek().isKeyword("by") {
      groupings = parser.parseGroupings(command, options: rules, into: &options, until: ["where"])
    }
    parser.refuseSeriesFilter(command)
    if groupings.count > 1 { parser.report(SPLMessages.tooManyFields(1, command, groupings[1].field.span)) }
    return .timechart(
      TimechartCommandSyntax(aggregates: aggregates, split: groupings.first, options: options))
  }
}

/// The options that `chart` and `timechart` share, with what holds where nothing is said.
package struct PivotOptions: Hashable, Sendable {
  package let options: CommandOptions

  init(_ options: CommandOptions) { self.options = options }

  /// How many columns the split field may have, by total; 0 is all. `top5` and `bottom5` are read too.
  package var limit: Int {
    guard let text = options.text("limit") else { return 10 }
    return Int(text.drop { !$0.isNumber }) ?? 10
  }
  package var keepsSmallest: Bool { options.text("limit")?.lowercased().hasPrefix("bottom") ?? false }
  package var useOther: Bool { options.boolean("useother") ?? true }
  package var otherName: String { options.text("otherstr") ?? "OTHER" }
  package var useNull: Bool { options.boolean("usenull") ?? true }
  package var nullName: String { options.text("nullstr") ?? "NULL" }
  package var isContinuous: Bool { options.boolean("cont") ?? true }

  static let rules: [String: OptionKind] = [
    "agg": .text, "aligntime": .text, "bins": .integer, "cont": .boolean, "dedup_splitvals": .boolean,
    "end": .text, "format": .text, "limit": .text, "minspan": .timeSpan, "nullstr": .text,
    "otherstr": .text, "sep": .text, "span": .timeSpan, "start": .text, "usenull": .boolean,
    "useother": .boolean,
  ]
}

extension SPLParser {
  /// `by host where max in top5` is SPL that Trawl does not run.
  fileprivate mutating func refuseSeriesFilter(_ command: SPLToken) {
    if peek().isKeyword("where") { syntaxError(SPLMessages.unsupportedClause(peek(), of: command)) }
  }
}
