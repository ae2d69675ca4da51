import Diagnostics
import Engine

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
    "timechart",
    syntax:
      "timechart [span=SPAN] [bins=COUNT] [partial=BOOL] AGGREGATE … [by FIELD] [limit=COUNT] [useother=BOOL]",
    summary: "Makes a table of aggregates over equal spans of time.",
    notes: [
      "The rows go from `earliest=` to `latest=` of the search, or over the times of the data where it has none.",
      "Spans without rows have a row; without `span` its width follows from that range. No data gives no rows.",
      "`partial=f` leaves out the first and the last span where the time of the search does not cover them.",
      "`eval(…)` in the place of an aggregate works on several: `timechart eval(sum(bytes)/count) as mean by user`.",
    ],
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval _time=n*3600 | timechart span=1h count "
          + "| table count",
        gives: #"mvappend("1", "1", "1")"#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    var rules = PivotOptions.rules
    rules.merge(["fixedrange": .boolean, "partial": .boolean, "span": .timeSpan]) { _, own in own }
    let aggregates = parser.parseAggregates(command, rules, into: &options, until: ["by"])
    var groupings: [GroupingSyntax] = []
    if parser.peek().isKeyword("by") {
      groupings = parser.parseGroupings(command, options: rules, into: &options, until: ["where"])
    }
    let filter = parser.parseSeriesFilter(command)
    parser.parseOptions(command, rules, into: &options)
    if groupings.count > 1 {
      parser.report(SPLMessages.tooManyFields(1, command, at: groupings[1].field.span))
    }
    return .timechart(
      TimechartCommandSyntax(aggregates: aggregates, split: groupings.first, options: options, filter: filter)
    )
  }
}

extension SPLLowering {
  func lower(_ command: TimechartCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    refuse(PivotOptions.unsupported, in: command.pivot.options, of: "timechart")
    guard let time = column("_time", in: &relation) else {
      report(SPLMessages.needsTime("timechart", at: span))
      return
    }
    let isFixed = command.options.boolean("fixedrange") ?? true
    let wantsWhole = command.options.boolean("partial") == false
    let covered =
      isFixed || wantsWhole ? searchRange(over: relation, endsNow: wantsWhole, at: span) : SearchRange()
    let isBounded = timeBounds.earliest != nil || timeBounds.latest != nil
    let range = isFixed && isBounded ? covered : SearchRange()
    guard let step = timeStep(time, command.options, over: range, in: &relation, at: span),
      let binned = timeBin(time.reference, step, command.options)
    else { return }
    let whole = wantsWhole ? WholeSpans(step: step, range: covered) : nil
    assign("_time", binned, in: &relation, at: span)
    let row = GroupingSyntax(
      field: FieldNameSyntax(name: "_time", span: span, isQuoted: false), timeSpan: nil)
    pivot(
      command.aggregates.map { $0.asSum }, row: row, split: command.split, options: command.pivot,
      span: command.pivot.isContinuous ? step : nil, range: range, whole: whole,
      factors: command.aggregates.map { $0.factor(per: step) },
      in: &relation, at: span)
  }
}
