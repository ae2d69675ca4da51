import Diagnostics
import Engine
import Session

/// How a plan falls into the stages and branches of the text it came from.
struct StageOutline {
  private let definitions: [NamedText]

  init(_ query: CompiledQuery) { definitions = query.language.definitions(in: query.source) }

  /// The definition that a node was written in.
  func binding(of origin: PlanOrigin) -> String? {
    guard let span = origin.span else { return nil }
    if let found = definitions.first(where: { $0.span.contains(span) }) { return found.name }
    return definitions.isEmpty ? nil : "query"
  }

  /// The inputs whose rows reach the node; a plan that runs for each group is part of its node.
  static func rowInputs(_ plan: LogicalPlan) -> [LogicalPlan] {
    switch plan {
    case .apply(let apply): [apply.input]
    case .with(let with): [with.body]
    case .scan, .inline, .argument, .filter, .project, .aggregate, .join, .union, .sort, .limit, .expand,
      .window,
      .tabular, .reference:
      plan.inputs
    }
  }

  /// Rows that come in; of a join, those of its left side.
  static func rowsIn(_ plan: LogicalPlan, _ inputs: [Table]) -> Int? {
    if case .join = plan { return inputs.first?.rowCount }
    return inputs.isEmpty ? nil : inputs.reduce(0) { $0 + $1.rowCount }
  }

  /// An input that is written inside its operator: `union (A | where x), (B)`.
  static func isWithin(_ input: LogicalPlan, _ plan: LogicalPlan) -> Bool {
    guard plan.inputs.count > 1, let inner = input.origin.span, let outer = plan.origin.span else {
      return false
    }
    return inner != outer && outer.contains(inner)
  }

  /// Rows in place of the plan that gave them.
  static func rows(_ table: Table, of plan: LogicalPlan) -> LogicalPlan {
    .inline(Inline(columns: plan.columns, table: table, origin: plan.origin))
  }

  /// Filters that one stage was lowered to, as one.
  static func joiningFilters(_ plan: LogicalPlan) -> LogicalPlan {
    guard case .filter(var outer) = plan else { return plan }
    while case .filter(let inner) = outer.input, inner.origin.span == outer.origin.span {
      outer.predicate = .all(of: inner.predicate.conjuncts + outer.predicate.conjuncts)
      outer.input = inner.input
    }
    return .filter(outer)
  }

  /// Puts a stage behind those before it; what one command was lowered to stays one stage.
  static func add(_ stage: Funnel.Stage, to stages: inout [Funnel.Stage]) {
    guard var last = stages.last, last.span == stage.span || stage.span == nil || holds(last, stage)
    else {
      stages.append(stage)
      return
    }
    last.rowsOut = stage.rowsOut
    last.followed = stage.followed ?? last.followed
    last.feeds += stage.feeds
    last.conjuncts += stage.conjuncts
    last.misses += stage.misses
    stages[stages.count - 1] = last
  }

  /// Part of the text of a stage: the fields that `stats` sorts by.
  private static func holds(_ last: Funnel.Stage, _ stage: Funnel.Stage) -> Bool {
    guard let outer = last.span, let inner = stage.span else { return false }
    return outer.contains(inner)
  }

  /// The rows of a definition as one of its readers has them.
  static func rows(_ rows: Table, of definition: LogicalPlan, readBy reference: Reference) -> Table {
    let places = Dictionary(
      definition.columns.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let kept = reference.sources.compactMap { source in places[source.source].map { (source.column, $0) } }
    return Table(
      fields: kept.map { Field($0.0.name, $0.0.type) }, columns: kept.map { rows.columns[$0.1] },
      rowCount: rows.rowCount)
  }

  static func role(of index: Int, in plan: LogicalPlan, titled title: String) -> String {
    let short = shortened(title)
    switch plan {
    case .join: return index == 0 ? "left side of \(short)" : "right side of \(short)"
    case .union: return "leg \(index + 1) of \(short)"
    case .scan, .inline, .argument, .filter, .project, .aggregate, .sort, .limit, .expand, .window, .apply,
      .tabular, .with, .reference:
      return "input \(index + 1) of \(short)"
    }
  }

  static func shortened(_ title: String) -> String {
    title.count > 60 ? title.prefix(59) + "…" : title
  }

  /// A condition in the words of its language.
  static func text(of condition: Expression) -> String {
    var text = condition.explanation
    for (inner, outer) in [(" search= ", "="), (" search!= ", "!="), ("search exists(", "exists(")] {
      var parts: [Substring] = []
      var rest = text[...]
      while let found = rest.firstRange(of: inner) {
        parts.append(rest[..<found.lowerBound])
        rest = rest[found.upperBound...]
      }
      parts.append(rest)
      text = parts.joined(separator: outer)
    }
    return text
  }
}

extension SourceSpan {
  fileprivate func contains(_ other: SourceSpan) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}

extension Substring {
  fileprivate func firstRange(of text: String) -> Range<Substring.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
