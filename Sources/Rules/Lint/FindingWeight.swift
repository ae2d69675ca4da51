import Diagnostics

/// How much a message of reading a rule weighs when the rule itself is judged.
///
/// What is missing beside the rule (a lookup's rows, a table of places, what a Splunk calls the origin of events), what
/// is worked out otherwise here, and what a run says of its files is no fault of the rule; a literal of another type gives the same answer in the service as here.
enum FindingWeight {
  /// Said by runs, of their files.
  private static let ofRuns: Set<String> = ["ingestion-time"]
  /// About what stands beside the rule.
  private static let ofSurroundings: Set<String> = [
    "no-locations", "empty-lookup", "empty-subsearch", "refused-command", "origin-unknown", "approximate",
  ]
  /// Of one rule the first is enough.
  private static let ofTypes: Set<String> = [
    "text-compared-with-number", "number-compared-with-text", "value-compared-with-text",
  ]

  /// The messages as findings of a check.
  static func weighed(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var hasTypes = false
    return diagnostics.compactMap { diagnostic in
      if ofRuns.contains(diagnostic.id) { return nil }
      guard diagnostic.severity == .warning else { return diagnostic }
      var weighed = diagnostic
      if ofSurroundings.contains(diagnostic.id) { weighed.severity = .note }
      if ofTypes.contains(diagnostic.id) {
        if hasTypes { return nil }
        hasTypes = true
        weighed.severity = .note
      }
      return weighed
    }
  }
}
