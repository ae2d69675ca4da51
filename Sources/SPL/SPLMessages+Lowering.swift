import Diagnostics
import Engine

/// What lowering has to say.
extension SPLMessages {
  static func originUnknown(_ field: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "origin-unknown",
      field == "source"
        ? "`source` is the path of the file that an event came from, not what a Splunk calls it"
        : "`host` is `localhost` in every event here",
      at: span, notes: ["without this condition the search reads the events whatever their origin"])
  }

  static func knowledgeUnknown(_ field: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "origin-unknown", "no event has `\(field)`: it is defined on a Splunk server", at: span,
      suggestions: [.init("put the search that it stands for in its place")])
  }

  static func absentField(_ name: String, view: String, _ advice: Advice, at span: SourceSpan) -> Diagnostic {
    .warning(
      "absent-field", "no event has the field `\(name)` in the `\(view)` view", at: span, notes: [advice])
  }

  static func absentValue(
    _ value: String, of name: String, view: String, _ advice: Advice, at span: SourceSpan
  ) -> Diagnostic {
    .warning(
      "absent-value", "no event has `\(value)` as its `\(name)` in the `\(view)` view", at: span,
      notes: [advice])
  }

  static func argumentCount(_ name: String, _ expected: String, at span: SourceSpan) -> Diagnostic {
    .error("argument-count", "`\(name)` takes \(expected)", at: span)
  }

  static func badConstant(_ failure: FunctionFailure, at span: SourceSpan) -> Diagnostic {
    .error(
      failure.id, failure.message, at: span, suggestions: failure.suggestion.map { [.init(Advice($0))] } ?? []
    )
  }

  static func badPattern(_ error: RegexSyntaxError, at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-pattern", error.message, at: span,
      suggestions: error.suggestion.map { [.init(Advice($0))] } ?? [])
  }

  static func badSearchText(at span: SourceSpan) -> Diagnostic {
    .error("invalid-search-text", "this text is no search expression", at: span)
  }

  static func badTimeModifier(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-time", "`\(text)` is no time", at: span,
      notes: ["times are relative (`-24h@h`, `@d`, `now`), seconds since 1970, or `11/21/2026:13:00:00`"])
  }

  static func emptySubsearch(at span: SourceSpan) -> Diagnostic {
    .warning(
      "empty-subsearch", "this subsearch gives no rows, so that nothing fits it", at: span,
      notes: ["`NOT [ … ]` lets every row through then"])
  }

  static func notACondition(at span: SourceSpan) -> Diagnostic {
    .error(
      "not-a-condition", "a condition must stand here, not a value", at: span,
      suggestions: [.init("compare it, as in `x=1`, or ask `isnotnull(x)`")])
  }

  static func subsearchLimit(_ count: Int, isApplied: Bool, at span: SourceSpan) -> Diagnostic {
    .warning(
      "splunk-limit", "Splunk takes 10,000 rows of a subsearch, and this one has \(count)", at: span,
      notes: [isApplied ? "the others are left out" : "all of them count here"])
  }

  static func termWithoutRaw(_ term: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "term-without-raw", "`\(term)` fits no row: the text of the events is gone here", at: span,
      suggestions: [.init("name a field: `field=\(term)`")])
  }

  static func unknownAggregate(_ name: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-function", "there is no aggregate `\(name)`", at: span,
      suggestions: kqlFunction(name)
        ?? NearestNames.of(name, among: known).map { .init("`\($0)`", replacing: span, with: $0) })
  }

  static func unknownDataModel(_ name: String, _ known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-data-model", "no source of events has a view for the data model `\(name)`", at: span,
      notes: [Advice("there are: " + known.joined(separator: ", "))])
  }

  static func nothingFits(_ pattern: String, _ function: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "unknown-field", "no field fits `\(pattern)`", at: span,
      suggestions: [.init("`\(function)(eval(\(pattern)))` is about an expression")])
  }

  static func unknownField(_ name: String, among known: [String], at span: SourceSpan) -> Diagnostic {
    let near = NearestNames.of(name, among: known.filter { !$0.isEmpty })
    return .warning(
      "unknown-field", "nothing before this makes a field `\(name)`: it is null", at: span,
      notes: near.isEmpty && !known.isEmpty && known.count <= 12
        ? [Advice("there are: " + known.map { "`\($0)`" }.joined(separator: ", "))] : [],
      suggestions: near.map { .init("`\($0)`", replacing: span, with: $0) })
  }

  static func unknownFunction(_ name: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-function", "there is no eval function `\(name)`", at: span,
      suggestions: kqlFunction(name)
        ?? NearestNames.of(
          name, among: known.filter { $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }
        )
        .map { .init("`\($0)`", replacing: span, with: $0) })
  }

  private static func kqlFunction(_ name: String) -> [Diagnostic.Suggestion]? {
    KQLWords.functions[name.lowercased()].map { [.init("`\(name)` is KQL; SPL has \($0)")] }
  }

  static func refusedFunction(_ name: String, _ reason: String, at span: SourceSpan) -> Diagnostic {
    .error("refused-function", "Trawl does not run `\(name)`", at: span, notes: ["`\(name)`: \(reason)"])
  }

  static func unsupported(_ what: String, at span: SourceSpan) -> Diagnostic {
    .error("unsupported", "Trawl does not run \(what) yet", at: span)
  }

  static func evaluationFailed(_ what: String, _ reason: String, at span: SourceSpan) -> Diagnostic {
    .error("subsearch-failed", "\(what) could not run: \(reason)", at: span)
  }
}
