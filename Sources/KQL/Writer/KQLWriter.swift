import Diagnostics
package import Engine

/// Writes a plan as a KQL query, stage by stage, so that it gives the same rows.
///
/// ```
///   sourcetype=aws:cloudtrail eventName=CreateUser     AWSCloudTrail
///                                                      | where EventName =~ "CreateUser"
///   | stats count as n by awsRegion                    | where isnotempty(AWSRegion)
///                                                      | summarize n = count() by awsRegion = AWSRegion
/// ```
/// What has no column of its own is read out of the JSON of one. Conditions of SPL are true, false or null, and null
/// goes on being null under NOT: a condition is written as when it is true, or as when it is false.
package final class KQLWriter: PlanWriting {
  let tables: [TableTwin]
  /// What stands for each column of the plan.
  var pieces: [ColumnID: KQLPiece] = [:]
  /// `let`s of shared definitions.
  var statements: [String] = []
  /// Fields that hold one constant in every row and are no column of the result: `let`s.
  private(set) var lets: [String: KQLPiece] = [:]
  /// The one that events were last read from.
  var table: TableTwin?
  private var shared: [Int: String] = [:]
  /// Columns that a stage makes, so that nobody asks the events for them.
  private(set) var madeNames: Set<String> = []
  /// The source types that the filters above ask for.
  var sourcetypes: [String]?

  package var state: WritingState
  package var title: String { "KQL" }

  private init(_ tables: [TableTwin], _ state: WritingState) {
    self.tables = tables
    self.state = state
  }

  package static func write(
    _ plan: LogicalPlan, _ tables: [TableTwin], _ comments: [QueryComment], _ constants: [NamedConstant]
  ) throws(WritingRefusal) -> WrittenPlan {
    let writer = KQLWriter(tables, WritingState(comments, constants, of: plan))
    let plan = PruneColumns.rewrite(ElideSort.rewrite(plan.foldingConstants))
    writer.lets = KQLWriter.namedConstants(plan, tables)
    plan.forEachNode { node in
      let known = Set(node.inputs.flatMap(\.columns).map(\.id))
      if case .scan = node { return }
      writer.madeNames.formUnion(node.columns.filter { !known.contains($0.id) }.map(\.name))
    }
    var pipeline = try writer.rows(of: plan)
    writer.select(plan.columns, plan.columns.map(\.name), in: &pipeline)
    let rest = writer.commentsWithoutPlace().map { "// \($0)" }
    let text = (rest + writer.statements + [pipeline.text]).joined(separator: "\n")
    return WrittenPlan(text: text, remarks: writer.state.remarks.uniqued)
  }

  /// The rows of a plan, for any stage but a condition.
  func rows(of plan: LogicalPlan) throws(WritingRefusal) -> KQLPipeline {
    var result = try pipeline(plan)
    result.settleLists()
    return result
  }

  func pipeline(_ plan: LogicalPlan) throws(WritingRefusal) -> KQLPipeline {
    try node { () throws(WritingRefusal) in try stages(of: plan) }
  }

  private func stages(of plan: LogicalPlan) throws(WritingRefusal) -> KQLPipeline {
    switch plan {
    case .scan(let scan): return try events(scan)
    case .filter(let filter): return try filtered(filter)
    case .project(let project): return try projected(project)
    case .aggregate(let aggregate): return try aggregated(aggregate)
    case .join(let join): return try joined(join)
    case .union(let union): return try united(union)
    case .sort(let sort): return try sorted(sort)
    case .limit(let limit):
      var result = try rows(of: limit.input)
      result.settleOrder()
      result.add("take \(limit.count)")
      return result
    case .expand(let expand): return try expanded(expand)
    case .with(let with):
      for definition in with.definitions {
        var rows = try self.rows(of: definition.plan)
        let name = freshName("shared")
        select(definition.plan.columns, definition.plan.columns.map(\.name), in: &rows)
        statements.append("let \(name) = \(rows.text);")
        shared[definition.id] = name
        sharedPieces[definition.id] = pieces
      }
      return try pipeline(with.body)
    case .reference(let reference):
      guard let name = shared[reference.id], let known = sharedPieces[reference.id] else {
        throw refusal("rows that are defined elsewhere")
      }
      for source in reference.sources { pieces[source.column.id] = known[source.source] }
      return KQLPipeline(
        source: name, names: Set(reference.sources.compactMap { known[$0.source]?.columnName }))
    case .inline(let inline): return try rows(inline)
    case .window(let window): return try windowed(window)
    case .tabular(let call):
      if let statistics = call.operator as? EventStatsOperator, let input = call.inputs.first {
        return try groupStatistics(statistics, over: input, call.origin)
      }
      origin = plan.origin
      throw refusal("`\(call.operator.label)`")
    case .argument, .apply:
      origin = plan.origin
      throw refusal("what is done for each group of rows")
    }
  }

  private var sharedPieces: [Int: [ColumnID: KQLPiece]] = [:]

  /// Gives just some columns, under some names.
  func select(_ columns: [PlanColumn], _ names: [String], in pipeline: inout KQLPipeline) {
    var parts: [String] = []
    for (column, name) in zip(columns, names) {
      guard let piece = pieces[column.id] else { continue }
      parts.append(piece.columnName == name ? piece.text : "\(KQLName.text(name)) = \(piece.text)")
      pieces[column.id] = piece.column(name)
    }
    // Of rows that are only counted no column is asked for.
    if !parts.isEmpty, pipeline.printed != parts { pipeline.add("project \(parts.joined(separator: ", "))") }
    pipeline.names = Set(names)
  }

  /// A column that holds a value.
  func columnName(
    of piece: KQLPiece, _ stem: String, in pipeline: inout KQLPipeline
  ) -> String {
    if let name = piece.columnName { return name }
    let name = pipeline.names.contains(stem) ? freshName(stem) : stem
    pipeline.extend(name, piece)
    return name
  }
}

/// A query as it is being written.
struct KQLPipeline: CommentedStages {
  var source: String
  private(set) var stages: [String] = []
  /// Before the stages that they are about.
  var comments: [Int: [String]] = [:]
  /// Columns that a new one would hide.
  var names: Set<String>
  /// Rows are to come in the order of a sort that has not been written: most stages do not care.
  var order: [OrderKey] = []

  struct OrderKey {
    var column: String
    var descending: Bool
    /// Where it is not where KQL has them anyway: first of an ascending order, last of a descending one.
    var nulls: Nulls?

    enum Nulls: String { case first, last }

    var text: String {
      KQLName.text(column) + (descending ? " desc" : " asc") + (nulls.map { " nulls \($0.rawValue)" } ?? "")
    }
  }

  /// Stages that collect members of lists, by the column that they make: they come behind the conditions that do
  /// without them.
  var lists: [String: String] = [:]
  /// What the last stage made, if it is an `extend`.
  private var made: Set<String> = []
  /// The columns of one row that the query makes itself, as long as no stage stands behind it; nil of other rows.
  private(set) var printed: [String]?

  init(source: String, names: Set<String> = []) {
    self.source = source
    self.names = names
  }

  /// `print a = 1`, which needs a column.
  static func oneRow(_ name: String) -> KQLPipeline {
    var pipeline = KQLPipeline(source: "print \(name) = 1")
    pipeline.printed = []
    return pipeline
  }

  var stageCount: Int { stages.count }

  /// Adds a condition, unless the stage before is the same.
  mutating func keep(_ condition: String) {
    if stages.last != "where \(condition)" { add("where \(condition)") }
  }

  mutating func add(_ stage: String) {
    stages.append(stage)
    made = []
    printed = nil
  }

  mutating func extend(_ name: String, _ piece: KQLPiece) {
    let part = "\(KQLName.text(name)) = \(piece.text)"
    if let columns = printed, made.isDisjoint(with: piece.reads), !made.contains(name) {
      source = columns.isEmpty ? "print \(part)" : "\(source),\n      \(part)"
      printed = columns + [KQLName.text(name)]
      made.insert(name)
      names.insert(name)
      return
    }
    printed = nil
    if stages.isEmpty { made = [] }
    if !made.isEmpty, made.isDisjoint(with: piece.reads), !made.contains(name), let last = stages.last {
      stages[stages.count - 1] = "\(last),\n         \(part)"
    } else {
      stages.append("extend \(part)")
      made = []
    }
    made.insert(name)
    names.insert(name)
  }

  mutating func settleLists() {
    let waiting = lists
    lists = [:]
    for name in waiting.keys.sorted() { if let stage = waiting[name] { add(stage) } }
    names.formUnion(waiting.keys)
  }

  mutating func settleOrder() {
    if !order.isEmpty { add("sort by \(order.map(\.text).joined(separator: ", "))") }
    order = []
  }

  var text: String {
    let lines = stages.enumerated().flatMap { index, stage in
      (comments[index] ?? []).map { "// \($0)" } + ["| \(stage)"]
    }
    return ([source] + lines).joined(separator: "\n")
  }

  /// In parentheses, as an operand.
  var nested: String {
    "(\(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n    ")))"
  }
}
