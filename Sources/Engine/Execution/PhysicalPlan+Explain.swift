extension PhysicalPlan {
  /// The steps in words, numbered as they run.
  ///
  /// ```
  /// 1. load AWSCloudTrail: 2 columns, only records where isempty(ErrorCode)
  /// 2. stream step 1: filter; group by EventName in a hash table
  /// 3. sort step 2, keep the first 10 rows
  /// ```
  package var explanation: String {
    var steps = PhysicalSteps()
    steps.add(self)
    return steps.lines.enumerated().map { "\($0 + 1). \($1)\n" }.joined()
  }
}

/// Collects the lines of a plan, one for each step.
private struct PhysicalSteps {
  private(set) var lines: [String] = []
  /// Definitions that no step has read so far, and the numbers of those that were.
  private var waiting: [Int: PhysicalStep] = [:]
  private var shared: [Int: Int] = [:]

  @discardableResult
  mutating func add(_ plan: PhysicalPlan) -> Int {
    for definition in plan.definitions { waiting[definition.id] = definition.step }
    for subquery in plan.subqueries {
      let number = add(subquery.plan)
      _ = line("take the first cell of step \(number) as subquery \(subquery.id)")
    }
    for definition in plan.definitions { addDefinition(definition.id) }
    return add(plan.result)
  }

  private mutating func line(_ text: String) -> Int {
    lines.append(text)
    return lines.count
  }

  /// The number of a definition, which is worked out when it is first read.
  @discardableResult
  private mutating func addDefinition(_ id: Int) -> Int? {
    if let step = waiting.removeValue(forKey: id) { shared[id] = add(step) }
    return shared[id]
  }

  private mutating func add(_ step: PhysicalStep) -> Int {
    switch step.work {
    case .load(let scan):
      var text = "load \(scan.table): \(counted(scan.sources.count, "column"))"
      if let predicate = scan.predicate { text += ", only records where \(predicate.explanation)" }
      if let limit = scan.limit { text += ", no more than \(limit)" }
      return line(text)
    case .rows(let table): return line("take \(counted(table.rowCount, "row")) that are there already")
    case .group: return line("take the rows of the group")
    case .collect(let stream, let limit):
      return add(stream, end: limit.map { "collect until there are \($0) rows" } ?? "collect")
    case .aggregate(let stream, let aggregate):
      let keys = aggregate.keys.map { Expression.nameText($0.column.name) }.joined(separator: ", ")
      return add(
        stream, end: aggregate.keys.isEmpty ? "aggregate all rows" : "group by \(keys) in a hash table")
    case .join(let left, let right, let join):
      let (left, right) = (add(left), add(right))
      let keys = join.keys.map { "\($0.left.explanation) == \($0.right.explanation)" }
      let condition = keys.isEmpty ? "every row with every row" : "on \(keys.joined(separator: ", "))"
      return line("\(join.kind.rawValue) hash join of step \(left) with step \(right), \(condition)")
    case .sort(let input, _, let limit):
      return line("sort step \(add(input))" + (limit.map { ", keep the first \($0) rows" } ?? ""))
    case .window(let input, let items):
      let names = items.map { $0.function.names.first?.text ?? "?" }.joined(separator: ", ")
      return line("walk over step \(add(input)) in its order: \(names)")
    case .apply(let input, let apply):
      let number = add(input)
      var inner = PhysicalSteps()
      inner.shared = shared
      inner.add(apply.subplan)
      return line("split step \(number) into groups; for each: \(inner.lines.joined(separator: "; "))")
    case .tabular(let inputs, let operation):
      let numbers = inputs.map { "step \(add($0))" }.joined(separator: ", ")
      return line(numbers.isEmpty ? operation.label : "\(operation.label) over \(numbers)")
    case .shared(let reference):
      return addDefinition(reference.id) ?? line("take the rows of shared \(reference.id)")
    }
  }

  private mutating func add(_ stream: PhysicalStream, end: String) -> Int {
    let legs = stream.legs.map { leg in
      let operators = leg.operators.map(\.label).joined(separator: ", ")
      return "step \(add(leg.source))" + (operators.isEmpty ? "" : ": \(operators)")
    }
    return line("stream \(legs.joined(separator: " | ")); \(end)")
  }

  private func counted(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }
}

extension PhysicalStream.Operator {
  fileprivate var label: String {
    switch self {
    case .filter: "filter"
    case .project: "project"
    case .expand: "expand"
    }
  }
}
