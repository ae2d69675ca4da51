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

  static func whereNeedsPipe(at span: SourceSpan) -> Diagnostic {
    .error(
      "missing-pipe", "`where` is a command of its own", at: span,
      suggestions: [.init("`| where …`", replacing: span, with: "| where")])
  }
}
