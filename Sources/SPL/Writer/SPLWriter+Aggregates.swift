import Diagnostics
import Engine

/// Grouping: `stats`.
extension SPLWriter {
  func aggregated(_ aggregate: Aggregate) throws(WritingRefusal) -> SPLPipeline {
    var result = try pipeline(aggregate.input)
    origin = aggregate.origin
    let readByItems = aggregate.items.flatMap(\.call.arguments).reduce(into: Set<ColumnID>()) {
      $1.collectColumns(into: &$0)
    }
    var keys: [String] = []
    for key in aggregate.keys {
      let name = try self.key(key, readByItems, aggregate, in: &result)
      keys.append(name)
      if case .column(let column) = key.expression, let field = fields[column.id] {
        fields[key.column.id] = SPLField(.field(name), field.kind, mayBeMissing: field.mayBeMissing)
      }
    }
    let filled = try fill(aggregate, in: &result)
    let order = try rowOrder(aggregate, in: &result)
    var items: [String] = []
    var outputs: [(ColumnID, SPLField)] = []
    var limits: [String] = []
    for item in aggregate.items {
      for made in try self.item(item, keys: keys) {
        if let limit = made.limit {
          let field = SPLSpelling.field(made.name)
          limits.append("\(field)=mvindex(\(field), 0, \(limit - 1))")
        }
        items.append("\(made.text) as \(SPLSpelling.argument(made.name))")
        outputs.append(
          (made.column.id, SPLField(.field(made.name), made.kind, mayBeMissing: made.mayBeMissing)))
      }
    }
    flush(&result)
    if let order { result.stages.append(order) }
    for (id, field) in outputs { fields[id] = field }
    let by = keys.isEmpty ? "" : " by \(keys.map(SPLSpelling.argument).joined(separator: " "))"
    if items.isEmpty {
      result.stages.append("stats count\(by)")
      result.stages.append("fields - count")
    } else {
      result.stages.append("stats \(items.joined(separator: ", "))\(by)")
    }
    if !limits.isEmpty { result.stages.append("eval \(limits.joined(separator: ", "))") }
    for key in aggregate.keys { fields[key.column.id]?.mayBeMissing = false }
    emptyAgain(aggregate.keys.map(\.column.id).filter(filled.contains), in: &result)
    result.hasEvents = false
    result.constants = []
    return result
  }

  /// The field that a group is known by.
  private func key(
    _ key: Assignment, _ readByItems: Set<ColumnID>, _ aggregate: Aggregate, in pipeline: inout SPLPipeline
  ) throws(WritingRefusal) -> String {
    if case .column(let column) = key.expression {
      if fields[column.id]?.name == nil { try materialize([column], in: &pipeline) }
      guard let name = fields[column.id]?.name else { throw refusal("the key `\(key.column.name)`") }
      return name
    }
    if case .call(let call) = key.expression, call.function === BinFunctions.bin, call.arguments.count == 2,
      case .column(let column) = call.arguments[0], let field = fields[column.id], field.kind == .moment,
      let source = field.name, case .timespan(let ticks)? = call.arguments[1].constantValue,
      let span = SPLSpelling.span(ticks), (24 * 3600 * Ticks.perSecond) % ticks == 0
    {
      let isReadAgain =
        readByItems.contains(column.id)
        || aggregate.keys.contains {
          $0.column.id != key.column.id && $0.expression.columns.contains(column.id)
        }
      let name = isReadAgain ? freeName(key.column.name, beside: aggregate.input.columns) : source
      pipeline.stages.append(
        "bin \(SPLSpelling.argument(source)) span=\(span)"
          + (isReadAgain ? " as \(SPLSpelling.argument(name))" : ""))
      fields[key.column.id] = SPLField(.field(name), .moment, mayBeMissing: field.mayBeMissing)
      return name
    }
    let piece = try assigned(key.expression)
    flush(&pipeline)
    let name = freeName(key.column.name, beside: aggregate.input.columns)
    pipeline.stages.append("eval \(SPLSpelling.field(name))=\(piece.text)")
    fields[key.column.id] = SPLField(.field(name), piece.kind, mayBeMissing: piece.mayBeMissing)
    return name
  }

  /// `stats` passes over rows without a key, and values that are missing: where they count, they get the empty text.
  ///
  /// - Returns: what got it.
  private func fill(
    _ aggregate: Aggregate, in pipeline: inout SPLPipeline
  ) throws(WritingRefusal) -> Set<ColumnID> {
    var columns: [ColumnID] = []
    if !aggregate.dropsNullKeys { columns += aggregate.keys.map(\.column.id) }
    let wanted = aggregate.items.filter(\.call.function.countsEmptyTexts).flatMap(\.call.arguments)
      .compactMap { argument in
        if case .column(let column) = argument, column.type == .string { column } else { nil }
      }
    try materialize(wanted.filter { fields[$0.id]?.name == nil }, in: &pipeline)
    columns += wanted.map(\.id)
    return fillEmpty(columns, in: &pipeline)
  }

  private struct Made {
    var text: String
    var name: String
    var column: PlanColumn
    var kind: SPLField.Kind
    var mayBeMissing: Bool
    /// The most values that it keeps.
    var limit: Int64?
  }

  private func item(_ item: Aggregate.Item, keys: [String]) throws(WritingRefusal) -> [Made] {
    let call = item.call
    func name(_ column: PlanColumn) -> String {
      keys.contains(column.name) || column.name.hasPrefix("_") ? freshName(column.name) : column.name
    }
    if call.function.givesRow {
      if call.function === RowAggregates.takeAny || call.function === RowAggregates.any {
        remark(
          "`\(call.function.name(in: call.dialect.language))` takes any row, the search the first of them",
          changesRows: true)
      }
      var made: [Made] = []
      for (column, argument) in zip(item.outputs, call.arguments) {
        let field = try self.argument(argument)
        made.append(
          Made(
            text: "first(\(field.text))", name: name(column), column: column, kind: field.kind,
            mayBeMissing: field.mayBeMissing))
      }
      return made
    }
    guard let column = item.outputs.first, item.outputs.count == 1 else {
      throw refusal("`\(call.function.name(in: call.dialect.language))`, which gives several columns")
    }
    // A constant behind the value is a limit or an accuracy, which Splunk does not have.
    var count = call.arguments.count
    while count > 1, call.function.spellings.fitting(.spl, count: count) == nil,
      call.arguments[count - 1].constantValue != nil
    { count -= 1 }
    var limit: Int64?
    if count < call.arguments.count, call.function.makesList,
      case .long(let most)? = call.arguments[count].constantValue,
      most > 0
    {
      limit = most
      remark(
        "of more values than `\(call.function.name(in: call.dialect.language))` keeps, the search keeps others",
        changesRows: true)
    }
    if call.function === PercentileAggregates.percentile {
      throw refusal(
        "`percentile`, which gives one of the values; `perc` of SPL works out what lies between two of them")
    }
    guard let spelling = call.function.spellings.fitting(.spl, count: count) else {
      throw refusal("`\(call.function.name(in: call.dialect.language))`, which SPL has no aggregate for")
    }
    var kind = SPLField.Kind(column.type)
    var text = ""
    for part in spelling.parts {
      switch part {
      case .text(let piece): text += piece
      case .argument(let index, let reading, _):
        let argument = call.arguments[index]
        if argument.type == .bool, reading == .itself {
          text += try condition(argument, exact: false).text
        } else if spelling.wrapsExpression {
          text += try assigned(argument).text
        } else {
          let written = try self.argument(argument)
          text += written.text
          if index == 0, column.type == argument.type { kind = written.kind }
        }
      case .all: throw refusal("an aggregate over several values")
      }
    }
    if call.function.makesList { kind = .list }
    return [
      Made(
        text: text, name: name(column), column: column, kind: kind,
        mayBeMissing: !call.function.alwaysGivesValue, limit: limit)
    ]
  }

  /// A field, or an expression in `eval(…)`.
  private func argument(_ expression: Expression) throws(WritingRefusal) -> SPLPiece {
    let piece = try assigned(expression)
    if case .column(let column) = expression, let name = fields[column.id]?.name {
      return SPLPiece(SPLSpelling.argument(name), piece.kind, mayBeMissing: piece.mayBeMissing)
    }
    return SPLPiece("eval(\(piece.text))", piece.kind, mayBeMissing: piece.mayBeMissing)
  }

  /// `arg_max` takes the row that comes first when the rows are ordered by its value.
  private func rowOrder(
    _ aggregate: Aggregate, in pipeline: inout SPLPipeline
  ) throws(WritingRefusal) -> String? {
    var order: String?
    for item in aggregate.items where item.call.function.givesRow {
      guard let value = item.call.arguments.first else { continue }
      let isMost = item.call.function === RowAggregates.argMax
      guard isMost || item.call.function === RowAggregates.argMin else { continue }
      let text = "sort 0 \(try sortKey(value, descending: isMost, in: &pipeline).text)"
      if let order, order != text { throw refusal("rows that are chosen by two orders") }
      order = text
    }
    return order
  }
}

extension Spelling {
  /// `count(eval($1))` has a place for an expression, `min($1)` for a field.
  fileprivate var wrapsExpression: Bool { template.contains("eval(") }
}

extension AggregateFunction {
  /// An empty text is a value among others there.
  fileprivate var countsEmptyTexts: Bool {
    meaning == .distinctCount || makesList || givesRow
  }

  fileprivate var makesList: Bool {
    self === CollectionAggregates.makeSet || self === CollectionAggregates.makeList
      || self === CollectionAggregates.makeSetIf || self === CollectionAggregates.makeListIf
  }

  /// It gives values of one of the rows.
  fileprivate var givesRow: Bool {
    self === RowAggregates.argMax || self === RowAggregates.argMin || self === RowAggregates.takeAny
      || self === RowAggregates.any
  }

  fileprivate var alwaysGivesValue: Bool {
    self === CountAggregates.count || self === CountAggregates.countIf || meaning == .distinctCount
  }
}
