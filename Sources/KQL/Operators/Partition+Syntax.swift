package import Diagnostics

/// `partition hint.strategy=native by k (top 1 by t)`: runs a subquery for each key.
package struct PartitionSyntax: Hashable, Sendable {
  package enum Body: Hashable, Sendable {
    /// `( … )`: operators over the rows of a key.
    case operators(PipelineSyntax)
    /// `{ … }`: a query of its own, which names the key.
    case query(PipelineSyntax)
  }

  package var options: [OptionSyntax]
  package var key: ExpressionSyntax
  package var body: Body
  package var span: SourceSpan
}

extension KQLParser {
  func parsePartition(_ start: SourceSpan) -> PartitionSyntax {
    let options = self.options([])
    expect("by", after: "partition")
    let key = name("a column", after: "by")
    let body: PartitionSyntax.Body
    if at(.leftBrace) {
      let opening = cursor.advance().span
      body = .query(pipeline())
      close(.rightBrace, opening: opening)
    } else {
      body = .operators(parenthesizedPipeline(isInner: true))
    }
    return PartitionSyntax(options: options, key: .name(key), body: body, span: span(from: start))
  }
}
