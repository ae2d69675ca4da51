package import Diagnostics

extension OperatorSyntax {
  /// From the operator's word to the end of its last part.
  package var span: SourceSpan {
    switch self {
    case .as(let node): node.span
    case .consume(let node): node.span
    case .count(let node): node.span
    case .distinct(let node): node.span
    case .evaluate(let node): node.span
    case .extend(let node): node.span
    case .facet(let node): node.span
    case .fork(let node): node.span
    case .getschema(let node): node.span
    case .invoke(let node): node.span
    case .join(let node): node.span
    case .lookup(let node): node.span
    case .makeSeries(let node): node.span
    case .mvApply(let node): node.span
    case .mvExpand(let node): node.span
    case .parse(let node): node.span
    case .parseKV(let node): node.span
    case .partition(let node): node.span
    case .project(let node): node.span
    case .projectAway(let node): node.span
    case .projectByNames(let node): node.span
    case .projectKeep(let node): node.span
    case .projectRename(let node): node.span
    case .projectReorder(let node): node.span
    case .reduce(let node): node.span
    case .render(let node): node.span
    case .sample(let node): node.span
    case .sampleDistinct(let node): node.span
    case .scan(let node): node.span
    case .search(let node): node.span
    case .serialize(let node): node.span
    case .sort(let node): node.span
    case .summarize(let node): node.span
    case .take(let node): node.span
    case .top(let node): node.span
    case .topHitters(let node): node.span
    case .topNested(let node): node.span
    case .union(let node): node.span
    case .where(let node): node.span
    case .unsupported(let node): node.span
    case .error(let span): span
    }
  }

  /// Whether its last part is a list, so that what follows may lack a comma.
  var endsWithList: Bool {
    switch self {
    case .distinct, .extend, .project, .projectAway, .projectByNames, .projectKeep, .projectRename,
      .projectReorder,
      .serialize, .sort, .summarize, .top, .union:
      true
    case .as, .consume, .count, .evaluate, .facet, .fork, .getschema, .invoke, .join, .lookup, .makeSeries,
      .mvApply, .mvExpand, .parse, .parseKV, .partition, .reduce, .render, .sample, .sampleDistinct, .scan,
      .search,
      .take, .topHitters, .topNested, .where, .unsupported, .error:
      false
    }
  }
}
