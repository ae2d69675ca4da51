import Diagnostics
import Engine
import Session

/// Runs a plan node by node, each over the rows that the nodes below it gave, and writes down what it sees.
struct FunnelRunner {
  private(set) var executor: Executor
  let query: CompiledQuery
  let outline: StageOutline
  /// Columns that are 1 in rows of the followed event, by the node's columns.
  var markers: Set<ColumnID> = []
  /// Finished branches, in the order in which they end.
  private(set) var branches: [Funnel.Branch] = []
  private var knowledge = FunnelKnowledge()
  private var seenSubqueries: Set<Int> = []
  private var shared: [Int: Shared] = [:]

  /// A definition that several places read, as far as it has been looked at.
  private struct Shared {
    var plan: LogicalPlan
    var rows: Table?
    /// Where its stages stand by themselves.
    var branch: Int?
  }

  init(executor: Executor, query: CompiledQuery, markers: Set<ColumnID> = []) {
    self.executor = executor
    self.query = query
    self.markers = markers
    outline = StageOutline(query)
  }

  mutating func run(_ plan: LogicalPlan) throws(ExecutionFailure) {
    let (_, stages) = try visit(plan, within: nil)
    branches.append(Funnel.Branch(name: "query", stages: stages))
  }

  /// The rows of a node, and the stages of its branch up to it.
  private mutating func visit(
    _ plan: LogicalPlan, within outer: String?
  ) throws(ExecutionFailure) -> (Table, [Funnel.Stage]) {
    switch plan {
    case .with(let with):
      executor = executor.knowing(with.definitions)
      for definition in with.definitions { shared[definition.id] = Shared(plan: definition.plan) }
      return try visit(with.body, within: outer)
    case .reference(let reference):
      guard let definition = shared[reference.id] else { break }
      var stages: [Funnel.Stage] = []
      var rows = definition.rows
      if rows == nil {
        let (table, before) = try visit(definition.plan, within: outer)
        (rows, stages) = (table, before)
        shared[reference.id]?.rows = table
      }
      guard let rows else { break }
      return (StageOutline.rows(rows, of: definition.plan, readBy: reference), stages)
    case .scan, .inline, .argument, .filter, .project, .aggregate, .join, .union, .sort, .limit, .expand,
      .window, .apply, .tabular:
      break
    }
    let plan = StageOutline.joiningFilters(plan)
    let context = outline.binding(of: plan.origin) ?? outer
    var stages: [Funnel.Stage] = []
    var feeds: [Int] = []
    for subquery in plan.expressions.flatMap(\.scalarSubqueries)
    where seenSubqueries.insert(subquery.id).inserted {
      let (_, inner) = try visit(subquery.plan, within: context)
      feeds.append(
        finish(inner, named: outline.binding(of: subquery.plan.origin) ?? "subquery of \(title(plan))"))
    }
    var inputs: [Table] = []
    for (index, input) in StageOutline.rowInputs(plan).enumerated() {
      let inner = outline.binding(of: input.origin) ?? context
      let (table, before) = try visit(input, within: context)
      inputs.append(table)
      if case .reference(let reference) = input, before.isEmpty {
        if let branch = shared[reference.id]?.branch { feeds.append(branch) }
      } else if index == 0, inner == context, !StageOutline.isWithin(input, plan) {
        stages = before
      } else {
        let name = inner == context ? StageOutline.role(of: index, in: plan, titled: title(plan)) : inner
        feeds.append(finish(before, named: name ?? "query"))
        if case .reference(let reference) = input { shared[reference.id]?.branch = branches.count - 1 }
      }
    }
    if case .apply(let apply) = plan, let input = inputs.first {
      let inner = try self.stages(of: apply, over: input)
      if !inner.isEmpty {
        feeds.append(finish(inner, named: "each group of \(StageOutline.shortened(title(plan)))"))
      }
    }
    knowledge.learn(plan, executor: executor)
    var stage = Funnel.Stage(
      text: title(plan), span: plan.origin.span,
      rowsIn: StageOutline.rowsIn(plan, inputs), rowsOut: 0, feeds: feeds)
    if let span = plan.origin.span {
      let place = query.source.position(of: span.lowerBound)
      (stage.line, stage.column) = (place.line, place.column)
    }
    let table = try run(plan, over: inputs, stage: &stage)
    stage.rowsOut = table.rowCount
    stage.followed = followed(in: table, of: plan)
    if stage.rowsOut == 0, stage.rowsIn != 0, stage.misses.isEmpty {
      stage.misses = try FunnelMisses(executor: executor, knowledge: knowledge).misses(of: plan, over: inputs)
    }
    if case .scan(let scan) = plan { knowledge.learn(scan, rows: table) }
    StageOutline.add(stage, to: &stages)
    return (table, stages)
  }

  private mutating func finish(_ stages: [Funnel.Stage], named name: String) -> Int {
    branches.append(Funnel.Branch(name: name, stages: stages))
    return branches.count - 1
  }

  func title(_ plan: LogicalPlan) -> String {
    let origin = plan.origin
    let isWhole = !origin.label.isEmpty && !origin.label.hasSuffix("…")
    let text = isWhole ? origin.label : origin.span.map { query.source[$0] } ?? origin.label
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// A node alone, its inputs replaced by their rows.
  private func run(
    _ plan: LogicalPlan, over inputs: [Table], stage: inout Funnel.Stage
  ) throws(ExecutionFailure) -> Table {
    if case .filter(let filter) = plan, let input = inputs.first {
      return try run(filter, over: input, stage: &stage)
    }
    var index = 0
    let count = StageOutline.rowInputs(plan).count
    let alone = plan.withInputs { input in
      defer { index += 1 }
      return index < count && index < inputs.count ? StageOutline.rows(inputs[index], of: input) : input
    }
    return try executor.run(alone)
  }

  private func run(
    _ filter: Filter, over input: Table, stage: inout Funnel.Stage
  ) throws(ExecutionFailure) -> Table {
    var left = input
    for conjunct in filter.predicate.conjuncts {
      let before = left
      let passed = try rows(of: before, passing: conjunct, columns: filter.input.columns)
      left = passed
      if case .literal(.bool(true), _) = conjunct { continue }
      let isFirst = stage.conjuncts.isEmpty
      let alone =
        isFirst
        ? passed.rowCount : try rows(of: input, passing: conjunct, columns: filter.input.columns).rowCount
      var entry = Funnel.Conjunct(
        text: StageOutline.text(of: conjunct), alone: alone, inSequence: passed.rowCount)
      if let all = followed(in: before, columns: filter.input.columns), all > 0,
        followed(in: passed, columns: filter.input.columns) == 0
      {
        entry.dropsFollowed = true
      }
      stage.conjuncts.append(entry)
      if passed.rowCount == 0, input.rowCount > 0, before.rowCount > 0 || alone == 0 {
        stage.misses += try misses(
          of: conjunct, shownAs: entry, over: alone > 0 ? before : input, isFirst: isFirst,
          columns: filter.input.columns)
      }
    }
    return left
  }

  /// Why a condition lets nothing through: by itself, or of the rows that the conditions before it leave.
  private func misses(
    of conjunct: Expression, shownAs entry: Funnel.Conjunct, over table: Table, isFirst: Bool,
    columns: [PlanColumn]
  ) throws(ExecutionFailure) -> [NearestMiss] {
    if case .literal(.bool(false), _) = conjunct {
      let why = query.language.falseOfAll.map { ": \($0)" } ?? ""
      return [NearestMiss(.noRows, "the condition is false for every row\(why)")]
    }
    var result: [NearestMiss] = []
    if entry.alone > 0, !isFirst {
      result.append(
        NearestMiss(
          .neverTogether,
          "\(FunnelMisses.rows(entry.alone)) pass `\(entry.text)`, none of them the conditions before it"))
    }
    let finder = FunnelMisses(executor: executor, knowledge: knowledge)
    return result + (try finder.misses(of: conjunct, over: table, columns: columns))
  }

  private func rows(
    of table: Table, passing condition: Expression, columns: [PlanColumn]
  ) throws(ExecutionFailure) -> Table {
    let origin = PlanOrigin(label: "")
    let input = LogicalPlan.inline(Inline(columns: columns, table: table, origin: origin))
    return try executor.run(.filter(Filter(input: input, predicate: condition, origin: origin)))
  }

  private func followed(in table: Table, of plan: LogicalPlan) -> Int? {
    followed(in: table, columns: plan.columns)
  }

  /// Rows with a mark; nil if there are no marks.
  private func followed(in table: Table, columns: [PlanColumn]) -> Int? {
    let positions = columns.indices.filter { markers.contains(columns[$0].id) }
    if positions.isEmpty { return nil }
    return (0..<table.rowCount).reduce(0) { count, row in
      count + (positions.contains { table.value(row: row, column: $0) == .long(1) } ? 1 : 0)
    }
  }
}
