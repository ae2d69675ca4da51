/// `chart count over user by region`: a table with one column per value of the second field.
package struct ChartCommandSyntax: Hashable, Sendable {
  package let aggregates: [AggregateSyntax]
  /// The field of the rows: after `over`, or the first after `by`.
  package let row: GroupingSyntax?
  /// The field of the columns.
  package let split: GroupingSyntax?
  package let options: CommandOptions

  /// Which columns of the split field are kept.
  package let filter: SeriesFilterSyntax?

  package var pivot: PivotOptions { PivotOptions(options, filter: filter) }

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
    let filter = parser.parseSeriesFilter(command)
    parser.parseOptions(command, rules, into: &options)
    if groupings.count > 2 { parser.report(SPLMessages.tooManyFields(2, command, groupings[2].field.span)) }
    return .chart(
      ChartCommandSyntax(
        aggregates: aggregates, row: groupings.first, split: groupings.count > 1 ? groupings[1] : nil,
        options: options, filter: filter))
  }
}
