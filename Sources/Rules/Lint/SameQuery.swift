import Diagnostics
import Engine
import Session

/// Rules of a pack whose queries are the same but for blanks and comments: they find everything twice.
enum SameQuery {
  /// Each rule with the first one that has its query.
  static func repeats(of subjects: [(entry: Int, subject: LintSubject)]) -> [(entry: Int, like: Int)] {
    var first: [String: Int] = [:]
    var result: [(entry: Int, like: Int)] = []
    for (entry, subject) in subjects {
      let key = key(of: subject)
      if let other = first[key] { result.append((entry, other)) } else { first[key] = entry }
    }
    return result
  }

  static func finding(_ rule: DetectionRule, like other: DetectionRule) -> Finding {
    Finding(
      .warning(
        LintCatalog.sameQuery, "the rule asks what `\(other.place)` asks: every alert comes twice",
        at: .at(0),
        suggestions: [.init("keep one of the two")]),
      in: rule.query)
  }

  /// The plans, which know neither blanks nor comments; what a stage is called is left out.
  private static func key(of subject: LintSubject) -> String {
    let plans = subject.query.results.map { result in
      result.plan.explanation.split(separator: "\n").map { line -> Substring in
        guard let label = line.firstRange(of: "  [") else { return line }
        return line.prefix(upTo: label.lowerBound)
      }.joined(separator: "\n")
    }
    return subject.query.language.name + "\n" + plans.joined(separator: "\n")
  }
}
