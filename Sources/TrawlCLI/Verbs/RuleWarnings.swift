import Diagnostics
import Rules

/// The warnings of rules that run: one line for each kind, with the first place. `trawl check` shows them in full.
///
/// ```
/// rules/a.kql:33:32: warning[column-case]: the column is named `SourceIpAddress`, not … (and 7 more, in 5 rules)
/// ```
struct RuleWarnings {
  private var groups: [(first: Diagnostic, rule: DetectionRule, count: Int, rules: Int)] = []

  /// Warnings of a rule stand with those of a rule whose first says the same.
  mutating func add(_ warnings: [Diagnostic], of rule: DetectionRule) {
    guard let first = warnings.first else { return }
    if let index = groups.firstIndex(where: { $0.first.id == first.id && $0.first.message == first.message })
    {
      groups[index].count += warnings.count
      groups[index].rules += 1
    } else {
      groups.append((first, rule, warnings.count, 1))
    }
  }

  var text: String {
    groups.map { group in
      let rules = group.rules > 1 ? ", in \(group.rules) rules" : ""
      let more = group.count > 1 ? " (and \(group.count - 1) more\(rules))" : ""
      return DiagnosticRenderer.oneLine(group.first, in: group.rule.query) + more + "\n"
    }.joined()
  }
}
