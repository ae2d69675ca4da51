package import Diagnostics
import Engine

/// `serialize [a = x]`: fixes the order of the rows, and extends like `extend`.
package struct SerializeSyntax: Hashable, Sendable {
  package var columns: [NamedExpressionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["serialize"],
    syntax: "T | serialize [[NAME =] EXPRESSION, …]",
    summary: "Fixes the order of the rows, for functions that look at rows before, and adds columns.",
    examples: [
      .kqlQuery(
        "range n from 1 to 2 step 1 | serialize r = row_number()",
        gives: "1, 2")
    ],
    stage: { .serialize($0.parseSerialize($1)) })
}

extension KQLParser {
  func parseSerialize(_ start: SourceSpan) -> SerializeSyntax {
    var columns: [NamedExpressionSyntax] = []
    if atName() || at(.leftParenthesis) { columns = commaSeparated { $0.namedExpression() } }
    return SerializeSyntax(columns: columns, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: SerializeSyntax, on input: Relation) -> Relation? {
    var relation = input
    if !node.columns.isEmpty {
      relation.isSerialized = true
      guard let extended = extend(relation, with: node.columns, at: node.span) else { return nil }
      relation = extended
    }
    relation.isSerialized = true
    return relation
  }
}
