import Diagnostics
import Engine

/// Stages that stand for one operator each.
extension KQLWriter {
  func projected(_ project: Project) throws(WritingRefusal) -> KQLPipeline {
    var result = try rows(of: project.input)
    origin = project.origin
    var made: [(PlanColumn, KQLPiece)] = []
    var kept: Set<String> = []
    for assignment in project.assignments {
      if case .column(let source) = assignment.expression {
        pieces[assignment.column.id] = try value(assignment.expression)
        if let piece = pieces[source.id] { kept.formUnion(piece.reads) }
      } else if let constant = named(assignment) {
        pieces[assignment.column.id] = constant
      } else {
        made.append((assignment.column, try value(assignment.expression)))
      }
    }
    for (column, piece) in made {
      // A column of the table under that name may still be read.
      let isBusy =
        kept.contains(column.name)
        || (result.names.contains(column.name) && !isReplaced(column.name, project))
      let name = isBusy || column.name.isEmpty ? freshName("value") : column.name
      // Another name for a column is none of its own yet.
      if piece.columnName != nil {
        pieces[column.id] = piece
        kept.formUnion(piece.reads)
        continue
      }
      var piece = piece
      piece.standIn = nil
      result.extend(name, piece)
      pieces[column.id] = piece.column(name)
    }
    return result
  }

  /// The column of that name was one of the search, not of the table.
  private func isReplaced(_ name: String, _ project: Project) -> Bool {
    project.input.columns.contains { $0.name == name && pieces[$0.id]?.columnName == name }
  }

  func sorted(_ sort: Sort) throws(WritingRefusal) -> KQLPipeline {
    var result = try pipeline(sort.input)
    if result.lists.isEmpty == false, sort.origin.span != nil { result.settleLists() }
    // The order that events are found in, and that groups come in, is no order that anyone wrote.
    let isWritten = sort.origin.span != nil && sort.origin.span != sort.input.origin.span
    origin = sort.origin
    var keys: [KQLPipeline.OrderKey] = []
    var rest = sort.keys[...]
    while let key = rest.first {
      if let text = textKey(rest) {
        rest = rest.dropFirst(text.count)
        if text.isLossy, try value(text.key.expression).kind == .text {
          remark(
            "Splunk sorts values that are numbers or addresses as such; here all are sorted as texts",
            changesRows: true)
        }
        keys += try orderKeys(text.key, in: &result)
        continue
      }
      rest = rest.dropFirst()
      keys += try orderKeys(key, in: &result)
    }
    result.order = keys
    if let limit = sort.limit {
      result.settleOrder()
      result.add("take \(limit)")
    } else if isWritten {
      result.settleOrder()
    }
    return result
  }

  /// `sort user` goes by four keys: whether there is a value, its number, its address, its text. `sort str(user)` goes
  /// by the first and the last of them.
  private func textKey(_ keys: ArraySlice<Sort.Key>) -> (key: Sort.Key, count: Int, isLossy: Bool)? {
    let next = Array(keys.prefix(4))
    guard let missing = Predicate(next[0].expression)?.meaning, missing.test == .present, missing.isNegated,
      !next[0].descending
    else { return nil }
    if next.count == 4, case .call(let call) = next[2].expression,
      call.function === SPLRowFunctions.addressKey
    {
      return (next[3], 4, true)
    }
    guard next.count > 1, next[1].expression.columns == next[0].expression.columns, !next[1].nullsFirst,
      next[1].expression.type == .string
    else { return nil }
    if case .call(let call) = next[1].expression, call.function === SPLRowFunctions.addressKey { return nil }
    return (next[1], 2, false)
  }

  private func orderKeys(
    _ key: Sort.Key, in pipeline: inout KQLPipeline
  ) throws(WritingRefusal) -> [KQLPipeline.OrderKey] {
    var piece = try value(key.expression)
    // Values of any shape have no order there.
    if piece.kind == .list || piece.kind == .json { piece = piece.asText }
    let name = columnName(of: piece, freshName("order"), in: &pipeline)
    var own = KQLPipeline.OrderKey(column: name, descending: key.descending)
    if !piece.mayBeEmpty || key.nullsFirst != key.descending { return [own] }
    if piece.kind != .text {
      own.nulls = key.nullsFirst ? .first : .last
      return [own]
    }
    // A text that is missing there is empty here, which is the least of all texts.
    let missing = freshName("order")
    pipeline.extend(missing, test("isempty(\(KQLName.text(name)))", .primary, [name]))
    return [KQLPipeline.OrderKey(column: missing, descending: key.nullsFirst), own]
  }

  func expanded(_ expand: Expand) throws(WritingRefusal) -> KQLPipeline {
    var result = try rows(of: expand.input)
    origin = expand.origin
    guard expand.items.count == 1, let item = expand.items.first, expand.indexColumn == nil else {
      throw refusal("several lists that are expanded side by side")
    }
    let piece = try value(item.source)
    guard piece.kind == .list || piece.kind == .json else {
      // One value is a list of one.
      pieces[item.column.id] = piece
      return result
    }
    let isBusy = result.names.contains(item.column.name) && piece.columnName != item.column.name
    let name = isBusy || item.column.name.isEmpty ? freshName("element") : item.column.name
    let limit = expand.rowLimit.map { " limit \($0)" } ?? ""
    // Rows without a value go on without one.
    let kept = expand.keepsEmpty
    let list =
      kept
      ? "iff(array_length(\(piece.text)) > 0, \(piece.text), dynamic([\"\"]))" : piece.text
    result.add("mv-expand \(KQLName.text(name)) = \(list) to typeof(string)\(limit)")
    result.names.insert(name)
    pieces[item.column.id] = .column(name, .text)
    return result
  }

  func united(_ union: Union) throws(WritingRefusal) -> KQLPipeline {
    var parts: [String] = []
    var kinds: [KQLPiece.Kind?] = Array(repeating: nil, count: union.columns.count)
    for leg in union.legs {
      var part = try rows(of: leg.plan)
      origin = union.origin
      var columns: [PlanColumn] = []
      var names: [String] = []
      for (index, source) in leg.sources.enumerated() {
        guard let source, let column = leg.plan.columns.first(where: { $0.id == source }),
          let piece = pieces[source]
        else { continue }
        if let kind = kinds[index], kind != piece.kind {
          throw refusal("`\(union.columns[index].name)`, which has values of two types")
        }
        kinds[index] = piece.kind
        columns.append(column)
        names.append(union.columns[index].name)
      }
      select(columns, names, in: &part)
      parts.append(part.nested)
    }
    for (index, column) in union.columns.enumerated() {
      pieces[column.id] = .column(column.name, kinds[index] ?? .text)
    }
    return KQLPipeline(
      source: "union\n    \(parts.joined(separator: ",\n    "))", names: Set(union.columns.map(\.name)))
  }

  /// Rows that the query or a file beside it holds.
  func rows(_ inline: Inline) throws(WritingRefusal) -> KQLPipeline {
    origin = inline.origin
    if inline.columns.isEmpty {
      // Rows of which nothing is read.
      if inline.table.rowCount == 1 { return .oneRow(freshName("row")) }
      return KQLPipeline(source: "range \(freshName("row")) from 1 to \(inline.table.rowCount) step 1")
    }
    guard inline.table.rowCount <= 500 else {
      throw refusal("a table of \(inline.table.rowCount) rows; a watchlist can hold it")
    }
    let kinds = zip(inline.table.columns, inline.columns).map { column, field in
      field.type == .dynamic ? KQLWriter.scalarType(of: column) : field.type
    }
    var cells: [String] = []
    for row in 0..<inline.table.rowCount {
      let values = zip(inline.table.columns, kinds).map { column, type -> String in
        var value = column.value(at: row)
        if type != .dynamic, case .dynamic(let tree) = value { value = tree.scalar ?? .null }
        return KQLName.constant(value, type).text
      }
      cells.append("    " + values.joined(separator: ", "))
    }
    var types: [String] = []
    for (column, type) in zip(inline.columns, kinds) {
      types.append("\(KQLName.text(column.name)):\(type.rawValue)")
      pieces[column.id] = .column(column.name, KQLPiece.Kind(type))
    }
    return KQLPipeline(
      source: "datatable(\(types.joined(separator: ", ")))[\n\(cells.joined(separator: ",\n"))\n]",
      names: Set(inline.columns.map(\.name)))
  }

  /// The type that all values of a column of any have; `dynamic` where they have several, or where one is a list.
  private static func scalarType(of column: Column) -> DataType {
    var found: Set<DataType> = []
    for row in 0..<column.count {
      guard case .dynamic(let tree) = column.value(at: row) else { continue }
      if tree == .null { continue }
      guard let type = tree.scalar?.naturalType else { return .dynamic }
      found.insert(type)
    }
    if found == [.long, .real] { return .real }
    return found.count == 1 ? found.first ?? .dynamic : .dynamic
  }
}
