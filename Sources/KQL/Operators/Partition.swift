package import Diagnostics
import Engine

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

  static let record = KQLOperatorRecord(
    ["partition"],
    syntax: "T | partition by COLUMN (OPERATORS)   or   T | partition by COLUMN { QUERY }",
    summary: "Runs operators over the rows of each value by themselves.",
    notes: [
      "In a query in braces `toscalar(COLUMN)` is the value at hand."
    ],
    examples: [
      .kqlQuery(
        #"datatable(k:string, n:long)["x", 1, "x", 2, "y", 3] | partition by k (top 1 by n) | sort "#
          + "by n asc",
        gives: "2, 3")
    ],
    stage: { .partition($0.parsePartition($1)) })
}

extension KQLParser {
  func parsePartition(_ start: SourceSpan) -> PartitionSyntax {
    let options = self.options([])
    expect("by", after: "partition")
    let key = name("a column", after: "by", as: .use)
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

extension KQLLowering {
  /// Runs operators on the rows of each key by themselves, or a query of its own for each key.
  func lower(_ node: PartitionSyntax, on input: Relation) -> Relation? {
    guard let key = lower(node.key, in: RowScope(input.columns)) else { return nil }
    let argument = makeNumber()
    var keySubquery: Int?
    let result: Relation?
    switch node.body {
    case .operators(let subquery):
      result = lower(
        subquery, over: .argument(Argument(id: argument, columns: input.columns)), seen: input.columns)
    case .query(let query):
      let id = makeNumber()
      keySubquery = id
      result = lower(query, forEach: node.key, value: keyValue(id, type: key.type))
    }
    guard let result else { return nil }
    return Relation(
      .apply(
        Apply(
          input: input.plan, keys: [key], argumentID: argument, subplan: result.plan,
          keySubquery: keySubquery,
          origin: origin(node.span))))
  }

  /// The key of the group at hand, which the run fills in.
  private func keyValue(_ id: Int, type: DataType) -> Expression {
    let nothing = Inline(
      columns: [], table: Table(fields: [], rows: []), origin: PlanOrigin(label: "the key"))
    return .subquery(ScalarSubquery(plan: .inline(nothing), type: type, id: id))
  }

  /// The query of `partition by k { … }`, in which `toscalar(k)` is the key.
  private func lower(
    _ query: PipelineSyntax, forEach key: ExpressionSyntax, value: Expression
  ) -> Relation? {
    let outer = partitionKey
    partitionKey = autoName(key).map { ($0, value) }
    defer { partitionKey = outer }
    return inScope(LetScope(parent: scope, source: scope.source)) { lower(query) }
  }
}
