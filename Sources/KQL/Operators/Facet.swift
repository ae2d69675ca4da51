package import Diagnostics

/// `facet by a, b with (take 5)`: one result for each column.
package struct FacetSyntax: Hashable, Sendable {
  package var columns: [NameSyntax]
  package var subquery: PipelineSyntax?
  package var span: SourceSpan
}

extension KQLParser {
  func parseFacet(_ start: SourceSpan) -> FacetSyntax {
    expect("by", after: "facet")
    let columns = commaSeparated { $0.name("a column") }
    var subquery: PipelineSyntax?
    if take("with") != nil { subquery = parenthesizedPipeline(isInner: true) }
    return FacetSyntax(columns: columns, subquery: subquery, span: span(from: start))
  }
}
