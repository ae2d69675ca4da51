package import Diagnostics

/// `lookup kind=leftouter (right) on a`.
package struct LookupSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var right: PipelineSyntax
  package var conditions: [JoinConditionSyntax]
  package var span: SourceSpan

  /// The value of `kind=`.
  package var kind: OptionSyntax? { options[named: "kind"] }
}

extension KQLParser {
  func parseLookup(_ start: SourceSpan) -> LookupSyntax {
    let options = self.options(["kind"])
    let right = operandPipeline()
    let conditions = joinConditions(of: "lookup")
    return LookupSyntax(options: options, right: right, conditions: conditions, span: span(from: start))
  }
}
