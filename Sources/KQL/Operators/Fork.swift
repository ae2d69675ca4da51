package import Diagnostics

/// `fork a = (where x) (count)`: several results.
package struct ForkSyntax: Hashable, Sendable {
  package struct Branch: Hashable, Sendable {
    package var name: NameSyntax?
    package var subquery: PipelineSyntax
  }

  package var branches: [Branch]
  package var span: SourceSpan
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
