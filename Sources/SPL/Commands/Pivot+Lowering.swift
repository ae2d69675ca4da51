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
    pivot(
      command.aggregates, row: row, split: command.split, options: command.pivot, span: nil, in: relation,
      at: span)
  }

  func lower(_ command: TimechartCommandSyntax, in relation: Relation, at span: SourceSpan) {
    refuse(PivotOptions.unsupported, in: command.pivot.options, of: "timechart")
    guard let time = column("_time", in: relation) else {
      report(SPLMessages.needsTime("timechart", span))
      return
    }
    var step = command.timeSpan.flatMap { self.step($0) }
    if step == nil {
      guard let range = extremes(of: plain(time.reference), in: relation, at: span) else {
        pivotWithoutData(relation, "_time", .datetime, at: span)
        return
      }
      step = TimeStep.dividing(
        range.upperBound - range.lowerBound, into: command.options.integer("bins") ?? 100)
    }
    guard let step else { return }
    assign(
      "_time", call(SPLRowFunctions.timeBin(step), [time.reference], as: time.type), in: relation, at: span)
    let row = GroupingSyntax(
      field: FieldNameSyntax(name: "_time", span: span, isQuoted: false), timeSpan: nil)
    pivot(
      command.aggregates, row: row, split: command.split, options: command.pivot,
      span: command.pivot.isContinuous ? step : nil, in: relation, at: span)
  }

  private func pivot(
    _ list: [AggregateSyntax], row: GroupingSyntax, split: GroupingSyntax?, options: PivotOptions,
    span step: TimeStep?,
    in relation: Relation, at span: SourceSpan
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
    aggregate(relation, keys: keys, items: items, at: span)
    if split == nil, step == nil { return }
    guard let table = evaluate(relation.plan, "the columns of the chart", at: span) else {
      pivotWithoutData(relation, row.field.name, keys[0].column.type, at: span)
      return
    }
    let pivoted = Pivot(
      table: table, hasSplit: split != nil && keys.count == 2, options: options, step: step,
      countsAreZero: items.map {
        $0.call.function.name(in: .spl) == "count" || $0.call.function.name(in: .spl) == "dc"
      })
    relation.close(inline(pivoted.result(), label: "chart").plan)
  }

  private func pivotWithoutData(_ relation: Relation, _ name: String, _ type: DataType, at span: SourceSpan) {
    relation.close(inline(Table(fields: [Field(name, type)], rows: []), label: "chart").plan)
    relation.isOpaque = true
  }

  func lower(_ command: XYSeriesCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let row = command.row.flatMap({ read($0, in: relation) }),
      let name = command.name.flatMap({ read($0, in: relation) })
    else { return }
    let values = command.values.compactMap { read($0, in: relation) }
    keep([row, name] + values, in: relation, at: span)
    guard let table = evaluate(relation.plan, "the columns of `xyseries`", at: span) else {
      pivotWithoutData(relation, row.name, row.type, at: span)
      return
    }
    let pivoted = Pivot(
      table: table, hasSplit: true, options: nil, step: nil, countsAreZero: values.map { _ in false },
      separator: command.separator)
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

/// A table of row key, split value and aggregates, turned into a column per split value.
struct Pivot {
  let table: Table
  let hasSplit: Bool
  let options: PivotOptions?
  /// Fills the gaps between rows that are so far apart.
  let step: TimeStep?
  /// Which aggregates are 0 where there is nothing.
  let countsAreZero: [Bool]
  var separator = ": "

  func result() -> Table {
    var rowKeys: [Value] = []
    var places: [Value: Int] = [:]
    for row in 0..<table.rowCount {
      let key = table.value(row: row, column: 0)
      if places[key] == nil {
        places[key] = rowKeys.count
        rowKeys.append(key)
      }
    }
    if let step { (rowKeys, places) = filled(rowKeys, step) }
    let first = hasSplit ? 2 : 1
    let aggregates = Array(table.fields.indices.dropFirst(first))
    let series = hasSplit ? seriesNames(aggregates.first) : [""]
    let kept = Set(series)
    var fields = [table.fields[0]]
    var columns: [[Value]] = []
    var index: [String: Int] = [:]
    let names = series + (needsOther(kept) ? [options?.otherName ?? "OTHER"] : [])
    for (position, aggregate) in aggregates.enumerated() {
      for name in names {
        let title =
          !hasSplit
          ? table.fields[aggregate].name
          : aggregates.count == 1 ? name : "\(table.fields[aggregate].name)\(separator)\(name)"
        index["\(aggregate) \(name)"] = columns.count
        fields.append(Field(title, .dynamic))
        columns.append(
          Array(
            repeating: countsAreZero[position] && step != nil
              || (hasSplit && countsAreZero[position] && options != nil) ? .dynamic(.long(0)) : .null,
            count: rowKeys.count))
      }
    }
    for row in 0..<table.rowCount {
      guard let place = places[table.value(row: row, column: 0)] else { continue }
      var name = hasSplit ? table.value(row: row, column: 1).splText : ""
      if hasSplit, !kept.contains(name) {
        guard let options, options.useOther else { continue }
        name = options.otherName
      }
      for aggregate in aggregates {
        guard let column = index["\(aggregate) \(name)"] else { continue }
        columns[column][place] = combined(columns[column][place], table.value(row: row, column: aggregate))
      }
    }
    return Table(
      fields: fields,
      columns: [Column.of(table.fields[0].type, rowKeys)] + columns.map { Column.of(.dynamic, $0) },
      rowCount: rowKeys.count)
  }

  /// Numbers of one cell add up: only the rest's series meets one cell twice.
  private func combined(_ old: Value, _ new: Value) -> Value {
    if new.isNull { return old }
    let json: JSONValue
    switch new {
    case .long(let number): json = .long(number)
    case .real(let number):
      json = number == number.rounded() && abs(number) < 1e15 ? .long(Int64(number)) : .real(number)
    case .dynamic(let value): json = value
    case .null, .bool, .decimal, .datetime, .timespan, .guid, .string: json = .string(new.splText)
    }
    guard case .dynamic(let present) = old, let first = Double(present.scalarText),
      let second = Double(json.scalarText)
    else { return .dynamic(json) }
    let sum = first + second
    return .dynamic(sum == sum.rounded() && abs(sum) < 1e15 ? .long(Int64(sum)) : .real(sum))
  }

  private func filled(_ keys: [Value], _ step: TimeStep) -> ([Value], [Value: Int]) {
    let ticks = keys.compactMap { if case .datetime(let ticks) = $0 { ticks } else { nil } }
    guard ticks.count == keys.count, let least = ticks.min(), let most = ticks.max() else {
      return (keys, Dictionary(keys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first }))
    }
    var all: [Value] = []
    var moment = least
    while moment <= most, all.count < 100_000 {
      all.append(.datetime(moment))
      moment = step.next(after: moment)
    }
    return (all, Dictionary(all.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first }))
  }

  /// The split values by name, cut to those of the greatest totals.
  private func seriesNames(_ aggregate: Int?) -> [String] {
    var totals: [String: Double] = [:]
    var names: [String] = []
    for row in 0..<table.rowCount {
      let name = table.value(row: row, column: 1).splText
      if totals[name] == nil { names.append(name) }
      totals[name, default: 0] += aggregate.flatMap { Double(table.value(row: row, column: $0).splText) } ?? 0
    }
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard let options, options.limit > 0, sorted.count > options.limit else { return sorted }
    let ranked = sorted.sorted { left, right in
      let (first, second) = (totals[left] ?? 0, totals[right] ?? 0)
      return options.keepsSmallest ? first < second : first > second
    }
    let kept = Set(ranked.prefix(options.limit))
    return sorted.filter { kept.contains($0) }
  }

  private func needsOther(_ kept: Set<String>) -> Bool {
    guard hasSplit, let options, options.useOther else { return false }
    return (0..<table.rowCount).contains { !kept.contains(table.value(row: $0, column: 1).splText) }
  }
}
