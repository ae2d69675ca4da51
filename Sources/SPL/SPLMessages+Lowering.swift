import Diagnostics
import Engine

/// What lowering has to say.
extension SPLMessages {
  static func absentField(_ name: String, view: String, _ advice: String, _ span: SourceSpan) -> Diagnostic {
    .warning(
      "absent-field", "no event has the field `\(name)` in the `\(view)` view", at: span, notes: [advice])
  }

  static func absentValue(
    _ value: String, of name: String, view: String, _ advice: String, _ span: SourceSpan
  ) -> Diagnostic {
    .warning(
      "absent-value", "no event has `\(value)` as its `\(name)` in the `\(view)` view", at: span,
      notes: [advice])
  }

  static func argumentCount(_ name: String, _ expected: String, _ span: SourceSpan) -> Diagnostic {
    .error("argument-count", "`\(name)` takes \(expected)", at: span)
  }

  static func badConstant(_ failure: FunctionFailure, _ span: SourceSpan) -> Diagnostic {
    .error(
      failure.id, failure.message, at: span, suggestions: failure.suggestion.map { [.init($0)] } ?? [])
  }

  static func badPattern(_ message: String, _ span: SourceSpan) -> Diagnostic {
    .error("invalid-pattern", message, at: span)
  }

  static func badSearchText(_ span: SourceSpan) -> Diagnostic {
    .error("invalid-search-text", "this text is no search expression", at: span)
  }

  static func badTimeModifier(_ text: String, _ span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-time", "`\(text)` is no time", at: span,
      notes: ["times are relative (`-24h@h`, `@d`, `now`), seconds since 1970, or `11/21/2026:13:00:00`"])
  }

  static func needsData(_ what: String, _ span: SourceSpan) -> Diagnostic {
    .warning("needs-data", "\(what) depends on the data, and there is none here", at: span)
  }

  static func noDiscovery(_ reason: String) -> Diagnostic {
    .error("no-fields", "the fields of the events cannot be listed: \(reason)")
  }

  static func notACondition(_ span: SourceSpan) -> Diagnostic {
    .error(
      "not-a-condition", "a condition must stand here, not a value", at: span,
      suggestions: [.init("compare it, as in `x=1`, or ask `isnotnull(x)`")])
  }

  static func subsearchLimit(_ count: Int, isApplied: Bool, _ span: SourceSpan) -> Diagnostic {
    .warning(
      "splunk-limit", "Splunk takes 10,000 rows of a subsearch, and this one has \(count)", at: span,
      notes: [isApplied ? "the others are left out" : "all of them count here"])
  }

  static func termWithoutRaw(_ term: String, _ span: SourceSpan) -> Diagnostic {
    .warning(
      "term-without-raw", "`\(term)` fits no row: the text of the events is gone here", at: span,
      suggestions: [.init("name a field: `field=\(term)`")])
  }

  static func unknownAggregate(_ name: String, known: [String], _ span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-function", "there is no aggregate `\(name)`", at: span,
      suggestions: NearestNames.of(name, among: known).map { .init("`\($0)`", replacing: span, with: $0) })
  }

  static func unknownDataModel(_ name: String, _ known: [String], _ span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-data-model", "the data model `\(name)` has no view over CloudTrail", at: span,
      notes: ["there are: " + known.joined(separator: ", ")])
  }

  static func unknownField(_ name: String, among known: [String], _ span: SourceSpan) -> Diagnostic {
    let near = NearestNames.of(name, among: known.filter { !$0.isEmpty })
    return .warning(
      "unknown-field", "nothing before this makes a field `\(name)`: it is null", at: span,
      notes: near.isEmpty && !known.isEmpty && known.count <= 12
        ? ["there are: " + known.map { "`\($0)`" }.joined(separator: ", ")] : [],
      suggestions: near.map { .init("`\($0)`", replacing: span, with: $0) })
  }

  static func unknownFunction(_ name: String, known: [String], _ span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-function", "there is no eval function `\(name)`", at: span,
      suggestions: NearestNames.of(
        name, among: known.filter { $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }
      )
      .map { .init("`\($0)`", replacing: span, with: $0) })
  }

  static func unknownLookup(_ name: String, known: [String], _ span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-lookup", "there is no lookup table `\(name)`", at: span,
      notes: ["`--lookups DIR` reads the CSV files of a folder"]
        + (known.isEmpty ? [] : ["there are: " + known.map { "`\($0)`" }.joined(separator: ", ")]),
      suggestions: NearestNames.of(name, among: known).map { .init("`\($0)`", replacing: span, with: $0) })
  }

  static func refusedWithoutWriter(_ span: SourceSpan) -> Diagnostic {
    .error(
      "no-lookup-folder", "`outputlookup` writes a file, and no folder was opened for writing", at: span)
  }

  static func unsupported(_ what: String, _ span: SourceSpan) -> Diagnostic {
    .error("unsupported", "Trawl does not run \(what) yet", at: span)
  }

  static func evaluationFailed(_ what: String, _ reason: String, _ span: SourceSpan) -> Diagnostic {
    .error("subsearch-failed", "\(what) could not run: \(reason)", at: span)
  }
}
