import Engine

extension KQLLowering {
  func lower(_ node: CountSyntax, on input: Relation) -> Relation? {
    guard let count = AggregateCatalog.function("count", in: .kql) else {
      return fail(KQLMessages.unsupportedFunction("count", at: node.span))
    }
    let output = makeColumn(node.name?.text ?? "Count", .long)
    let call = AggregateCall(function: count, arguments: [], types: [], language: .kql)
    return Relation(
      .aggregate(
        Aggregate(
          input: input.plan, keys: [], items: [Aggregate.Item(outputs: [output], call: call)],
          origin: origin(node.span))))
  }
}
