import Diagnostics
import Engine
import Rules

/// Writes what rules found.
///
/// For people, rule by rule: its title, severity and techniques over a table of its rows. For programs, one table of
/// all rows of all rules, with the row itself as one value, as each rule has columns of its own:
///
/// ```
/// {"rule":"…","id":"…","severity":"high","technique":"T1496.004","file":"rules/…","row":{"EventCount":101,…}}
/// ```
struct AlertPrinter {
  let output: OutputSettings
  let console: Console

  func print(_ run: PackRun) {
    switch output.format {
    case .table, .markdown: printSections(run)
    case .json, .ndjson, .csv, .tsv, .typedJSON:
      output.renderer(.kql).render(flatTable(run)) { console.write($0) }
    }
  }

  // MARK: - For people

  private func printSections(_ run: PackRun) {
    for entry in run.entries {
      guard case .ran(let outcome) = entry.outcome, entry.rowCount > 0 else { continue }
      let metadata = entry.rule.metadata
      let facts =
        [metadata.severity, metadata.techniques.joined(separator: " ")].compactMap { $0 }
        .filter { !$0.isEmpty } + ["\(entry.rowCount) row\(entry.rowCount == 1 ? "" : "s")"]
      let title = DisplayText.escaped(metadata.title)
      let details = DisplayText.escaped(facts.joined(separator: " · "))
      let path = DisplayText.escaped(entry.rule.path)
      if output.format == .markdown {
        console.write("## \(title)\n\n\(details) · `\(path)`\n\n")
      } else {
        console.write("\(title) [\(details)]\n\(path)\n\n")
      }
      ResultPrinter(output: output, language: entry.rule.language, console: console).print(outcome)
      console.write("\n")
    }
  }

  // MARK: - For programs

  private static let fields = [
    Field("rule", .string), Field("id", .string), Field("severity", .string), Field("technique", .string),
    Field("file", .string), Field("row", .dynamic),
  ]

  private func flatTable(_ run: PackRun) -> Table {
    var rows: [[Value]] = []
    for entry in run.entries {
      guard case .ran(let outcome) = entry.outcome else { continue }
      let metadata = entry.rule.metadata
      let head = [
        metadata.title, metadata.id ?? "", metadata.severity ?? "",
        metadata.techniques.joined(separator: " "),
        entry.rule.path,
      ].map { Value.string($0) }
      for result in outcome.results {
        let count = min(output.limit ?? result.table.rowCount, result.table.rowCount)
        for row in 0..<count {
          rows.append(head + [.dynamic(AlertPrinter.object(result.table, row, entry.rule.language))])
        }
        if count < result.table.rowCount {
          let title = DisplayText.escaped(metadata.title)
          console.printError(
            "note: \(count) of \(result.table.rowCount) rows of `\(title)` shown (--limit)\n")
        }
      }
    }
    return Table(fields: AlertPrinter.fields, rows: rows)
  }

  private static func object(_ table: Table, _ row: Int, _ language: Language) -> JSONValue {
    .object(
      table.fields.indices.map { index in
        let value = table.value(row: row, column: index).json
        guard language == .spl, case .real(let number) = value, let whole = Int64(exactly: number) else {
          return JSONValue.Member(table.fields[index].name, value)
        }
        // SPL writes whole numbers without a fraction.
        return JSONValue.Member(table.fields[index].name, .long(whole))
      })
  }
}
