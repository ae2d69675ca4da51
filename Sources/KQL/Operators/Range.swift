package import Diagnostics
import Engine

/// `range x from a to b step s`: a table of one column; the end is part of it.
package struct RangeSyntax: Hashable, Sendable {
  package var name: NameSyntax
  package var from: ExpressionSyntax
  package var to: ExpressionSyntax
  package var step: ExpressionSyntax
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["range"],
    syntax: "range NAME from START to END step STEP",
    summary: "Gives a row for each step, the end included.",
    examples: [
      .kqlQuery(
        "range n from 1 to 3 step 1",
        gives: "1, 2, 3")
    ],
    source: KQLOperatorRecord.Source(
      begins: { parser in
        let next = parser.cursor.peek()
        guard next.word != nil || next.kind == .punctuation(.leftBracket) else { return false }
        return parser.at("from", ahead: 2) || parser.at("from", ahead: 4)
      },
      parse: { .range($0.parseRange($1)) }))
}

extension KQLParser {
  func parseRange(_ start: SourceSpan) -> RangeSyntax {
    let name = self.name("a column", after: "range", as: .newColumn)
    expect("from", after: "the column's name")
    let from = expression()
    expect("to", after: "the first value")
    let to = expression()
    expect("step", after: "the last value")
    return RangeSyntax(name: name, from: from, to: to, step: expression(), span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: RangeSyntax) -> Relation? {
    let from = lower(node.from, in: .constant)
    let to = lower(node.to, in: .constant)
    let step = lower(node.step, in: .constant)
    guard let from, let to, let step else { return nil }
    guard let sum = bind("+", [from, step], spans: [node.from.span, node.step.span], at: node.span) else {
      return nil
    }
    // int with int is long in an expression, and stays int here.
    let areInts = from.type == .int && to.type == .int && step.type == .int
    let reachesReal = [from.type, to.type, step.type].contains(.real) && sum.type == .long
    let type: DataType = areInts ? .int : reachesReal ? .real : sum.type
    guard let first = Coercion.convert(from, to: type, dialect: .kql),
      let last = Coercion.convert(to, to: type, dialect: .kql)
    else { return fail(KQLMessages.argumentType("to", type: type, given: to.type, at: node.to.span)) }
    let width = reachesReal ? Coercion.cast(step, to: .real, dialect: .kql) : step
    let column = makeColumn(node.name.text, type)
    return Relation(
      .tabular(
        TabularCall(
          inputs: [], operator: RangeOperator(column: column, from: first, to: last, step: width),
          origin: origin(node.span))), isSerialized: true)
  }
}
