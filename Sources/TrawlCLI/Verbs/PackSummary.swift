import Diagnostics
import Engine
import Rules

/// How many rules there were, which could not run, and how many found something.
///
/// ```
/// rules: 7 loaded, 1 refused
///   refused: rules/old.kql:3:9: error[unknown-column]: no column named `EvntName`
/// fired: 2 rules with 5 rows; 4 silent
/// ```
struct PackSummary {
  let run: PackRun
  let pack: RulePack

  var text: String {
    var refused: [String] = []
    var failed: [String] = []
    var fired = 0
    var silent = 0
    var rows = 0
    for entry in run.entries {
      switch entry.outcome {
      case .ran:
        if entry.rowCount > 0 { fired += 1 } else { silent += 1 }
        rows += entry.rowCount
      case .refused(let failure):
        guard let first = failure.diagnostics.first else { continue }
        let line = DiagnosticRenderer.oneLine(first, in: failure.source)
        let path = DisplayText.escaped(entry.rule.path)
        refused.append(line.hasPrefix(path) ? line : "\(path): \(line)")
      case .failed(let failure): failed.append("\(DisplayText.escaped(entry.rule.path)): \(failure.message)")
      }
    }
    var counts = ["\(run.entries.count) loaded", "\(refused.count) refused"]
    if !failed.isEmpty { counts.append("\(failed.count) stopped") }
    if !pack.skipped.isEmpty { counts.append("\(counted(pack.skipped.count, "other file")) skipped") }
    var lines = ["rules: " + counts.joined(separator: ", ")]
    lines += refused.map { "  refused: \($0)" }
    lines += failed.map { "  stopped: \($0)" }
    lines += pack.skipped.prefix(5).map { "  skipped: \(DisplayText.escaped($0.path)): \($0.reason)" }
    let companions = Set(run.entries.flatMap(\.companions)).sorted()
    if !companions.isEmpty {
      lines.append("beside the rules: " + companions.map { DisplayText.escaped($0) }.joined(separator: ", "))
    }
    lines.append("fired: \(counted(fired, "rule")) with \(counted(rows, "row")); \(silent) silent")
    return lines.joined(separator: "\n") + "\n"
  }

  private func counted(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }
}
