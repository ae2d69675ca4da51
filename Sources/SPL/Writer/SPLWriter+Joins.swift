import Diagnostics
import Engine

/// `join` with a subsearch. Splunk pairs by fields of one name, and takes the right side's value of any other name that
/// both have: the right side's fields get names of their own.
extension SPLWriter {
  func joined(_ join: Join) throws(WritingRefusal) -> SPLPipeline {
    if join.kind == .rightouter || join.kind == .rightsemi || join.kind == .rightanti {
      return try joined(join.turned)
    }
    var left = try pipeline(join.left)
    origin = join.origin
    if join.kind == .fullouter { throw refusal("a join that keeps the rows of both sides") }
    let (keys, leftFilled) = try keyFields(join.keys.map(\.left), join.nullsMatch, in: &left)
    let wanted = join.outputs.filter { !$0.fromLeft }
    let kept = join.outputs.filter(\.fromLeft).compactMap { output in
      join.left.columns.first { $0.id == output.source }
    }
    try materialize(kept, in: &left)
    var taken = Set(kept.compactMap { fields[$0.id]?.name }).union(keys)
    if join.kind == .innerunique {
      left.stages.append("sort 0 _time")
      left.stages.append("dedup \(keys.map(SPLSpelling.argument).joined(separator: " "))")
      remark(
        "`innerunique` keeps one row of the left side for each key, and does not say which",
        changesRows: true)
    }

    let leftFields = fields
    var right = try pipeline(join.right)
    origin = join.origin
    let (rightKeys, rightFilled) = try keyFields(join.keys.map(\.right), join.nullsMatch, in: &right)
    var columns: [PlanColumn] = []
    var names: [String] = []
    for output in wanted {
      guard let column = join.right.columns.first(where: { $0.id == output.source }) else { continue }
      var name = output.column.name
      if taken.contains(name) { name = freshName(name) }
      taken.insert(name)
      columns.append(column)
      names.append(name)
    }
    try materialize(columns, in: &right)
    var assignments: [String] = []
    for (column, name) in zip(columns, names) {
      guard let old = fields[column.id]?.name, old != name else { continue }
      assignments.append("\(SPLSpelling.field(name))=\(SPLSpelling.field(old))")
    }
    for (own, name) in zip(rightKeys, keys) where own != name {
      assignments.append("\(SPLSpelling.field(name))=\(SPLSpelling.field(own))")
    }
    let isSemi = join.kind == .leftsemi || join.kind == .leftanti
    let marker = freshName("found")
    if isSemi { assignments.append("\(marker)=1") }
    if !assignments.isEmpty { right.stages.append("eval \(assignments.joined(separator: ", "))") }
    let passed = keys + (isSemi ? [marker] : names)
    right.stages.append("table \(passed.map(SPLSpelling.argument).joined(separator: " "))")
    let rightFields = fields
    fields.merge(leftFields) { _, left in left }

    let type = join.kind == .inner || join.kind == .innerunique || join.kind == .leftsemi ? "inner" : "left"
    let most = isSemi ? 1 : join.maximumMatches ?? 0
    left.stages.append(
      "join type=\(type) max=\(most) \(keys.map(SPLSpelling.argument).joined(separator: " ")) \(right.subsearch)"
    )
    remark("Splunk's `join` reads at most 50,000 rows of its subsearch, and 60 seconds")
    if join.kind == .leftanti { left.stages.append("where isnull(\(marker))") }
    let isOuter = join.kind == .leftouter
    for output in join.outputs {
      if output.fromLeft {
        fields[output.column.id] = leftFields[output.source]
      } else if let index = columns.firstIndex(where: { $0.id == output.source }),
        let field = rightFields[output.source]
      {
        fields[output.column.id] = SPLField(
          .field(names[index]), field.kind, mayBeMissing: field.mayBeMissing || isOuter)
      }
    }
    let filled = join.outputs.filter { ($0.fromLeft ? leftFilled : rightFilled).contains($0.source) }
    emptyAgain(filled.map(\.column.id), in: &left)
    left.hasEvents = false
    return left
  }

  /// Fields by which rows are paired. Rows without them are paired with each other where the original does.
  ///
  /// - Returns: also the columns that have the empty text for that.
  private func keyFields(
    _ expressions: [Expression], _ nullsMatch: Bool, in pipeline: inout SPLPipeline
  ) throws(WritingRefusal) -> (names: [String], filled: Set<ColumnID>) {
    var names: [String] = []
    var missing: [String] = []
    for expression in expressions {
      let (name, piece) = try field(for: expression, "key", in: &pipeline)
      names.append(name)
      if nullsMatch, piece.mayBeMissing { missing.append(name) }
    }
    return (names, fillEmpty(missing, in: &pipeline))
  }
}

extension Join {
  /// The same with its sides changed.
  fileprivate var turned: Join {
    var copy = self
    copy.left = right
    copy.right = left
    copy.keys = keys.map { Key($0.right, $0.left) }
    copy.outputs = outputs.map { Output(column: $0.column, source: $0.source, fromLeft: !$0.fromLeft) }
    switch kind {
    case .rightouter: copy.kind = .leftouter
    case .rightsemi: copy.kind = .leftsemi
    case .rightanti: copy.kind = .leftanti
    case .inner, .innerunique, .leftouter, .fullouter, .leftsemi, .leftanti: break
    }
    return copy
  }
}
