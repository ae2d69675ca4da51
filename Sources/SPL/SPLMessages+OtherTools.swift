import Diagnostics

/// What is said of text as other tools have it.
extension SPLMessages {
  static func countTooSmall(_ command: SPLToken, least: Int) -> Diagnostic {
    .error("invalid-count", "`\(command.text)` takes a count of at least \(least)", at: command.span)
  }

  static func negativeSortCount(_ count: Int, field: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-count", "`sort` takes a count of at least 0 before its fields", at: span,
      suggestions: [.init("`sort \(count.magnitude) -\(field)` keeps the \(count.magnitude) largest")])
  }

  static func sqlText(at span: SourceSpan) -> Diagnostic {
    .warning(
      "sql-text", "`select` is a plain search term here; the text looks like SQL", at: span,
      suggestions: [.init("`field=value | table a, b` names what fits and which fields to show")])
  }

  /// What is meant by a sign of other languages.
  static func advice(on token: SPLToken) -> [Diagnostic.Suggestion] {
    switch token.text {
    case "&": [.init("`AND`")]
    case "?": [.init("`if(condition, one, other)`")]
    case "$": [.init("a token such as `$name$` is filled in by a dashboard: write its value")]
    default: []
    }
  }

  static func whereNeedsPipe(_ word: FieldNameSyntax) -> Diagnostic {
    let isOwn = word.name.lowercased() == "where"
    return .error(
      "missing-pipe", isOwn ? "`where` is a command of its own" : "`\(word.name)` is SQL, not SPL",
      at: word.span,
      suggestions: [.init("`| where …`", replacing: word.span, with: "| where")])
  }

  static func sortBy(_ word: FieldNameSyntax) -> Diagnostic {
    .warning(
      "word-as-field", "`sort` takes `\(word.name)` for a field", at: word.span,
      suggestions: [.init("the fields follow `sort` itself: `sort -count`", replacing: word.span, with: "")])
  }
}
