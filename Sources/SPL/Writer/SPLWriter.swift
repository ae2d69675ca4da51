import Diagnostics
package import Engine

/// Writes a plan as a search, stage by stage, so that it gives the same rows.
///
/// ```
///   AWSCloudTrail                               index=* sourcetype="aws:cloudtrail" eventSource="ses.amazonaws.com"
///   | where EventSource =~ "ses.amazonaws.com"
///   | summarize n = count() by AWSRegion        | stats count as n by awsRegion
///                                               | rename awsRegion as AWSRegion
/// ```
/// Fields keep the names that the events have; the columns of the result get theirs at the end. A text that is empty
/// in the original may be missing in the search and the other way round: conditions are written for both.
package final class SPLWriter: PlanWriting {
  let tables: [TableTwin]
  var fields: [ColumnID: SPLField] = [:]
  /// What the stage that is being written asks for.
  var asked = Asked()
  /// Constants that have names in the original, and may have them here.
  private var constants: [NamedConstant] = []
  /// Fields that an event may have, but for what is below them.
  private(set) var eventRoots: Set<String> = []
  /// Shared definitions, written out at each place that reads them.
  var definitions: [Int: LogicalPlan] = [:]
  package var state: WritingState
  package var title: String { "SPL" }

  /// What must stand before a stage for its expressions. The stages of a subquery have their own.
  struct Asked {
    /// Stages.
    var stages: [String] = []
    /// Constants in fields of their names.
    var constants: [NamedConstant] = []
    /// Values of subqueries that are there by then.
    var subqueries: [Int: SPLPiece] = [:]
  }

  private init(_ tables: [TableTwin], _ state: WritingState) {
    self.tables = tables
    self.state = state
  }

  package static func write(
    _ plan: LogicalPlan, _ tables: [TableTwin], _ comments: [QueryComment], _ constants: [NamedConstant]
  ) throws(WritingRefusal) -> WrittenPlan {
    let writer = SPLWriter(tables, WritingState(comments, constants, of: plan))
    let plan = PruneColumns.rewrite(plan.foldingConstants)
    writer.takeNames(of: plan)
    var pipeline = try writer.pipeline(plan)
    try writer.finish(&pipeline, plan.columns)
    let rest = SPLPipeline.comments(writer.commentsWithoutPlace())
    return WrittenPlan(
      text: (rest + [pipeline.text]).joined(separator: "\n"), remarks: writer.state.remarks.uniqued)
  }

  func pipeline(_ plan: LogicalPlan) throws(WritingRefusal) -> SPLPipeline {
    try node { () throws(WritingRefusal) in try stages(of: plan) }
  }

  private func stages(of plan: LogicalPlan) throws(WritingRefusal) -> SPLPipeline {
    switch plan {
    case .scan(let scan): return try events(scan)
    case .filter(let filter): return try filtered(filter)
    case .project(let project): return try projected(project)
    case .aggregate(let aggregate): return try aggregated(aggregate)
    case .join(let join): return try joined(join)
    case .union(let union): return try united(union)
    case .sort(let sort): return try sorted(sort)
    case .limit(let limit):
      var result = try pipeline(limit.input)
      result.stages.append("head \(limit.count)")
      return result
    case .expand(let expand): return try expanded(expand)
    case .with(let with):
      for definition in with.definitions { definitions[definition.id] = definition.plan }
      return try pipeline(with.body)
    case .reference(let reference): return try read(reference)
    case .inline(let inline): return try rows(inline)
    case .window(let window):
      origin = window.origin
      let names = window.items.map { "`\($0.function.names.first?.text ?? "")`" }.uniqued
      throw refusal("\(names.joined(separator: ", ")), which depends on the order of rows")
    case .tabular(let call):
      origin = call.origin
      throw refusal("`\(call.operator.label)`")
    case .argument, .apply:
      origin = plan.origin
      throw refusal("what is done for each group of rows")
    }
  }

  private func read(_ reference: Reference) throws(WritingRefusal) -> SPLPipeline {
    guard let plan = definitions[reference.id] else { throw refusal("rows that are defined elsewhere") }
    let result = try pipeline(plan)
    for source in reference.sources { fields[source.column.id] = fields[source.source] }
    return result
  }

  // MARK: - The result

  /// Gives the columns of the result their names, in their order.
  private func finish(_ pipeline: inout SPLPipeline, _ columns: [PlanColumn]) throws(WritingRefusal) {
    if let time = columns.first(where: { $0.name == "_time" }), fields[time.id]?.kind == .list {
      throw refusal("a list called `_time`, which is one time in a search")
    }
    let trees = columns.filter { $0.type == .dynamic && fields[$0.id]?.kind == .json }
    if !trees.isEmpty {
      remark(
        "\(trees.map { "`\($0.name)`" }.joined(separator: ", ")): an object or a list is its JSON text in the search",
        changesRows: true)
    }
    try name(columns, columns.map(\.name), in: &pipeline)
    pipeline.stages.append("table \(columns.map { SPLSpelling.argument($0.name) }.joined(separator: " "))")
  }

  /// Gives columns names of their own: no two share a field then.
  func name(
    _ columns: [PlanColumn], _ names: [String], in pipeline: inout SPLPipeline
  ) throws(WritingRefusal) {
    try materialize(columns, in: &pipeline)
    var copies: [String] = []
    var renames: [String] = []
    var taken: Set<String> = []
    let wanted = Set(names)
    for (column, name) in zip(columns, names) {
      guard var field = fields[column.id], let old = field.name else { continue }
      if old == name, taken.insert(old).inserted { continue }
      // A field that another column has too is copied; so is one whose new name another still has.
      let isShared = columns.filter { fields[$0.id]?.name == old }.count > 1
      let isBusy = columns.contains { $0.id != column.id && fields[$0.id]?.name == name }
      if isShared || isBusy || wanted.contains(old) {
        let made = isBusy ? freshName(name) : name
        copies.append("\(SPLSpelling.field(made))=\(SPLSpelling.field(old))")
        if made != name { renames.append("\(SPLSpelling.argument(made)) as \(SPLSpelling.argument(name))") }
      } else {
        taken.insert(old)
        renames.append("\(SPLSpelling.argument(old)) as \(SPLSpelling.argument(name))")
      }
      field.place = .field(name)
      named[column.id] = field
    }
    if !copies.isEmpty { pipeline.stages.append("eval \(copies.joined(separator: ", "))") }
    if !renames.isEmpty { pipeline.stages.append("rename \(renames.joined(separator: ", "))") }
    for (id, field) in named { fields[id] = field }
    named = [:]
  }

  private var named: [ColumnID: SPLField] = [:]

  /// Gives fields to what is read out of the event itself.
  func materialize(_ columns: [PlanColumn], in pipeline: inout SPLPipeline) throws(WritingRefusal) {
    var assignments: [String] = []
    for column in columns {
      guard let field = fields[column.id] else { throw refusal("the column `\(column.name)`") }
      let text: String
      switch field.place {
      case .field: continue
      case .event(let path): text = SPLJSONPlace(base: SPLJSONPlace.event, path: path).text
      case .constant(let constant): text = constant
      }
      let name = freeName(column.name, beside: columns)
      assignments.append("\(SPLSpelling.field(name))=\(text)")
      fields[column.id] = SPLField(.field(name), field.kind, mayBeMissing: true)
    }
    if !assignments.isEmpty { pipeline.stages.append("eval \(assignments.joined(separator: ", "))") }
  }

  /// The name of a column, or one like it that no other column has.
  func freeName(_ name: String, beside columns: [PlanColumn]) -> String {
    let taken = Set(columns.compactMap { fields[$0.id]?.name })
    if !taken.contains(name) { return name }
    var number = 2
    while taken.contains("\(name)_\(number)") { number += 1 }
    return "\(name)_\(number)"
  }

  /// Adds the stages that the last expressions asked for.
  func flush(_ pipeline: inout SPLPipeline) {
    for constant in asked.constants where pipeline.constants.insert(constant.name).inserted {
      let comments = comments(of: constant)
      if !comments.isEmpty { pipeline.comments[pipeline.stages.count, default: []] += comments }
      let value = SPLSpelling.constant(constant.value)?.text ?? ""
      pipeline.stages.append("eval \(constant.name)=\(value)")
    }
    pipeline.stages += asked.stages
    asked = Asked()
  }

  // MARK: - Constants with names

  /// Names that fields have, in the events or in the plan.
  private func takeNames(of plan: LogicalPlan) {
    let paths = tables.flatMap { $0.columns.flatMap(\.paths) }
    eventRoots = Set(paths.map { path in String(path.prefix { $0 != "." }) })
    var names = eventRoots
    plan.forEachNode { names.formUnion($0.columns.map(\.name)) }
    constants = state.constants.unmistakable(in: plan).filter { constant in
      guard SPLSpelling.field(constant.name) == constant.name, !names.contains(constant.name),
        SPLSpelling.constant(constant.value) != nil
      else { return false }
      switch constant.value {
      case .long, .real, .decimal, .string, .timespan, .datetime: return true
      case .null, .bool, .guid, .dynamic: return false
      }
    }
  }

  /// The field of a constant that has a name in the stage that is being written.
  func named(_ value: Value) -> String? {
    guard let constant = constants.named(value, in: origin.span) else { return nil }
    asked.constants.append(constant)
    return constant.name
  }
}
