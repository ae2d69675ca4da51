package import Diagnostics
package import Engine
import Formats

/// Two versions of a rule over the same logs.
package struct RuleDifference: Sendable {
  package enum Side: String, Hashable, Sendable {
    case old, new
  }

  /// Whether the rule alerts, before and after.
  package enum Alert: String, Hashable, Sendable {
    case both, neither, lost, gained

    init(old: Bool, new: Bool) {
      self = old ? (new ? .both : .lost) : (new ? .gained : .neither)
    }
  }

  package enum Outcome: Sendable {
    /// One for each result; most rules have one.
    case compared([RowDifference])
    /// A side could not run: its query is wrong.
    case refused(Side, QueryFailure)
    /// What a side needs is not there: each reason names one thing; none for a side that would run.
    case notRun(old: [Advice], new: [Advice])
    /// A side stopped while it ran.
    case failed(Side, ExecutionFailure)
  }

  package var pair: RulePair
  package var outcome: Outcome
  package var alert: Alert
  /// Rows before and after, whether they are an alert or not.
  package var oldRows: Int
  package var newRows: Int
  /// What the rule says of itself and now says otherwise: `severity: low → high`.
  package var statements: [String]
  package var warnings: [(rule: DetectionRule, diagnostics: [Diagnostic])] = []

  /// What a reader must know of how a side ran.
  package var notes: [(rule: DetectionRule, text: Advice)] = []

  /// The alerts, rows or columns are not the same, a rule is there on one side alone, or one side alone can run.
  package var isDifferent: Bool {
    if case .notRun(let old, let new) = outcome { return old.isEmpty != new.isEmpty }
    guard case .compared(let results) = outcome else { return false }
    if pair.old == nil || pair.new == nil || alert == .lost || alert == .gained { return true }
    return results.contains(where: \.isDifferent)
  }

  package var results: [RowDifference] {
    if case .compared(let results) = outcome { results } else { [] }
  }
}

extension RuleDifference {
  /// Severity, techniques, tactics, schedule and entities where they differ.
  static func statements(_ pair: RulePair) -> [String] {
    guard let old = pair.old?.metadata, let new = pair.new?.metadata else { return [] }
    func trigger(_ metadata: RuleMetadata) -> String? {
      metadata.schedule.map { "\($0.triggerOperator.rawValue) \($0.triggerThreshold)" }
    }
    func entities(_ metadata: RuleMetadata) -> String {
      metadata.entities.map { entity in
        "\(entity.type) (\(entity.fields.map(\.column).joined(separator: ", ")))"
      }.joined(separator: ", ")
    }
    // A rule without a title is called by its file.
    let isTitled = [pair.old, pair.new].allSatisfy { $0?.metadata.title != FilePath($0?.path ?? "").stem }
    let facts: [(name: String, old: String?, new: String?)] = [
      ("title", isTitled ? old.title : nil, isTitled ? new.title : nil),
      ("severity", old.severity, new.severity),
      ("techniques", old.techniques.joined(separator: " "), new.techniques.joined(separator: " ")),
      ("tactics", old.tactics.joined(separator: ", "), new.tactics.joined(separator: ", ")),
      ("frequency", old.schedule?.frequency, new.schedule?.frequency),
      ("period", old.schedule?.period, new.schedule?.period), ("trigger", trigger(old), trigger(new)),
      ("entities", entities(old), entities(new)),
    ]
    return facts.compactMap { fact in
      let before = fact.old ?? ""
      let after = fact.new ?? ""
      if before == after { return nil }
      return "\(fact.name): \(before.isEmpty ? "none" : before) → \(after.isEmpty ? "none" : after)"
    }
  }
}

extension RuleMetadata {
  /// So many rows are an alert: what the trigger asks for, else any. A trigger may ask for few rows, or none.
  package func alerts(onRows count: Int) -> Bool { schedule?.isTriggered(byRows: count) ?? (count > 0) }
}
