import Diagnostics
import Engine
import Rules

/// A comparison of rules for a pull request: counts first, then each list of rows, folded where it is long.
struct DifferenceMarkdown {
  let run: DifferenceRun
  /// Rows of each list.
  let limit: Int

  /// Longer lists are folded.
  private static let openLimit = 5

  var text: String {
    let counts = DifferenceCounts(run)
    let different = run.rules.filter(\.isDifferent).count
    let stopped = run.rules.filter { !$0.isCompared }.count
    var lines = [
      "## Rule diff: "
        + (different == 0 ? "no difference" : "\(different) of \(counted(run.rules.count, "rule")) differ"),
      "",
    ]
    if stopped > 0 { lines += ["**\(counted(stopped, "rule")) could not be compared.**", ""] }
    lines += [
      "Alerts: \(counts.alertsLost) lost, \(counts.alertsGained) gained. "
        + "Rows: \(counts.lost) lost, \(counts.gained) gained, \(counts.changed) changed, \(counts.same) the same.",
      "",
    ]
    lines += overview
    for rule in run.rules where rule.isDifferent || !rule.isCompared { lines += section(rule) }
    lines += logs
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line a rule.
  private var overview: [String] {
    let fields = [
      Field("rule", .string), Field("alert", .string), Field("rows before", .long), Field("rows now", .long),
      Field("lost", .long), Field("gained", .long), Field("changed", .long),
    ]
    let rows = run.rules.map { rule -> [Value] in
      let results = rule.results
      func sum(_ count: (RowDifference) -> Int) -> Value {
        rule.isCompared ? .long(Int64(results.reduce(0) { $0 + count($1) })) : .null
      }
      return [
        .string(rule.pair.title), .string(rule.alertText), sum { $0.old.rowCount }, sum { $0.new.rowCount },
        sum { $0.lost.count }, sum { $0.gained.count }, sum { $0.changed.count },
      ]
    }
    return table(Table(fields: fields, rows: rows))
  }

  private func section(_ rule: RuleDifference) -> [String] {
    let paths = [rule.pair.old?.path, rule.pair.new?.path].compactMap { $0 }.map(code)
    var lines = ["### \(plain(rule.pair.title))", "", paths.joined(separator: " → "), ""]
    lines += rule.statements.map { "- \(plain($0))" }
    if !rule.statements.isEmpty { lines.append("") }
    switch rule.outcome {
    case .refused(let side, let failure):
      let message = failure.cause?.message ?? "its query is wrong"
      lines += ["Not compared: the \(side.rawValue) rule cannot run: \(plain(message))", ""]
    case .notRun(let old, let new):
      for (side, reasons) in [("old", old), ("new", new)] where !reasons.isEmpty {
        lines += [
          "Not compared: the \(side) rule was not run: \(plain(reasons.optionText))", "",
        ]
      }
    case .failed(let side, let failure):
      lines += ["Not compared: the \(side.rawValue) rule stopped: \(plain(failure.message))", ""]
    case .compared(let results):
      for result in results { lines += section(DifferenceCells(result, of: rule)) }
    }
    return lines
  }

  private func section(_ cells: DifferenceCells) -> [String] {
    let difference = cells.difference
    let name = difference.name.map { "\(plain($0)): " } ?? ""
    var lines = ["\(name)Rows: \(difference.countsText)."]
    if difference.old.rowCount + difference.new.rowCount > 0 {
      lines.append("R\(cells.keyReason.dropFirst()).")
    }
    lines.append("")
    lines += cells.columnNotes.map { "- \($0)" }
    if !cells.columnNotes.isEmpty { lines.append("") }
    lines += list("changed", difference.changed.count, changedRows(cells))
    lines += list("lost", difference.lost.count, rows(difference.lost, of: difference.old, cells.oldDialect))
    lines += list(
      "gained", difference.gained.count, rows(difference.gained, of: difference.new, cells.newDialect))
    return lines
  }

  private func list(_ what: String, _ count: Int, _ rows: [String]) -> [String] {
    if count == 0 { return [] }
    let isOpen = min(count, limit) <= DifferenceMarkdown.openLimit
    var lines = ["<details\(isOpen ? " open" : "")><summary>\(counted(count, "row")) \(what)</summary>", ""]
    lines += rows
    if count > limit {
      lines += ["\(count - limit) more are not shown (`--limit \(count)` shows them).", ""]
    }
    return lines + ["</details>", ""]
  }

  /// One line for each cell that changed.
  private func changedRows(_ cells: DifferenceCells) -> [String] {
    let difference = cells.difference
    let keys = difference.key.columns
    let fields =
      keys.map { Field(difference.pairing.pairs[$0].name, .string) }
      + [Field("column", .string), Field("old", .string), Field("new", .string)]
    let rows = difference.changed.prefix(limit).flatMap { change in
      change.columns.map { pair in
        (keys.map { cells.old(change.old, $0) }
          + [difference.pairing.pairs[pair].name, cells.old(change.old, pair), cells.new(change.new, pair)])
          .map { Value.string($0) }
      }
    }
    return table(Table(fields: fields, rows: rows))
  }

  private func rows(_ rows: [Int], of source: Table, _ dialect: Dialect) -> [String] {
    let shown = source.gather(Vector(rows.prefix(limit).map { UInt32($0) }))
    return table(shown, dialect)
  }

  private func table(_ table: Table, _ dialect: Dialect = .own) -> [String] {
    [TableRenderer(format: .markdown, dialect: dialect).text(table)]
  }

  private var logs: [String] {
    let report = run.report
    var text = "Logs: \(counted(report.filesRead, "file")), \(counted(report.eventsRead, "event"))"
    if let earliest = report.earliest, let latest = report.latest {
      text += ", \(Ticks.shortText(earliest)) to \(Ticks.shortText(latest))"
    }
    text += "; now: \(Ticks.shortText(run.now))."
    if !report.damaged.isEmpty || report.rejected > 0 || !report.unreadable.isEmpty {
      text +=
        " **Not all of them could be read: \(counted(report.damaged.count, "damaged file")), "
        + "\(counted(report.unreadable.count, "unreadable file")), \(counted(report.rejected, "rejected event")).**"
    }
    return [text]
  }

  private func counted(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }

  /// Text without markup of its own.
  private func plain(_ text: String) -> String {
    var result = ""
    for character in DisplayText.escaped(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "|", "\\", "[", "]", "*", "~", "_", "`": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }

  private func code(_ text: String) -> String {
    "`\(DisplayText.escaped(text).filter { $0 != "`" })`"
  }
}
