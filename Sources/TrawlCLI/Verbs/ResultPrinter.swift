import Diagnostics
import Engine
import Reports
import Rules
import Session

/// Writes the tables of an outcome to the output, or draws them.
struct ResultPrinter {
  /// Pictures in a pipe are as wide as this.
  private static let chartWidth = 80

  let output: OutputSettings
  let dialect: Dialect
  let console: Console
  /// What shows the rows of a picture.
  var numbersHint = "--format table shows the numbers"

  func print(_ outcome: QueryOutcome) {
    let renderer = output.renderer(dialect)
    for result in outcome.results {
      if outcome.results.count > 1, let name = result.name, output.format == .table {
        console.write("\(name):\n")
      }
      if draw(result) { continue }
      let table = output.limit.map { result.table.slice(0..<min($0, result.table.rowCount)) } ?? result.table
      console.write(table, renderer)
      if table.rowCount < result.table.rowCount {
        console.say(.note, "\(table.rowCount) of \(result.table.rowCount) rows shown (--limit)")
      }
    }
    if !output.isQuiet { for note in outcome.notes { console.say(.note, "\(note.optionText)") } }
  }

  /// The rows for a timeline.
  func printTimeline(_ outcome: QueryOutcome) throws {
    for result in outcome.results {
      guard let (table, left) = TimesketchTable.table(of: result.table, dialect) else {
        throw ExecutionFailure(
          "no-time", "no column of the rows is a time, and a timeline needs one",
          suggestion: "keep the time of the events among the columns")
      }
      printTimeline(table, left: left)
    }
  }

  func printTimeline(_ table: Table, left: Int) {
    var renderer = output.renderer(dialect)
    renderer.format = .csv
    renderer.render(output.limit.map { table.slice(0..<min($0, table.rowCount)) } ?? table) {
      console.write($0)
    }
    if left > 0 { note("\(left) rows have no time and were left out of the timeline") }
  }

  /// Whether the result was drawn; if not, its rows are to be shown.
  private func draw(_ result: QueryOutcome.Result) -> Bool {
    let asked = result.chart.map { !$0.isImplied } ?? false
    switch output.charts {
    case .never:
      if asked, let chart = result.chart, chart.kind != .table, output.format == .table {
        note("`render \(chart.kind.rawValue)` asks for a picture, which --chart draws; these are its rows")
      }
      return false
    case .whereAsked where !asked: return false
    case .whereAsked, .always: break
    }
    let request = result.chart ?? ChartMaker.usual(for: result.table)
    switch ChartMaker.chart(of: result.table, request, dialect) {
    case .rows(let reason):
      if let reason { note("\(reason.optionText); these are the rows") }
      return false
    case .chart(let chart):
      let drawn = TextChart(
        chart, width: output.width ?? ResultPrinter.chartWidth, glyphs: console.glyphs
      ).text()
      console.write(drawn.text)
      let rows = result.table.rowCount == 1 ? "1 row" : "\(result.table.rowCount) rows"
      console.write("\n\(rows) (\(numbersHint))\n")
      for text in drawn.notes { note(text.optionText) }
      return true
    }
  }

  private func note(_ text: String) {
    if !output.isQuiet { console.say(.note, DisplayText.escaped(text)) }
  }
}
