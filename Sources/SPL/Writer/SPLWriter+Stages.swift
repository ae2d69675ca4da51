import Diagnostics
import Engine

/// Stages that stand for one operator each.
extension SPLWriter {
  func projected(_ project: Project) throws(WritingRefusal) -> SPLPipeline {
    var result = try pipeline(project.input)
    origin = project.origin
    var made: [Assignment] = []
    var kept: Set<String> = []
    for assignment in project.assignments {
      if case .column(let source) = assignment.expression {
        fields[assignment.column.id] = fields[source.id]
        if let name = fields[source.id]?.name { kept.insert(name) }
      } else {
        made.append(assignment)
      }
    }
    try parsed(&made, keeping: kept, in: &result)
    try assign(made, keeping: kept, in: &result)
    return result
  }

  /// `eval` works from left to right: what reads a field comes before what takes its name.
  private func assign(
    _ assignments: [Assignment], keeping kept: Set<String>, in pipeline: inout SPLPipeline
  ) throws(WritingRefusal) {
    var written: [(column: PlanColumn, piece: SPLPiece, reads: Set<String>)] = []
    for assignment in assignments {
      let piece = try assigned(assignment.expression)
      // What stands inside the event needs no field of its own before a stage asks for its value.
      if piece.kind == .json, let place = piece.place, place.base == SPLJSONPlace.event, pipeline.hasEvents {
        fields[assignment.column.id] = SPLField(.event(path: place.path), .json, mayBeMissing: true)
        continue
      }
      var reads: Set<String> = []
      for id in assignment.expression.columns { if let name = fields[id]?.name { reads.insert(name) } }
      written.append((assignment.column, piece, reads))
    }
    flush(&pipeline)
    var texts: [String] = []
    var taken = kept
    while !written.isEmpty {
      let isFree = written.indices.first { index in
        !written.indices.contains { $0 != index && written[$0].reads.contains(written[index].column.name) }
      }
      let (column, piece, _) = written.remove(at: isFree ?? 0)
      var name = column.name
      if isFree == nil || taken.contains(name) || name.hasPrefix("_") || !SPLSpelling.isUsable(name) {
        name = freshName(SPLSpelling.isUsable(name) ? name : "value")
      }
      taken.insert(name)
      texts.append("\(SPLSpelling.field(name))=\(piece.text)")
      fields[column.id] = SPLField(.field(name), piece.kind, mayBeMissing: piece.mayBeMissing)
      if piece.isSingle { fields[column.id]?.kind = .list }
    }
    if !texts.isEmpty { pipeline.stages.append("eval \(texts.joined(separator: ", "))") }
  }

  func sorted(_ sort: Sort) throws(WritingRefusal) -> SPLPipeline {
    var result = try pipeline(sort.input)
    origin = sort.origin
    var keys: [String] = []
    for key in sort.keys {
      let own = try sortKey(key.expression, descending: key.descending, in: &result)
      // Splunk puts rows without a value last in either direction.
      if key.nullsFirst, own.piece.mayBeMissing, own.piece.kind != .text {
        let order = freshName("order")
        result.stages.append("eval \(order)=if(isnotnull(\(own.piece.text)), 1, 0)")
        keys.append(order)
      }
      keys.append(own.text)
    }
    result.stages.append("sort \(sort.limit ?? 0) \(keys.joined(separator: ", "))")
    return result
  }

  /// A key of `sort`, which goes by the letters of texts only where it is told to. An empty text is the least of all.
  func sortKey(
    _ expression: Expression, descending: Bool, in pipeline: inout SPLPipeline
  ) throws(WritingRefusal) -> (text: String, piece: SPLPiece) {
    let (name, piece) = try field(for: expression, "order", in: &pipeline)
    let argument = SPLSpelling.argument(name)
    if piece.kind != .text { return ((descending ? "- " : "") + argument, piece) }
    // It is beside what is missing, which would come after it.
    if piece.mayBeMissing {
      fillEmpty([name], in: &pipeline)
    }
    return ("\(descending ? "- " : "")str(\(argument))", piece)
  }

  /// The field that holds a value; one is made where there is none.
  func field(
    for expression: Expression, _ stem: String, in pipeline: inout SPLPipeline
  ) throws(WritingRefusal) -> (name: String, piece: SPLPiece) {
    var piece = try assigned(expression)
    if case .column(let column) = expression, let name = fields[column.id]?.name { return (name, piece) }
    flush(&pipeline)
    let name = freshName(stem)
    pipeline.stages.append("eval \(SPLSpelling.field(name))=\(piece.text)")
    (piece.text, piece.strength, piece.place) = (SPLSpelling.field(name), .primary, nil)
    return (name, piece)
  }

  func expanded(_ expand: Expand) throws(WritingRefusal) -> SPLPipeline {
    var result = try pipeline(expand.input)
    origin = expand.origin
    guard expand.items.count == 1, let item = expand.items.first else {
      throw refusal("several lists that are expanded side by side")
    }
    guard expand.indexColumn == nil else { throw refusal("the place of an element") }
    let piece = try value(item.source)
    flush(&result)
    let others = expand.outputs.filter { $0.id != item.column.id }
    let taken = Set(others.compactMap { fields[$0.id]?.name })
    let name = taken.contains(item.column.name) ? freshName(item.column.name) : item.column.name
    let field = SPLSpelling.field(name)
    if piece.kind == .list {
      result.stages.append("eval \(field)=\(piece.text)")
      if !expand.keepsEmpty { result.stages.append("where isnotnull(\(field))") }
    } else {
      if let place = piece.place, place.base == SPLJSONPlace.event, place.path.isEmpty {
        throw refusal("the event as a list")
      }
      if piece.text != field { result.stages.append("eval \(field)=\(piece.text)") }
      // A row without a list stays, one with an empty list goes.
      if !expand.keepsEmpty { result.stages.append("where isnull(\(field)) OR \(field)!=\"[]\"") }
      result.stages.append("eval \(field)=if(like(\(field), \"[%\"), json_array_to_mv(\(field)), \(field))")
    }
    let limit = expand.rowLimit.map { " limit=\($0)" } ?? ""
    result.stages.append("mvexpand \(SPLSpelling.argument(name))\(limit)")
    fields[item.column.id] = SPLField(.field(name), SPLField.Kind(item.column.type), mayBeMissing: true)
    return result
  }

  func united(_ union: Union) throws(WritingRefusal) -> SPLPipeline {
    var result = SPLPipeline()
    let names = union.columns.map(\.name)
    var missing: [Bool] = Array(repeating: false, count: names.count)
    var kinds: [SPLField.Kind?] = Array(repeating: nil, count: names.count)
    for (position, leg) in union.legs.enumerated() {
      var part = try pipeline(leg.plan)
      origin = union.origin
      var columns: [PlanColumn] = []
      var own: [String] = []
      for (index, source) in leg.sources.enumerated() {
        guard let source, let column = leg.plan.columns.first(where: { $0.id == source }) else {
          missing[index] = true
          continue
        }
        columns.append(column)
        own.append(names[index])
      }
      try name(columns, own, in: &part)
      for (index, source) in leg.sources.enumerated() {
        guard let source, let field = fields[source] else { continue }
        missing[index] = missing[index] || field.mayBeMissing
        if let kind = kinds[index], kind != field.kind {
          kinds[index] = .json
        } else {
          kinds[index] = field.kind
        }
      }
      // Of rows that are only counted no field is asked for.
      if !own.isEmpty { part.stages.append("table \(own.map(SPLSpelling.argument).joined(separator: " "))") }
      part.hasEvents = false
      part.constants = []
      if position == 0 {
        result = part
      } else {
        result.stages.append("append \(part.subsearch)")
        remark("Splunk's `append` reads at most 50,000 rows of its subsearch")
      }
    }
    for (index, column) in union.columns.enumerated() {
      fields[column.id] = SPLField(
        .field(column.name), kinds[index] ?? SPLField.Kind(column.type), mayBeMissing: missing[index])
    }
    return result
  }

  /// Rows that the query itself holds.
  func rows(_ inline: Inline) throws(WritingRefusal) -> SPLPipeline {
    origin = inline.origin
    let table = inline.table
    if inline.columns.isEmpty, table.rowCount > 0 {
      return SPLPipeline(
        stages: [table.rowCount == 1 ? "makeresults" : "makeresults count=\(table.rowCount)"])
    }
    guard table.rowCount > 0, table.rowCount <= 200 else {
      throw refusal("a table of \(table.rowCount) rows; a lookup can hold it")
    }
    var names = inline.columns.map(\.name)
    // A line of one empty cell is none: another field keeps it.
    let isNarrow = names.count == 1
    if isNarrow { names.append(freshName("row")) }
    var lines = [names]
    for row in 0..<table.rowCount {
      var cells: [String] = []
      for column in table.columns {
        guard let text = SPLSpelling.plain(column.value(at: row)) else {
          throw refusal("a number that is infinite or none, among its rows")
        }
        cells.append(text)
      }
      lines.append(isNarrow ? cells + [String(row + 1)] : cells)
    }
    for column in inline.columns {
      fields[column.id] = SPLField(.field(column.name), SPLField.Kind(column.type), mayBeMissing: true)
    }
    let csv = lines.map { $0.map(CSVCell.text).joined(separator: ",") }
    let data = SPLSpelling.text(csv.joined(separator: "\n"))
    return SPLPipeline(stages: ["makeresults format=csv data=\(data)"])
  }
}
