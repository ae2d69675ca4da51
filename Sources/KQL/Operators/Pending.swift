import Engine

extension KQLLowering {
  func lower(_ node: EvaluateSyntax, on input: Relation?) -> Relation? { fail(KQLMessages.unsupportedOperator("evaluate", at: node.span)) }
  func lower(_ node: FacetSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("facet", at: node.span)) }
  func lower(_ node: ForkSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("fork", at: node.span)) }
  func lower(_ node: GetSchemaSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("getschema", at: node.span)) }
  func lower(_ node: InvokeSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("invoke", at: node.span)) }
  func lower(_ node: MakeSeriesSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("make-series", at: node.span)) }
  func lower(_ node: MvApplySyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("mv-apply", at: node.span)) }
  func lower(_ node: ParseKVSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("parse-kv", at: node.span)) }
  func lower(_ node: PartitionSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("partition", at: node.span)) }
  func lower(_ node: ProjectByNamesSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("project-by-names", at: node.span)) }
  func lower(_ node: ReduceSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("reduce", at: node.span)) }
  func lower(_ node: ScanSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("scan", at: node.span)) }
  func lower(_ node: SearchSyntax, on input: Relation?) -> Relation? { fail(KQLMessages.unsupportedOperator("search", at: node.span)) }
  func lower(_ node: FindSyntax) -> Relation? { fail(KQLMessages.unsupportedOperator("find", at: node.span)) }
  func lower(_ node: ExternalDataSyntax) -> Relation? { fail(KQLMessages.unsupportedOperator("externaldata", at: node.span)) }
  func lower(_ node: TopHittersSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("top-hitters", at: node.span)) }
  func lower(_ node: TopNestedSyntax, on input: Relation) -> Relation? { fail(KQLMessages.unsupportedOperator("top-nested", at: node.span)) }
}
