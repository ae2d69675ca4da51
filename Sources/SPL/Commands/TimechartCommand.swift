/// `timechart span=1h count by user`: aggregates over equal spans of time.
package struct TimechartCommandSyntax: Hashable, Sendable {
  package let aggregates: [AggregateSyntax]
  package let split: GroupingSyntax?
  package let options: CommandOptions

  /// Which columns of the split field are kept.
  package let filter: SeriesFilterSyntax?

  package var pivot: PivotOptions { PivotOptions(options, filter: filter) }
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
    let filter = parser.parseSeriesFilter(command)
    parser.parseOptions(command, rules, into: &options)
    if groupings.count > 1 { parser.report(SPLMessages.tooManyFields(1, command, groupings[1].field.span)) }
    return .timechart(
      TimechartCommandSyntax(aggregates: aggregates, split: groupings.first, options: options, filter: filter)
    )
  }
}
