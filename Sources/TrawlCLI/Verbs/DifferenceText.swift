import Diagnostics
import Engine
import Rules

/// A comparison of rules for people.
///
/// ```
/// High-volume email sending [alert in both]
///   old  /tmp/old.kql
///   new  rules/high-volume-ses.kql
///   rows: 3 before, 3 now: 1 the same, 1 lost, 1 gained, 1 changed
///   rows are paired by `UserIdentityArn`, which both rules group by
///
///   ~ UserIdentityArn = "arn:aws:iam::111122223333:user/a"
///       EventCount: 101 → 140
///   - UserIdentityArn = "arn:aws:iam::111122223333:user/b"
///       EventCount = 120
/// ```
struct DifferenceText {
  let run: DifferenceRun
  /// Rows of each list.
  let limit: Int

  var text: String {
    var lines: [String] = []
    for rule in run.rules where rule.isDifferent || run.rules.count == 1 || !rule.isCompared {
      lines += section(rule) + [""]
    }
    lines += verdict
    return lines.joined(separator: "\n") + "\n"
  }

  private var verdict: [String] {
    let different = run.rules.filter(\.isDifferent).count
    let stopped = run.rules.filter { !$0.isCompared }.count
    let counts = DifferenceCounts(run)
    var line = different == 0 ? "no difference" : "\(different) of \(run.rules.count) rules differ"
    if run.rules.count == 1 { line = different == 0 ? "no difference" : "the rule differs" }
    if stopped > 0 { line = "\(stopped) of \(run.rules.count) rules could not be compared; " + line }
    if run.rules.count > 1, different == 0 { line += " in \(run.rules.count - stopped) rules" }
    return [
      line,
      "alerts: \(counts.alertsLost) lost, \(counts.alertsGained) gained; "
        + "rows: \(counts.lost) lost, \(counts.gained) gained, \(counts.changed) changed, \(counts.same) the same",
    ]
  }

  private func section(_ rule: RuleDifference) -> [String] {
    var lines = ["\(DisplayText.escaped(rule.pair.title)) [\(rule.alertText)]"]
    if let old = rule.pair.old { lines.append("  old  \(DisplayText.escaped(old.path))") }
    if let new = rule.pair.new { lines.append("  new  \(DisplayText.escaped(new.path))") }
    lines += rule.statements.map { "  \(DisplayText.escaped($0))" }
    switch rule.outcome {
    case .refused(let side, let failure):
      let message = failure.cause?.message ?? "its query is wrong"
      lines.append("  not compared: the \(side.rawValue) rule cannot run: \(DisplayText.escaped(message))")
    case .notRun(let old, let new):
      for (side, reasons) in [("old", old), ("new", new)] where !reasons.isEmpty {
        lines.append(
          "  not compared: the \(side) rule was not run: "
            + DisplayText.escaped(reasons.optionText))
      }
    case .failed(let side, let failure):
      lines.append(
        "  not compared: the \(side.rawValue) rule stopped: \(DisplayText.escaped(failure.message))")
    case .compared(let results):
      for result in results { lines += section(DifferenceCells(result, of: rule)) }
    }
    return lines
  }

  private func section(_ cells: DifferenceCells) -> [String] {
    let difference = cells.difference
    let name = difference.name.map { "\(DisplayText.escaped($0)): " } ?? ""
    var lines = ["  \(name)rows: \(difference.countsText)"]
    if difference.old.rowCount + difference.new.rowCount > 0 { lines.append("  \(cells.keyReason)") }
    lines += cells.columnNotes.map { "  \($0)" }
    let start = lines.count
    for change in difference.changed.prefix(limit) {
      lines.append("  ~ \(head(cells.keyText(old: change.old), "row \(change.old + 1)"))")
      for pair in change.columns {
        lines.append(
          "      \(cells.name(pair)): \(cells.old(change.old, pair)) → \(cells.new(change.new, pair))")
      }
    }
    add(more: difference.changed.count, "changed", to: &lines)
    for row in difference.lost.prefix(limit) {
      lines.append("  - \(head(cells.keyText(old: row), "row \(row + 1)"))")
      let others = cells.others(old: row)
      if !others.isEmpty { lines.append("      \(others)") }
    }
    add(more: difference.lost.count, "lost", to: &lines)
    for row in difference.gained.prefix(limit) {
      lines.append("  + \(head(cells.keyText(new: row), "row \(row + 1)"))")
      let others = cells.others(new: row)
      if !others.isEmpty { lines.append("      \(others)") }
    }
    add(more: difference.gained.count, "gained", to: &lines)
    if lines.count > start { lines.insert("", at: start) }
    return lines
  }

  private func head(_ key: String, _ other: String) -> String { key.isEmpty ? other : key }

  private func add(more count: Int, _ what: String, to lines: inout [String]) {
    if count > limit {
      lines.append(
        "  … \(count - limit) of \(count) \(what) rows are not shown (--limit \(count) shows them)")
    }
  }
}

/// Sums over all rules.
struct DifferenceCounts {
  var lost = 0
  var gained = 0
  var changed = 0
  var same = 0
  var alertsLost = 0
  var alertsGained = 0

  init(_ run: DifferenceRun) {
    for rule in run.rules {
      if rule.isCompared, rule.alert == .lost { alertsLost += 1 }
      if rule.isCompared, rule.alert == .gained { alertsGained += 1 }
      for result in rule.results {
        lost += result.lost.count
        gained += result.gained.count
        changed += result.changed.count
        same += result.sameCount
      }
    }
  }
}

extension RuleDifference {
  var isCompared: Bool { if case .compared = outcome { true } else { false } }

  /// Whether it alerts, in words.
  var alertText: String {
    let presence = pair.old == nil ? "rule added, " : pair.new == nil ? "rule taken away, " : ""
    guard isCompared else { return "not compared" }
    return presence
      + {
        switch alert {
        case .both: "alert in both"
        case .neither: "silent in both"
        case .lost: "alert lost"
        case .gained: "alert gained"
        }
      }()
  }
}

extension RowDifference {
  /// `3 before, 3 now: 1 the same, 1 lost, 1 gained, 1 changed`.
  var countsText: String {
    "\(old.rowCount) before, \(new.rowCount) now: \(sameCount) the same, \(lost.count) lost, "
      + "\(gained.count) gained, \(changed.count) changed"
  }
}
