/// A plan as it is executed, in words: loads, pipelines of fused operators, and the steps that need all their rows.
///
/// ```
/// 1. load AWSCloudTrail: 2 columns, only records where isempty(ErrorCode)
/// 2. stream step 1: filter; group by EventName
/// 3. take step 2, sort it, keep the first 10
/// ```
/// It follows `Executor`: what that fuses stands in one step here.
package struct ExecutionOutline {
  private var steps: [String] = []
  /// The steps that hold the rows of shared definitions.
  private var shared: [Int: Int] = [:]

  package static func text(of plan: LogicalPlan) -> String {
    var outline = ExecutionOutline()
    _ = outline.step(for: plan)
    return outline.steps.enumerated().map { "\($0 + 1). \($1)\n" }.joined()
  }

  private mutating func add(_ text: String) -> Int {
    steps.append(text)
    return steps.count
  }

  /// Adds the steps that hold all rows of a plan; the number of the last.
  private mutating func step(for plan: LogicalPlan) -> Int {
    for subquery in plan.expressions.flatMap(\.scalarSubqueries) {
      let number = step(for: subquery.plan)
      _ = add("take the first cell of step \(number) as subquery \(subquery.id)")
    }
    switch plan {
    case .scan(let scan):
      var text = "load \(scan.table): \(counted(scan.sources.count, "column"))"
      if let predicate = scan.predicate { text += ", only records where \(predicate.explanation)" }
      if let limit = scan.limit { text += ", no more than \(limit)" }
      return add(text)
    case .inline(let inline):
      return add("take \(counted(inline.table.rowCount, "row")) that are there already")
    case .argument: return add("take the rows of the group")
    case .filter, .project, .expand, .union:
      return addStream(fused(plan), end: "collect")
    case .limit(let limit):
      return addStream(streams(of: limit.input), end: "collect until there are \(limit.count) rows")
    case .aggregate(let aggregate):
      let keys = aggregate.keys.map { Expression.nameText($0.column.name) }.joined(separator: ", ")
      let end =
        aggregate.keys.isEmpty ? "aggregate all rows" : "group by \(keys) in a hash table"
      return addStream(streams(of: aggregate.input), end: end)
    case .join(let join):
      let left = step(for: join.left)
      let right = step(for: join.right)
      let keys = join.keys.map { "\($0.left.explanation) == \($0.right.explanation)" }.joined(separator: ", ")
      let condition = keys.isEmpty ? "every row with every row" : "on \(keys)"
      return add("\(join.kind.rawValue) hash join of step \(left) with step \(right), \(condition)")
    case .sort(let sort):
      let input = step(for: sort.input)
      return add("sort step \(input)" + (sort.limit.map { ", keep the first \($0) rows" } ?? ""))
    case .window(let window):
      let input = step(for: window.input)
      let names = window.items.map { $0.function.names.first?.text ?? "?" }.joined(separator: ", ")
      return add("walk over step \(input) in its order: \(names)")
    case .apply(let apply):
      let input = step(for: apply.input)
      var inner = ExecutionOutline()
      _ = inner.step(for: apply.subplan)
      return add("split step \(input) into groups; for each: \(inner.steps.joined(separator: "; "))")
    case .tabular(let call):
      let inputs = call.inputs.map { "step \(step(for: $0))" }.joined(separator: ", ")
      return add(inputs.isEmpty ? call.operator.label : "\(call.operator.label) over \(inputs)")
    case .with(let with):
      for definition in with.definitions { shared[definition.id] = step(for: definition.plan) }
      return step(for: with.body)
    case .reference(let reference):
      return shared[reference.id] ?? add("take the rows of shared \(reference.id)")
    }
  }

  private mutating func addStream(_ legs: [(step: Int, operators: [String])], end: String) -> Int {
    let texts = legs.map { leg in
      "step \(leg.step)" + (leg.operators.isEmpty ? "" : ": " + leg.operators.joined(separator: ", "))
    }
    return add("stream \(texts.joined(separator: " | ")); \(end)")
  }

  /// The tables that a fused pipeline reads, and what it does to the chunks of each.
  private mutating func streams(of plan: LogicalPlan) -> [(step: Int, operators: [String])] {
    switch plan {
    case .filter, .project, .expand, .union:
      if !plan.notes.isEmpty { return [(step(for: plan), [])] }
      return fused(plan)
    case .scan, .inline, .argument, .aggregate, .join, .sort, .limit, .window, .apply, .tabular, .with,
      .reference:
      return [(step(for: plan), [])]
    }
  }

  private mutating func fused(_ plan: LogicalPlan) -> [(step: Int, operators: [String])] {
    switch plan {
    case .filter(let filter): return appending("filter", to: filter.input)
    case .project(let project): return appending("project", to: project.input)
    case .expand(let expand): return appending("expand", to: expand.input)
    case .union(let union):
      var result: [(step: Int, operators: [String])] = []
      for leg in union.legs { result += appending("project", to: leg.plan) }
      return result
    case .scan, .inline, .argument, .aggregate, .join, .sort, .limit, .window, .apply, .tabular, .with,
      .reference:
      return [(step(for: plan), [])]
    }
  }

  private mutating func appending(
    _ name: String, to input: LogicalPlan
  ) -> [(step: Int, operators: [String])] {
    streams(of: input).map { ($0.step, $0.operators + [name]) }
  }

  private func counted(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }
}
