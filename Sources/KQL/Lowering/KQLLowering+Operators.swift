import Engine

extension KQLLowering {
  /// One step of a pipeline; each operator's lowering stands beside its syntax in `Operators`.
  func lower(_ step: OperatorSyntax, on input: Relation) -> Relation? {
    switch step {
    case .as(let node): lower(node, on: input)
    case .consume(let node): lower(node, on: input)
    case .count(let node): lower(node, on: input)
    case .distinct(let node): lower(node, on: input)
    case .evaluate(let node): lower(node, on: input)
    case .extend(let node): lower(node, on: input)
    case .facet(let node): lower(node, on: input)
    case .fork(let node): lower(node, on: input)
    case .getschema(let node): lower(node, on: input)
    case .invoke(let node): lower(node, on: input)
    case .join(let node): lower(node, on: input)
    case .lookup(let node): lower(node, on: input)
    case .makeSeries(let node): lower(node, on: input)
    case .mvApply(let node): lower(node, on: input)
    case .mvExpand(let node): lower(node, on: input)
    case .parse(let node): lower(node, on: input)
    case .parseKV(let node): lower(node, on: input)
    case .partition(let node): lower(node, on: input)
    case .project(let node): lower(node, on: input)
    case .projectAway(let node): lower(node, on: input)
    case .projectByNames(let node): lower(node, on: input)
    case .projectKeep(let node): lower(node, on: input)
    case .projectRename(let node): lower(node, on: input)
    case .projectReorder(let node): lower(node, on: input)
    case .reduce(let node): lower(node, on: input)
    case .render(let node): lower(node, on: input)
    case .sample(let node): lower(node, on: input)
    case .sampleDistinct(let node): lower(node, on: input)
    case .scan(let node): lower(node, on: input)
    case .search(let node): lower(node, on: input)
    case .serialize(let node): lower(node, on: input)
    case .sort(let node): lower(node, on: input)
    case .summarize(let node): lower(node, on: input)
    case .take(let node): lower(node, on: input)
    case .top(let node): lower(node, on: input)
    case .topHitters(let node): lower(node, on: input)
    case .topNested(let node): lower(node, on: input)
    case .union(let node): lower(node, on: input)
    case .where(let node): lower(node, on: input)
    case .unsupported(let node): fail(KQLMessages.unsupportedOperator(node.name.text, at: node.name.span))
    case .error: nil
    }
  }
}
