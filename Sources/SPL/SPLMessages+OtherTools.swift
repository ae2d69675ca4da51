import Diagnostics

/// What is said of text as other tools have it.
extension SPLMessages {
  static func countTooSmall(_ command: SPLToken, least: Int) -> Diagnostic {
    .error("invalid-count", "`\(command.text)` takes a count of at least \(least)", at: command.span)
  }

  static func sqlText(_ span: SourceSpan) -> Diagnostic {
    .warning(
      "sql-text", "`select` is a plain search term here; the text looks like SQL", at: span,
      suggestions: [.init("`field=value | table a, b` names what fits and which fields to show")])
  }

  static func whereNeedsPipe(_ span: SourceSpan) -> Diagnostic {
    .error(
      "missing-pipe", "`where` is a command of its own", at: span,
      suggestions: [.init("`| where …`", replacing: span, with: "| where")])
  }
}
