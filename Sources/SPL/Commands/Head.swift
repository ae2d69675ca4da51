import Diagnostics
import Engine

/// `head 5`, or `head (count > 3)`: the first rows, or those before a condition fails.
package struct HeadCommandSyntax: Hashable, Sendable {
  /// Nil if nothing is said: 10 rows, or all where there is a condition.
  package let count: Int?
  package let condition: EvalExpressionSyntax?
  package let options: CommandOptions

  package var keepLast: Bool { options.boolean("keeplast") ?? false }
  package var keepNull: Bool { options.boolean("null") ?? false }

  static let record = CommandRecord(
    "head",
    syntax: "head [COUNT|(CONDITION)] [limit=COUNT] [null=BOOL] [keeplast=BOOL]",
    summary: "Keeps the first rows.",
    notes: [
      "10 rows where nothing is said; with a condition all rows before it first fails."
    ],
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | head 2 | table n",
        gives: #"mvappend("1", "2")"#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = ["keeplast": .boolean, "limit": .integer, "null": .boolean]
    var options = CommandOptions()
    var count = parser.parseInteger()
    parser.parseOptions(command, rules, into: &options)
    var condition: EvalExpressionSyntax?
    let isCondition = parser.peek().kind == .leftParenthesis
    if isCondition, let count { parser.report(SPLMessages.countAndCondition(command, count)) }
    if isCondition { condition = parser.parseEvalExpression() }
    parser.parseOptions(command, rules, into: &options)
    count = options.integer("limit") ?? count
    if let count, count < 0 { parser.report(SPLMessages.countTooSmall(command, least: 0)) }
    return .head(HeadCommandSyntax(count: count, condition: condition, options: options))
  }
}

extension SPLLowering {
  func lower(_ command: HeadCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    if let condition = command.condition, let predicate = self.condition(condition, in: &relation) {
      let made = window(
        [
          (
            SPLWindowFunctions.unbroken, [predicate, literal(command.keepLast), literal(command.keepNull)],
            .bool
          )
        ], in: &relation, at: span)
      if let kept = made.first { filter(&relation, by: kept.reference, at: span) }
      drop(made, in: &relation, at: span)
    }
    if let count = command.count ?? (command.condition == nil ? 10 : nil) {
      relation.plan = .limit(Limit(input: relation.plan, count: max(0, count), origin: origin(span)))
    }
  }
}

extension SPLMessages {
  static func countAndCondition(_ command: SPLToken, _ count: Int) -> Diagnostic {
    .error(
      "count-and-condition", "`head` takes a number of rows or a condition", at: command.span,
      suggestions: [.init("`limit=\(count)` behind the condition gives both")])
  }
}
