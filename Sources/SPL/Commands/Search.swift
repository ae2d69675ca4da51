import Diagnostics
import Engine

/// `search eventName=CreateUser NOT errorCode=*`: keeps the rows that fit.
package struct SearchCommandSyntax: Hashable, Sendable {
  /// Nil for a bare `search`, which keeps every row.
  package let expression: SearchExpressionSyntax?

  static let record = CommandRecord(
    "search",
    syntax: "search EXPRESSION",
    summary: "Keeps the rows that fit a search expression.",
    notes: [
      "`OR` binds tighter than `AND`, case does not count, `*` stands for any text."
    ],
    examples: [
      .splQuery(
        "search user=ann eventName=CreateUser | table user",
        gives: #""ann""#)
    ], isGenerating: true, takesSubsearch: true
  ) { parser, _ in parseImplied(&parser) }

  static func parseImplied(_ parser: inout SPLParser) -> CommandSyntax {
    let expression = parser.parseSearchExpression()
    if parser.peek(.search).kind == .rightParenthesis {
      parser.syntaxError(SPLMessages.unbalancedParenthesis(at: parser.peek(.search).span))
    }
    return .search(SearchCommandSyntax(expression: expression))
  }
}

extension SPLLowering {
  func lower(_ command: SearchCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let expression = command.expression else { return }
    timeFormat = timeFormat(in: expression)
    defer { timeFormat = nil }
    guard let predicate = lower(expression, in: &relation) else { return }
    if case .literal(.bool(true), _) = predicate { return }
    filter(&relation, by: predicate, at: span)
  }
}
