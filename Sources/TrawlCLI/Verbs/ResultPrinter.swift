import Diagnostics
import Engine
import Rules
import Session

/// Writes the tables of an outcome to the output.
struct ResultPrinter {
  let output: OutputSettings
  let dialect: Dialect
  let console: Console

  func print(_ outcome: QueryOutcome) {
    let renderer = output.renderer(dialect)
    for result in outcome.results {
      if outcome.results.count > 1, let name = result.name, output.format == .table {
        console.write("\(name):\n")
      }
      let table = output.limit.map { result.table.slice(0..<min($0, result.table.rowCount)) } ?? result.table
      console.write(table, renderer)
      if table.rowCount < result.table.rowCount {
        console.say(.note, "\(table.rowCount) of \(result.table.rowCount) rows shown (--limit)")
      }
      if let chart = result.chart, !output.isQuiet {
        console.say(.note, "`render \(chart)` asks for a chart; the rows are shown as a table")
      }
    }
    if !output.isQuiet { for note in outcome.notes { console.say(.note, "\(note.optionText)") } }
  }
}
