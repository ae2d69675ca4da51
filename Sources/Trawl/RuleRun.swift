import Diagnostics
import Engine
import Rules
import Session

/// What came of rules.
public struct RuleRun: Sendable {
  /// In the order of the files.
  public let rules: [RuleResult]
  /// Rule files that say what no rule can.
  public let broken: [Problem]
  /// Files that hold no rule, or cannot be read.
  public let skipped: [LoadSummary.File]
  public let load: LoadSummary
  /// What `now()` was.
  public let now: Instant

  /// Of all rules.
  public var alerts: [RuleAlert] { rules.flatMap(\.alerts) }

  init(_ run: PackRun, _ pack: RulePack) {
    rules = run.entries.map { RuleResult($0) }
    broken = pack.broken.flatMap { failure in failure.diagnostics.map { Problem($0, in: failure.source) } }
    skipped = (pack.unreadable + pack.skipped).map { LoadSummary.File(path: $0.path, reason: $0.reason) }
    load = LoadSummary(run.report)
    now = Instant(ticks: run.now)
  }
}

/// What came of one rule.
public struct RuleResult: Sendable {
  public enum Outcome: Sendable {
    /// It ran; whether it fired is another matter.
    case ran([ResultTable])
    /// What it needs is not there; each text names one.
    case notRun([String])
    /// Its query is wrong, or wants what is not supported.
    case refused([Problem])
    /// It stopped while it ran.
    case failed(Problem)
  }

  public let title: String
  public let id: String?
  public let path: String
  public let language: Trawl.Language
  public let severity: String?
  /// Techniques of MITRE ATT&CK.
  public let techniques: [String]
  public let outcome: Outcome
  /// It ran, and its rows are as many as make an alert.
  public let hasFired: Bool
  public let alerts: [RuleAlert]
  public let warnings: [Problem]
  public let notes: [String]

  init(_ entry: PackRun.Entry) {
    let rule = entry.rule
    title = rule.metadata.title
    id = rule.metadata.id
    path = rule.path
    language = Trawl.Language(rule.language)
    severity = rule.metadata.severity
    techniques = rule.metadata.techniques
    switch entry.outcome {
    case .ran(let outcome):
      self.outcome = .ran(outcome.results.map { ResultTable($0) })
      notes = (entry.notes + outcome.notes).map(\.plainText)
    case .notRun(let reasons):
      outcome = .notRun(reasons.map(\.plainText))
      notes = entry.notes.map(\.plainText)
    case .refused(let failure):
      outcome = .refused(failure.diagnostics.map { Problem($0, in: failure.source) })
      notes = entry.notes.map(\.plainText)
    case .failed(let failure):
      outcome = .failed(Problem(failure, in: rule.query))
      notes = entry.notes.map(\.plainText)
    }
    hasFired = entry.hasFired
    alerts = entry.alerts.map { RuleAlert($0) }
    warnings = entry.warnings.map { Problem($0, in: rule.query) }
  }
}

/// One row of a rule that fired, with what the rule says of it.
public struct RuleAlert: Hashable, Sendable {
  /// Such as `Account`, with `FullName` = `arn:aws:iam::1:root`.
  public struct Entity: Hashable, Sendable {
    public let type: String
    /// By the names of identifiers.
    public let identifiers: [String: String]
  }

  public let title: String
  public let description: String
  public let severity: String?
  public let tactics: [String]
  public let time: Instant?
  public let entities: [Entity]
  /// The row's columns.
  public let row: JSON
  /// The same for the same row of the same rule, whatever the run.
  public let fingerprint: String

  init(_ alert: Alert) {
    title = alert.title
    description = alert.description
    severity = alert.severity
    tactics = alert.tactics
    time = alert.time.map { Instant(ticks: $0) }
    entities = alert.entities.map { entity in
      Entity(
        type: entity.type,
        identifiers: Dictionary(entity.fields.map { ($0.identifier, $0.value) }) { first, _ in first })
    }
    row = JSON(.object(alert.row))
    fingerprint = alert.fingerprint
  }
}
