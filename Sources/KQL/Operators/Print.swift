package import Diagnostics
import Engine

/// `print a = 1, f(2)`: a table of one row.
package struct PrintSyntax: Hashable, Sendable {
  package var columns: [NamedExpressionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["print"],
    syntax: "print [NAME =] EXPRESSION, …",
    summary: "Gives one row of expressions.",
    examples: [
      .kqlQuery(
        "print a = 1, b = 2",
        gives: "2")
    ],
    source: KQLOperatorRecord.Source(
      begins: { parser in
        let next = parser.cursor.peek()
        switch next.kind {
        case .punctuation(.leftParenthesis), .punctuation(.leftBracket), .punctuation(.minus),
          .punctuation(.plus):
          return true
        case .punctuation, .endOfFile, .unknown: return false
        case .word(let text): return !KQLParser.infixWords.contains(text)
        case .string, .long, .real, .timespan, .bool, .guid, .typedLiteral: return true
        }
      },
      parse: { .print($0.parsePrint($1)) }))
}

extension KQLParser {
  func parsePrint(_ start: SourceSpan) -> PrintSyntax {
    let columns = commaSeparated { $0.namedExpression() }
    return PrintSyntax(columns: columns, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: PrintSyntax) -> Relation? {
    var assignments: [Assignment] = []
    var taken: Set<String> = []
    for (position, element) in node.columns.enumerated() {
      guard let made = lower(element, in: .constant) else { return nil }
      for value in made {
        let name =
          value.isExplicit || made.count > 1 ? value.name ?? "print_\(position)" : "print_\(position)"
        if !taken.insert(name).inserted { return fail(KQLMessages.duplicateColumn(name, at: element.span)) }
        assignments.append(
          Assignment(column: makeColumn(name, value.expression.type), expression: value.expression))
      }
    }
    let row = LogicalPlan.inline(
      Inline(columns: [], table: Table(fields: [], columns: [], rowCount: 1), origin: origin(node.span)))
    return Relation(
      .project(Project(input: row, assignments: assignments, origin: origin(node.span))),
      isSerialized: true)
  }
}
