import Engine

extension KQLLowering {
  func lower(_ node: AsSyntax, on input: Relation) -> Relation? {
    var named = input
    named.name = node.name.text
    scope.bind(node.name.text, to: .relation(named))
    return named
  }

  /// Runs its input and gives nothing.
  func lower(_ node: ConsumeSyntax, on input: Relation) -> Relation? {
    input.with(.limit(Limit(input: input.plan, count: 0, origin: origin(node.span))))
  }

  /// A chart is kept as metadata of the result.
  func lower(_ node: RenderSyntax, on input: Relation) -> Relation? {
    var result = input
    result.chart = node.chart.text
    return result
  }
}
