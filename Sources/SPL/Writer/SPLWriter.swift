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
  /// Stages that must run before the one that is being written.
  var before: [String] = []
  /// Shared definitions, written out at each place that reads them.
  var definitions: [Int: LogicalPlan] = [:]
  package var state: WritingState
  package var title: String { "SPL" }

  private init(_ tables: [TableTwin], _ state: WritingState) {
    self.tables = tables
    self.state = state
  }

  package static func write(
    _ plan: LogicalPlan, _ tables: [TableTwin], _ comments: [QueryComment]
  ) throws(WritingRefusal) -> WrittenPlan {
    let writer = SPLWriter(tables, WritingState(comments, of: plan))
    let plan = PruneColumns.rewrite(plan.foldingConstants)
    var pipeline = try writer.pipeline(plan)
    try writer.finish(&pipeline, plan.columns)
    return WrittenPlan(text: pipeline.text, remarks: writer.state.remarks.uniqued)
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
    pipeline.stages += before
    before = []
  }
}
