import Diagnostics
import Engine
import Rules

/// How many rules there were, which could not run, and how many found something.
///
/// ```
/// rules: 9 loaded, 1 refused, 1 not run for want of a lookup table
///   refused: rules/old.kql:3:9: error[unknown-column]: no column named `EvntName`
///   not run: rules/new-user.spl:1:8: error[unknown-lookup]: there is no lookup table `users`: …
///   empty table: rules/new-key.spl:1:8: warning[empty-lookup]: the lookup table `keys` is empty: …
/// fired: 2 rules with 5 rows; 5 silent
/// ```
struct PackSummary {
  let run: PackRun
  let pack: RulePack

  var text: String {
    var refused: [String] = []
    var waiting: [String] = []
    var empty: [String] = []
    var failed: [String] = []
    var fired = 0
    var silent = 0
    var rows = 0
    for entry in run.entries {
      switch entry.outcome {
      case .ran:
        for warning in entry.warnings where warning.id == "empty-lookup" {
          empty.append(line(of: warning, in: entry.rule.query, entry))
        }
        if entry.rowCount > 0 { fired += 1 } else { silent += 1 }
        rows += entry.rowCount
      case .refused(let failure):
        let errors = failure.diagnostics.filter { $0.severity == .error }
        guard let first = errors.first ?? failure.diagnostics.first else { continue }
        let line = line(of: first, in: failure.source, entry)
        if errors.allSatisfy({ $0.id == "unknown-lookup" }), !errors.isEmpty {
          waiting.append(line)
        } else {
          refused.append(line)
        }
      case .failed(let failure): failed.append("\(DisplayText.escaped(entry.rule.path)): \(failure.message)")
      }
    }
    var counts = ["\(run.entries.count) loaded", "\(refused.count) refused"]
    if !waiting.isEmpty { counts.append("\(waiting.count) not run for want of a lookup table") }
    if !failed.isEmpty { counts.append("\(failed.count) stopped") }
    if !pack.skipped.isEmpty { counts.append("\(counted(pack.skipped.count, "other file")) skipped") }
    var lines = ["rules: " + counts.joined(separator: ", ")]
    lines += refused.map { "  refused: \($0)" }
    lines += waiting.map { "  not run: \($0)" }
    lines += empty.map { "  empty table: \($0)" }
    lines += failed.map { "  stopped: \($0)" }
    lines += pack.skipped.prefix(5).map { "  skipped: \(DisplayText.escaped($0.path)): \($0.reason)" }
    let companions = Set(run.entries.flatMap(\.companions)).sorted()
    if !companions.isEmpty {
      lines.append("beside the rules: " + companions.map { DisplayText.escaped($0) }.joined(separator: ", "))
    }
    lines.append("fired: \(counted(fired, "rule")) with \(counted(rows, "row")); \(silent) silent")
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(of diagnostic: Diagnostic, in source: SourceText, _ entry: PackRun.Entry) -> String {
    let line = DiagnosticRenderer.oneLine(diagnostic, in: source)
    let path = DisplayText.escaped(entry.rule.path)
    return line.hasPrefix(path) ? line : "\(path): \(line)"
  }

  private func counted(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }
}
