import Diagnostics
import Engine

/// `require`: the search fails where there are no rows.
package struct RequireCommandSyntax: Hashable, Sendable {
  static let record = CommandRecord(
    "require",
    syntax: "require",
    summary: "Lets the search fail where there are no rows.",
    examples: [
      .splQuery("| makeresults count=2 | require | stats count", gives: #""2""#)
    ]
  ) { _, _ in .require(RequireCommandSyntax()) }
}

extension SPLLowering {
  func lower(_ command: RequireCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    let first = LogicalPlan.limit(Limit(input: relation.plan, count: 1, origin: origin(span)))
    guard let table = ask(first, "whether there are rows", at: span), table.rowCount == 0 else { return }
    report(SPLMessages.requiredRows(at: span))
  }
}

extension SPLMessages {
  static func requiredRows(at span: SourceSpan) -> Diagnostic {
    .error(
      "required-rows", "nothing comes to `require`, so that the search fails", at: span,
      notes: ["without it the search gives no rows"])
  }
}
