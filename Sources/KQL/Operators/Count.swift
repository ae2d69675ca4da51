import Engine

extension KQLLowering {
  func lower(_ node: CountSyntax, on input: Relation) -> Relation? {
    let output = makeColumn(node.name?.text ?? "Count", .long)
    let call = AggregateCall(function: CountAggregates.count, arguments: [], types: [], language: .kql)
    return Relation(
      .aggregate(
        Aggregate(
          input: input.plan, keys: [], items: [Aggregate.Item(outputs: [output], call: call)],
          origin: origin(node.span))))
  }
}
