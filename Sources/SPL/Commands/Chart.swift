import Diagnostics
import Engine

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
    "chart",
    syntax: "chart AGGREGATE … [over FIELD] [by FIELD [FIELD]] [limit=COUNT] [agg=sum|max|…] [useother=BOOL] "
      + "[usenull=BOOL]",
    summary: "Makes a table of aggregates over one field, with a column per value of another.",
    notes: [
      "The columns of a split are values of the data.",
      "`eval(…)` in the place of an aggregate works on several: `chart eval(max(n)-min(n)) as spread over user`.",
    ],
    examples: [
      .splQuery(
        #"| makeresults count=3 | streamstats count as n | eval k=if(n=3, "b", "a") | chart count "#
          + "over k | table count",
        gives: #"mvappend("2", "1")"#),
      .splQuery(
        #"| makeresults count=3 | streamstats count as n | eval k=if(n=3, "b", "a"), u="x" | chart "#
          + "count over k by u | table x",
        gives: #"mvappend("2", "1")"#),
    ]
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
    if groupings.count > 2 {
      parser.report(SPLMessages.tooManyFields(2, command, at: groupings[2].field.span))
    }
    return .chart(
      ChartCommandSyntax(
        aggregates: aggregates, row: groupings.first, split: groupings.count > 1 ? groupings[1] : nil,
        options: options, filter: filter))
  }
}

/// `chart`, `timechart`, `xyseries` and `untable`: rows to columns and back.
///
/// The columns of a pivot are values of the data, so its rows are asked for while the plan is made.
extension SPLLowering {
  func lower(_ command: ChartCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    refuse(PivotOptions.unsupported, in: command.pivot.options, of: "chart")
    guard let row = command.row else {
      let formulas = AggregateFormulas(command.aggregates, factors: [])
      if let items = aggregates(formulas.aggregates, keyNames: [], in: &relation, at: span) {
        aggregate(&relation, keys: [], items: items, at: span)
        formulas.finish(&relation, keys: [], by: self, at: span)
      }
      return
    }
    if command.options["span"] != nil || command.options["bins"] != nil {
      lower(BinCommandSyntax(field: row.field, alias: nil, options: command.options), in: &relation, at: span)
    }
    pivot(
      command.aggregates, row: row, split: command.split, options: command.pivot, span: nil, in: &relation,
      at: span)
  }

  func pivot(
    _ list: [AggregateSyntax], row: GroupingSyntax, split: GroupingSyntax?, options: PivotOptions,
    span step: TimeStep?, range: SearchRange = SearchRange(), whole: WholeSpans? = nil,
    factors: [Double?] = [],
    in relation: inout Relation,
    at span: SourceSpan
  ) {
    if let split, let column = read(split.field, in: &relation), options.useNull {
      // Rows without a value of the split field have a column of their own.
      let filled = firstPresent([
        column.type == .dynamic ? column.reference : text(plain(column.reference)), literal(options.nullName),
      ])
      assign(split.field.name, filled, in: &relation, at: span)
    }
    let names = [row.field.name] + (split.map { [$0.field.name] } ?? [])
    let formulas = AggregateFormulas(list, factors: factors)
    if let stray = formulas.strays.first { return report(SPLMessages.fieldOutsideAggregate(stray)) }
    guard let keys = groupings([row] + (split.map { [$0] } ?? []), in: &relation, at: span),
      let items = aggregates(formulas.aggregates, keyNames: names, in: &relation, at: span)
    else { return }
    let before = relation.plan
    func aggregateRows(_ relation: inout Relation, keys: [Assignment]) {
      aggregate(&relation, keys: keys, items: items, at: span)
      scale(items, by: formulas.factors, in: &relation, at: span)
      formulas.finish(&relation, keys: keys, by: self, at: span)
    }
    aggregateRows(&relation, keys: keys)
    let counts = Set(
      items.filter { [.count, .distinctCount].contains($0.call.function.meaning) }.map { $0.outputs[0].id })
    let countsAreZero = relation.columns.dropFirst(keys.count).map { counts.contains($0.id) }
    if split == nil, step == nil, whole == nil { return }
    guard var table = ask(relation.plan, "the columns of the chart", at: span) else {
      pivotWithoutData(&relation, row.field.name, keys[0].column.type, at: span)
      return
    }
    let hasSplit = split != nil && keys.count == 2
    var series = hasSplit ? Pivot.allSeries(of: table, options) : nil
    if let all = series {
      let kept = Pivot.series(all, of: table, options)
      series = kept
      if kept.count < all.count, options.useOther {
        // What is left out is aggregated anew as one: means and distinct counts do not add up.
        let isKept = bind("in", [keys[1].expression] + kept.map { literal($0) }, spans: [], at: span)
        let isNamed = kept.isEmpty ? .literal(.bool(false), .bool) : isKept ?? .literal(.null, .bool)
        // What has no value of the split field is in none of them.
        let folded = choose(
          [(isNamed, text(keys[1].expression)), (isThere(keys[1].expression), literal(options.otherName))],
          otherwise: .literal(.null, .string))
        var again = Relation(before)
        aggregateRows(
          &again,
          keys: [keys[0], Assignment(column: makeColumn(keys[1].column.name, .string), expression: folded)])
        guard let second = ask(again.plan, "the columns of the chart", at: span) else { return }
        table = second
        series = kept.filter { $0 != options.otherName } + [options.otherName]
      }
    }
    if let step, let first = step.times(in: table).min(), let last = step.times(in: table).max() {
      let count = step.count(from: range.earliest ?? first, to: range.latest.map { $0 - 1 } ?? last)
      if count > TimeStep.fillLimit {
        report(SPLMessages.tooManySpans(count, at: span))
        return
      }
    }
    let pivoted = Pivot(
      table: table, series: series, options: options, step: step, range: range, whole: whole,
      countsAreZero: countsAreZero)
    relation.close(inline(pivoted.result(), label: "chart").plan)
  }

  func scale(
    _ items: [Aggregate.Item], by factors: [Double?], in relation: inout Relation, at span: SourceSpan
  ) {
    for (item, factor) in zip(items, factors) {
      guard let factor, let output = relation.existing(item.outputs[0].name),
        let scaled = bind(
          "*", [number(output.reference), .literal(.real(factor), .real)], spans: [], at: span)
      else { continue }
      assign(output.name, scaled, in: &relation, at: span)
    }
  }

  func pivotWithoutData(_ relation: inout Relation, _ name: String, _ type: DataType, at span: SourceSpan) {
    relation.close(inline(Table(fields: [Field(name, type)], rows: []), label: "chart").plan)
    relation.isOpaque = true
  }
}
