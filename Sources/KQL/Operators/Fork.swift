package import Diagnostics
import Engine

/// `fork a = (where x) (count)`: several results.
package struct ForkSyntax: Hashable, Sendable {
  package struct Branch: Hashable, Sendable {
    package var name: NameSyntax?
    package var subquery: PipelineSyntax
  }

  package var branches: [Branch]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["fork"],
    syntax: "T | fork [NAME =] (OPERATORS) …",
    summary: "Gives several results of the same rows.",
    examples: [
      .kqlQuery(
        "datatable(a:long)[1, 2] | fork (where a > 1) (count)",
        gives: "2", why: "the first result")
    ],
    stage: { .fork($0.parseFork($1)) })
}

extension KQLParser {
  func parseFork(_ start: SourceSpan) -> ForkSyntax {
    var branches: [ForkSyntax.Branch] = []
    while at(.leftParenthesis) || (atName() && at(.assign, ahead: nameLength())) {
      var name: NameSyntax?
      if !at(.leftParenthesis) {
        name = self.name()
        cursor.advance()
      }
      branches.append(ForkSyntax.Branch(name: name, subquery: parenthesizedPipeline(isInner: true)))
      if isRecovering { break }
    }
    if branches.isEmpty { reportExpected("`(`", after: "fork") }
    return ForkSyntax(branches: branches, span: span(from: start))
  }
}

extension KQLLowering {
  /// Several results from one input; the first is the main one.
  func lower(_ node: ForkSyntax, on input: Relation) -> Relation? {
    var first: Relation?
    for (index, branch) in node.branches.enumerated() {
      let outer = implicitInput
      implicitInput = input.freshened(by: self)
      defer { implicitInput = outer }
      guard let result = lower(branch.subquery) else { return nil }
      if index == 0 {
        first = result
      } else {
        extraResults.append(
          LoweredQuery.Result(
            name: branch.name?.text ?? "GenericResult_\(index)", plan: result.plan, chart: result.chart))
      }
    }
    return first
  }
}
