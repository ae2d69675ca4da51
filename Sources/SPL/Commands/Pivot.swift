import Engine

/// A table of row key, split value and aggregates, turned into a column per split value.
///
/// Example: `alice, 404, 2` and `alice, 200, 5` become `alice, 2, 5` under `who, 404, 200`.
struct Pivot {
  let table: Table
  /// The split values that get a column, in order; nil where nothing is split.
  let series: [String]?
  let options: PivotOptions
  /// Fills the gaps between rows that are so far apart.
  let step: TimeStep?
  /// What the rows cover beside those that are there.
  var range = SearchRange()
  /// Leaves out rows of spans that the search does not cover.
  var whole: WholeSpans?
  /// Which aggregates are 0 where there is nothing.
  let countsAreZero: [Bool]

  func result() -> Table {
    var rowKeys: [Value] = []
    var places: [Value: Int] = [:]
    for row in 0..<table.rowCount {
      let key = table.value(row: row, column: 0)
      if places.updateValue(places[key] ?? rowKeys.count, forKey: key) == nil { rowKeys.append(key) }
    }
    if let step, rowKeys.allSatisfy({ if case .datetime = $0 { true } else { false } }) {
      rowKeys = step.moments(among: Set(rowKeys), over: range)
    }
    if let whole { rowKeys.removeAll { !whole.holds($0) } }
    if step != nil || whole != nil {
      places = Dictionary(rowKeys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let aggregates = Array(table.fields.indices.dropFirst(series == nil ? 1 : 2))
    var fields = [table.fields[0]]
    var columns: [[Value]] = []
    var index: [Cell: Int] = [:]
    for (position, aggregate) in aggregates.enumerated() {
      for name in series ?? [""] {
        index[Cell(aggregate: aggregate, series: name)] = columns.count
        fields.append(Field(title(of: aggregate, name, isOnly: aggregates.count == 1), .dynamic))
        let isZero = countsAreZero[position] && (step != nil || series != nil)
        columns.append(Array(repeating: isZero ? .dynamic(.long(0)) : .null, count: rowKeys.count))
      }
    }
    for row in 0..<table.rowCount {
      guard let place = places[table.value(row: row, column: 0)] else { continue }
      let name = series == nil ? "" : table.value(row: row, column: 1).splText
      for aggregate in aggregates {
        guard let column = index[Cell(aggregate: aggregate, series: name)] else { continue }
        let value = table.value(row: row, column: aggregate)
        if !value.isNull { columns[column][place] = cell(value) }
      }
    }
    return Table(
      fields: fields,
      columns: [Column.of(table.fields[0].type, rowKeys)] + columns.map { Column.of(.dynamic, $0) },
      rowCount: rowKeys.count)
  }

  private struct Cell: Hashable {
    var aggregate: Int
    var series: String
  }

  private func title(of aggregate: Int, _ name: String, isOnly: Bool) -> String {
    if series == nil { return table.fields[aggregate].name }
    return isOnly ? name : options.title(aggregate: table.fields[aggregate].name, series: name)
  }

  private func cell(_ value: Value) -> Value {
    switch value {
    case .long(let number): .dynamic(.long(number))
    case .real(let number):
      .dynamic(
        number == number.rounded() && abs(number) < 1e15 ? .long(Int64(number)) : .real(number))
    case .dynamic: value
    case .null, .bool, .decimal, .datetime, .timespan, .guid, .string: .dynamic(.string(value.splText))
    }
  }

  // MARK: - Series

  /// The split values by name; behind them the one that stands for no value.
  static func allSeries(of table: Table, _ options: PivotOptions? = nil) -> [String] {
    let names = Set((0..<table.rowCount).map { table.value(row: $0, column: 1).splText })
    let null = options.flatMap { $0.useNull ? $0.nullName : nil }
    let sorted = names.filter { $0 != null }.sorted { $0.precedes($1) }
    return sorted + names.filter { $0 == null }
  }

  /// Those of the greatest totals, or those that a `where` asks for.
  static func series(_ everything: [String], of table: Table, _ options: PivotOptions) -> [String] {
    // The column of those without a value counts for no limit.
    let null = everything.filter { options.useNull && $0 == options.nullName }
    return named(everything.filter { !null.contains($0) }, of: table, options) + null
  }

  private static func named(_ all: [String], of table: Table, _ options: PivotOptions) -> [String] {
    if let filter = options.filter {
      let scores = scores(filter.score, of: table)
      switch filter.test {
      case .above(let bound): return all.filter { scores[$0].map { $0 > bound } ?? false }
      case .below(let bound): return all.filter { scores[$0].map { $0 < bound } ?? false }
      case .rank(let count, let fromTop, let isKept):
        let best = Set(ranked(all, scores, fromTop: fromTop).prefix(max(0, count)))
        return all.filter { best.contains($0) == isKept }
      }
    }
    guard options.limit > 0, all.count > options.limit else { return all }
    let scores = scores(options.score, of: table)
    let kept = Set(ranked(all, scores, fromTop: !options.keepsSmallest).prefix(options.limit))
    return all.filter { kept.contains($0) }
  }

  private static func ranked(_ all: [String], _ scores: [String: Double], fromTop: Bool) -> [String] {
    // Names decide among equals: the list is sorted by name and the sort is stable.
    all.enumerated().sorted { left, right in
      let (first, second) = (scores[left.element] ?? 0, scores[right.element] ?? 0)
      if first == second { return left.offset < right.offset }
      return fromTop ? first > second : first < second
    }.map(\.element)
  }

  /// A figure of the first aggregate's numbers in each series.
  private static func scores(_ score: SeriesFilterSyntax.Score, of table: Table) -> [String: Double] {
    var numbers: [String: [Double]] = [:]
    for row in 0..<table.rowCount where table.fields.count > 2 {
      guard let number = Double(table.value(row: row, column: 2).splText) else { continue }
      numbers[table.value(row: row, column: 1).splText, default: []].append(number)
    }
    return numbers.mapValues { numbers in
      let sum = numbers.reduce(0, +)
      return switch score {
      case .sum: sum
      case .count: Double(numbers.count)
      case .avg: sum / Double(numbers.count)
      case .max: numbers.max() ?? 0
      case .min: numbers.min() ?? 0
      }
    }
  }
}

extension AggregateSyntax {
  /// `per_minute(x)` of `timechart` is a sum over each span, brought to a minute.
  private static let rates: [String: Int64] = [
    "per_second": Ticks.perSecond, "per_minute": Ticks.perMinute, "per_hour": Ticks.perHour,
    "per_day": Ticks.perDay,
  ]

  /// The sum that a rate is made of; other aggregates as they are.
  var asSum: AggregateSyntax {
    if AggregateSyntax.rates[function.lowercased()] == nil { return self }
    return AggregateSyntax(
      function: "sum", functionSpan: functionSpan, argument: argument, alias: alias, text: text, span: span)
  }

  /// What the sum over a span is multiplied by; nil for what is no rate. A month counts 30 days.
  func factor(per step: TimeStep) -> Double? {
    guard let unit = AggregateSyntax.rates[function.lowercased()] else { return nil }
    return switch step.width {
    case .ticks(let width): Double(unit) / Double(max(1, width))
    case .months(let count): Double(unit) / Double(Int64(max(1, count)) * 30 * Ticks.perDay)
    }
  }
}
