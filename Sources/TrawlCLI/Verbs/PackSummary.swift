import Diagnostics
import Engine
import Rules
import Session

/// How many rules there were, which could not run and why, and how many found something.
///
/// ```
/// rules: 7 loaded, 1 refused, 1 not run
///   refused: rules/old.kql:3:9: error[unknown-column]: no column named `EvntName`
///   not run: rules/sign-in.yml: the logs hold no row of `SigninLogs`; `--table SigninLogs=PATH` loads it …
/// fired: 2 rules with 5 rows; 4 silent
/// ```
struct PackSummary {
  let run: PackRun
  let pack: RulePack

  var text: String {
    var refused = pack.broken.compactMap { failure in
      failure.cause.map { DiagnosticRenderer.oneLine($0, in: failure.source) }
    }
    var notRun: [Advice] = []
    var empty: [String] = []
    var failed: [String] = []
    var fired = 0
    var silent = 0
    var rows = 0
    var seconds = 0.0
    for entry in run.entries {
      let path = DisplayText.escaped(entry.rule.place)
      switch entry.outcome {
      case .ran(let outcome):
        for warning in entry.warnings where warning.id == "empty-lookup" {
          empty.append(line(of: warning, in: entry.rule.query, path))
        }
        if entry.hasFired { fired += 1 } else { silent += 1 }
        rows += entry.rowCount
        seconds += outcome.seconds
      case .notRun(let reasons):
        notRun.append("\(path): \(DisplayText.escaped(reasons.optionText))")
      case .refused(let failure):
        guard let first = failure.cause else { continue }
        refused.append(line(of: first, in: failure.source, path))
      case .failed(let failure): failed.append("\(path): \(failure.message)")
      }
    }
    // What is refused counts once.
    let loaded = run.entries.count + pack.broken.count - refused.count
    var counts = ["\(loaded) loaded", "\(refused.count) refused"]
    if !notRun.isEmpty { counts.append("\(notRun.count) not run") }
    if !failed.isEmpty { counts.append("\(failed.count) stopped") }
    if !pack.skipped.isEmpty { counts.append("\(counted(pack.skipped.count, "other file")) skipped") }
    var lines = ["rules: " + counts.joined(separator: ", ")]
    lines += refused.map { "  refused: \($0)" }
    lines += notRun.map { "  not run: \($0)" }
    lines += empty.map { "  empty table: \($0)" }
    lines += failed.map { "  stopped: \($0)" }
    lines += pack.skipped.prefix(5).map { "  skipped: \(DisplayText.escaped($0.path)): \($0.reason)" }
    let companions = Set(run.entries.flatMap(\.companions)).sorted()
    if !companions.isEmpty {
      lines.append("beside the rules: " + companions.map { DisplayText.escaped($0) }.joined(separator: ", "))
    }
    lines += notes
    lines.append(
      "fired: \(counted(fired, "rule")) with \(counted(rows, "row")); \(silent) silent; rules took "
        + PackSummary.time(seconds))
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is to be known of how rules ran, once for all rules of which it is the same.
  private var notes: [String] {
    var rules: [(note: Advice, paths: [String])] = []
    for entry in run.entries {
      for note in entry.notes {
        if let index = rules.firstIndex(where: { $0.note == note }) {
          rules[index].paths.append(entry.rule.place)
        } else {
          rules.append((note, [entry.rule.place]))
        }
      }
    }
    return rules.map { note, paths in
      let more = paths.count > 1 ? " (and \(paths.count - 1) more)" : ""
      return "  note: \(DisplayText.escaped(paths[0]))\(more): \(DisplayText.escaped(note.optionText))"
    }
  }

  private func line(of diagnostic: Diagnostic, in source: SourceText, _ path: String) -> String {
    let line = DiagnosticRenderer.oneLine(diagnostic, in: source)
    return line.hasPrefix(path) ? line : "\(path): \(line)"
  }

  private static func time(_ seconds: Double) -> String {
    seconds < 1 ? "\(Int((seconds * 1000).rounded())) ms" : "\((seconds * 10).rounded() / 10) s"
  }

  private func counted(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }
}
