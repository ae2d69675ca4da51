import Diagnostics
import Engine

/// `chart`, `timechart`, `xyseries` and `untable`: rows to columns and back.
///
/// The columns of a pivot are values of the data, so its rows are worked out while the plan is made.
extension SPLLowering {
  func lower(_ command: ChartCommandSyntax, in relation: Relation, at span: SourceSpan) {
    refuse(PivotOptions.unsupported, in: command.pivot.options, of: "chart")
    guard let row = command.row else {
      if let items = aggregates(command.aggregates, keyNames: [], in: relation, at: span) {
        aggregate(relation, keys: [], items: items, at: span)
      }
      return
    }
    if command.options["span"] != nil || command.options["bins"] != nil {
      lower(BinCommandSyntax(field: row.field, alias: nil, options: command.options), in: relation, at: span)
    }
    pivot(
      command.aggregates, row: row, split: command.split, options: command.pivot, span: nil, in: relation,
      at: span)
  }

  func lower(_ command: TimechartCommandSyntax, in relation: Relation, at span: SourceSpan) {
    refuse(PivotOptions.unsupported, in: command.pivot.options, of: "timechart")
    refuseTrue("fixedrange", in: command.options, of: "timechart")
    if command.options.boolean("partial") == false {
      refuse(["partial"], in: command.options, of: "timechart")
    }
    guard let time = column("_time", in: relation) else {
      report(SPLMessages.needsTime("timechart", span))
      return
    }
    guard let step = timeStep(time, command.options, in: relation, at: span) else { return }
    assign(
      "_time", call(SPLRowFunctions.timeBin(step), [time.reference], as: time.type), in: relation, at: span)
    let row = GroupingSyntax(
      field: FieldNameSyntax(name: "_time", span: span, isQuoted: false), timeSpan: nil)
    pivot(
      command.aggregates.map { $0.asSum }, row: row, split: command.split, options: command.pivot,
      span: command.pivot.isContinuous ? step : nil, factors: command.aggregates.map { $0.factor(per: step) },
      in: relation, at: span)
  }

  private func pivot(
    _ list: [AggregateSyntax], row: GroupingSyntax, split: GroupingSyntax?, options: PivotOptions,
    span step: TimeStep?, factors: [Double?] = [], in relation: Relation, at span: SourceSpan
  ) {
    if let split, let column = read(split.field, in: relation), options.useNull {
      // Rows without a value of the split field have a column of their own.
      let filled = firstPresent([
        column.type == .dynamic ? column.reference : text(plain(column.reference)), literal(options.nullName),
      ])
      assign(split.field.name, filled, in: relation, at: span)
    }
    let names = [row.field.name] + (split.map { [$0.field.name] } ?? [])
    guard let keys = groupings([row] + (split.map { [$0] } ?? []), in: relation, at: span),
      let items = aggregates(list, keyNames: names, in: relation, at: span)
    else { return }
    let before = relation.plan
    aggregate(relation, keys: keys, items: items, at: span)
    scale(items, by: factors, in: relation, at: span)
    if split == nil, step == nil { return }
    guard var table = evaluate(relation.plan, "the columns of the chart", at: span) else {
      pivotWithoutData(relation, row.field.name, keys[0].column.type, at: span)
      return
    }
    let hasSplit = split != nil && keys.count == 2
    var series = hasSplit ? Pivot.allSeries(of: table) : nil
    if let all = series {
      let kept = Pivot.series(all, of: table, options)
      series = kept
      if kept.count < all.count, options.useOther {
        // What is left out is aggregated anew as one: means and distinct counts do not add up.
        let isKept = bind("in", [keys[1].expression] + kept.map { literal($0) }, spans: [], at: span)
        let isNamed = kept.isEmpty ? .literal(.bool(false), .bool) : isKept ?? .literal(.null, .bool)
        let folded = choose([(isNamed, text(keys[1].expression))], otherwise: literal(options.otherName))
        let again = Relation(before)
        aggregate(
          again,
          keys: [keys[0], Assignment(column: makeColumn(keys[1].column.name, .string), expression: folded)],
          items: items, at: span)
        scale(items, by: factors, in: again, at: span)
        guard let second = evaluate(again.plan, "the columns of the chart", at: span) else { return }
        table = second
        series = kept.filter { $0 != options.otherName } + [options.otherName]
      }
    }
    let pivoted = Pivot(
      table: table, series: series, options: options, step: step,
      countsAreZero: items.map {
        $0.call.function.name(in: .spl) == "count" || $0.call.function.name(in: .spl) == "dc"
      })
    relation.close(inline(pivoted.result(), label: "chart").plan)
  }

  private func scale(
    _ items: [Aggregate.Item], by factors: [Double?], in relation: Relation, at span: SourceSpan
  ) {
    for (item, factor) in zip(items, factors) {
      guard let factor, let output = relation.existing(item.outputs[0].name),
        let scaled = bind(
          "*", [number(output.reference), .literal(.real(factor), .real)], spans: [], at: span)
      else { continue }
      assign(output.name, scaled, in: relation, at: span)
    }
  }

  private func pivotWithoutData(_ relation: Relation, _ name: String, _ type: DataType, at span: SourceSpan) {
    relation.close(inline(Table(fields: [Field(name, type)], rows: []), label: "chart").plan)
    relation.isOpaque = true
  }

  func lower(_ command: XYSeriesCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let row = command.row.flatMap({ read($0, in: relation) }),
      let name = command.name.flatMap({ read($0, in: relation) })
    else { return }
    refuseTrue("grouped", in: command.options, of: "xyseries")
    let values = command.values.compactMap { read($0, in: relation) }
    keep([row, name] + values, in: relation, at: span)
    guard let table = evaluate(relation.plan, "the columns of `xyseries`", at: span) else {
      pivotWithoutData(relation, row.name, row.type, at: span)
      return
    }
    let pivoted = Pivot(
      table: table, series: Pivot.allSeries(of: table),
      options: PivotOptions(command.options, filter: nil), step: nil, countsAreZero: values.map { _ in false }
    )
    relation.close(inline(pivoted.result(), label: "xyseries").plan)
  }

  func lower(_ command: UntableCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let row = command.row, let name = command.name, let value = command.value else { return }
    if relation.isOpen { fetchFollowing(in: relation) }
    guard let column = read(row, in: relation),
      let place = relation.columns.firstIndex(where: { $0.id == column.id })
    else { return }
    let others = relation.columns.indices.filter {
      $0 != place && !relation.columns[$0].name.isEmpty && !relation.columns[$0].name.hasPrefix("_")
    }
    // The operator goes by the names of its input, which a projection may not change.
    keep(relation.columns, in: relation, at: span)
    relation.close(
      .tabular(
        TabularCall(
          inputs: [relation.plan],
          operator: UntableOperator(row: place, others: others, names: relation.columns.map(\.name)),
          columns: [
            makeColumn(row.name, column.type), makeColumn(name.name, .string),
            makeColumn(value.name, .dynamic),
          ],
          origin: origin(span))))
  }
}
