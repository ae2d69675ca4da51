package import Diagnostics
package import Engine

/// Finds the axis and the series of a result.
package struct ChartMaker {
  /// So many series are told apart in one picture.
  package static let mostSeries = 10

  private let table: Table
  private let request: ChartRequest
  private let form: Chart.Form
  private let dialect: Dialect

  /// A picture, or why there is none.
  package enum Outcome: Sendable {
    case chart(Chart)
    case rows(Advice?)
  }

  package static func chart(of table: Table, _ request: ChartRequest, _ dialect: Dialect) -> Outcome {
    guard let form = request.kind.form else {
      if request.kind == .table { return .rows(nil) }
      return .rows("`\(request.kind.rawValue)` is a picture that is not drawn here")
    }
    if table.rowCount == 0 { return .rows("there are no rows to draw") }
    return ChartMaker(table: table, request: request, form: form, dialect: dialect).outcome
  }

  /// How rows are drawn that say nothing of it: over their time, else by their first column.
  package static func usual(for table: Table) -> ChartRequest {
    let hasTime = table.fields.contains { $0.type == .datetime }
    return ChartRequest(hasTime ? .timechart : table.rowCount == 1 ? .card : .barchart)
  }

  // MARK: - Columns

  private var outcome: Outcome {
    let named = request.x.flatMap { name in table.fields.firstIndex { $0.name == name } }
    if form == .card { return card }
    let lists = table.fields.indices.filter { isList($0) }
    let x = named ?? standardAxis(lists)
    var values = request.y.compactMap { name in table.fields.firstIndex { $0.name == name } }
    if values.isEmpty { values = table.fields.indices.filter { $0 != x && isNumber($0) } }
    if values.isEmpty { values = lists.filter { $0 != x } }
    // One column of numbers is counted along.
    let axis = values.isEmpty && x.map { isNumber($0) } == true ? nil : x
    if values.isEmpty { values = x.map { isNumber($0) ? [$0] : [] } ?? [] }
    guard !values.isEmpty else { return .rows("no column of the rows holds numbers") }
    var splits = request.series.compactMap { name in table.fields.firstIndex { $0.name == name } }
    if splits.isEmpty, form != .shares {
      splits = table.fields.indices.filter {
        $0 != axis && table.fields[$0].type == .string && !isNumber($0)
      }
    }
    if form == .shares { values = Array(values.prefix(1)) }
    var gathering = ChartGathering(keepsPoints: form == .points)
    let isWide = axis.map { lists.contains($0) } ?? false
    for row in 0..<table.rowCount {
      let split = splits.map { text(row, $0) }.joined(separator: ", ")
      if isWide, let axis {
        let places = elements(row, axis)
        for column in values where lists.contains(column) {
          let name = seriesName(split, column, of: values, isSplit: !splits.isEmpty)
          for (place, value) in zip(places, elements(row, column)) {
            gathering.add(value, at: place, to: name)
          }
        }
        continue
      }
      let place = axis.map { table.value(row: row, column: $0) } ?? .long(Int64(row + 1))
      for column in values {
        gathering.add(
          table.value(row: row, column: column), at: place,
          to: seriesName(split, column, of: values, isSplit: !splits.isEmpty))
      }
    }
    let name = axis.map { table.fields[$0].name } ?? "row"
    gathering.unnamed = values.count == 1 ? table.fields[values[0]].name : ""
    return gathering.chart(form, request, name, dialect)
  }

  private var card: Outcome {
    let values = table.fields.indices.filter { isNumber($0) }
    guard !values.isEmpty else { return .rows("no column of the rows holds numbers") }
    let series = values.map { column in
      Chart.Series(
        name: table.fields[column].name,
        values: [ChartGathering.number(table.value(row: 0, column: column)) ?? .nan])
    }
    var chart = Chart(
      form: .card, stacking: .none, title: request.title, name: "", axis: .categories([""]), series: series)
    if table.rowCount > 1 { chart.notes.append("a card shows the first of \(table.rowCount) rows") }
    return .chart(chart)
  }

  private func standardAxis(_ lists: [Int]) -> Int? {
    let times = table.fields.indices.filter { table.fields[$0].type == .datetime }
    let overTime =
      switch request.kind {
      case .timechart, .anomalychart: true
      case .areachart, .barchart, .card, .columnchart, .graph, .ladderchart, .linechart, .piechart,
        .pivotchart,
        .plotly, .scatterchart, .stackedareachart, .table, .timeline, .timepivot, .treemap:
        false
      }
    if overTime, let first = times.first { return first }
    // A series of `make-series` has its times in a list.
    if let list = lists.first(where: { elements(0, $0).contains { ChartGathering.time($0) != nil } }) {
      return list
    }
    return table.fields.isEmpty ? nil : 0
  }

  private func seriesName(_ split: String, _ column: Int, of values: [Int], isSplit: Bool) -> String {
    let name = table.fields[column].name
    if split.isEmpty { return isSplit && values.count == 1 ? "" : name }
    return values.count > 1 ? "\(split): \(name)" : split
  }

  // MARK: - Cells

  private func isNumber(_ column: Int) -> Bool {
    let type = table.fields[column].type
    if type.isNumeric { return true }
    // In a search any field may hold numbers, and those of a pivot do.
    guard type == .dynamic || type == .string, dialect.texts != .typed || type == .dynamic else {
      return false
    }
    var hasNumber = false
    for row in 0..<min(table.rowCount, 200) {
      let value = table.value(row: row, column: column)
      if value.isNull || value == .string("") { continue }
      guard ChartGathering.number(value) != nil else { return false }
      hasNumber = true
    }
    return hasNumber
  }

  private func isList(_ column: Int) -> Bool {
    guard table.fields[column].type == .dynamic, case .dynamic(.array) = table.value(row: 0, column: column)
    else {
      return false
    }
    return true
  }

  private func elements(_ row: Int, _ column: Int) -> [Value] {
    guard case .dynamic(.array(let elements)) = table.value(row: row, column: column) else { return [] }
    return elements.map { .dynamic($0) }
  }

  private func text(_ row: Int, _ column: Int) -> String {
    ChartGathering.text(table.value(row: row, column: column))
  }
}
