import Diagnostics
import Engine
import KQL
import Session

extension LintRule {
  static let unusedLet = LintRule(
    "unused-let", "A KQL `let` that nothing reads.",
    why: """
      Often a threshold or a time that the author believes to be in force, such as a `lookback` beside a written \
      `ago(1d)`. Use it or take it out.
      """,
    triggers: [.kql("let threshold = 10;\nAWSCloudTrail | summarize n = count() by EventName | where n > 5")],
    quiet: [
      .kql("let threshold = 10;\nAWSCloudTrail | summarize n = count() by EventName | where n > threshold"),
      .kql("let f = (n:long) { n + 1 };\nprint f(1)"),
    ]
  ) { subject in
    let syntax = subject.syntax
    let lets = syntax.all(LetStatementSyntax.self)
    if lets.isEmpty { return [] }
    var uses: [String: [SourceSpan]] = [:]
    for name in syntax.all(NameSyntax.self) { uses[name.text, default: []].append(name.span) }
    for pattern in syntax.all(NamePatternSyntax.self) { uses[pattern.text, default: []].append(pattern.span) }
    let patterns = syntax.all(NamePatternSyntax.self).filter(\.hasWildcard)
    return lets.compactMap { binding in
      let name = binding.name
      let others = (uses[name.text] ?? []).filter { $0 != name.span }
      guard others.isEmpty, !patterns.contains(where: { $0.matches(name.text) }) else { return nil }
      return Finding(
        "unused-let", "nothing reads `\(name.text)`", at: name.span, of: subject)
    }
  }
}
