import Diagnostics
import Engine

/// Grouping: `summarize`.
extension KQLWriter {
  func aggregated(_ aggregate: Aggregate) throws(WritingRefusal) -> KQLPipeline {
    var result = try rows(of: aggregate.input)
    origin = aggregate.origin
    var keys: [(column: PlanColumn, piece: KQLPiece)] = []
    var checks: [String] = []
    for key in aggregate.keys {
      let piece = try value(key.expression)
      if aggregate.dropsNullKeys, let presence = piece.presence { checks.append(presence) }
      keys.append((key.column, piece))
    }
    if !checks.isEmpty { result.keep(checks.uniqued.joined(separator: " and ")) }
    var items: [String] = []
    var outputs: [(ColumnID, KQLPiece)] = []
    var dropped: [String] = []
    let keyNames = Set(keys.map(\.column.name))
    for item in aggregate.items {
      guard let column = item.outputs.first, item.outputs.count == 1 else {
        throw refusal("an aggregate that gives several columns")
      }
      let name = keyNames.contains(column.name) || column.name.isEmpty ? freshName("value") : column.name
      let made = try self.item(item.call)
      if let beside = made.beside {
        items.append("(\(beside), \(KQLName.text(name))) = \(made.text)")
        dropped.append(beside)
      } else {
        items.append("\(KQLName.text(name)) = \(made.text)")
      }
      outputs.append((column.id, made.column(name)))
    }
    var by: [String] = []
    for (column, piece) in keys {
      let name = column.name.isEmpty ? freshName("key") : column.name
      by.append(piece.columnName == name ? piece.text : "\(KQLName.text(name)) = \(piece.text)")
      var own = piece.column(name)
      if aggregate.dropsNullKeys { own.mayBeEmpty = false }
      outputs.append((column.id, own))
    }
    let list = items.joined(separator: ", ")
    let keysText = by.isEmpty ? "" : " by \(by.joined(separator: ", "))"
    result.order = []
    result.add("summarize \(list)\(keysText)")
    if !dropped.isEmpty { result.add("project-away \(dropped.joined(separator: ", "))") }
    for (id, piece) in outputs { pieces[id] = piece }
    result.names = Set(outputs.compactMap(\.1.columnName))
    return result
  }

  /// `eventstats`: what was worked out for a group stands beside each of its rows.
  func groupStatistics(
    _ statistics: EventStatsOperator, over input: LogicalPlan, _ origin: PlanOrigin
  ) throws(WritingRefusal) -> KQLPipeline {
    let rows = try self.rows(of: input)
    self.origin = origin
    let name = freshName("rows")
    statements.append("let \(name) = \(rows.text);")
    var result = KQLPipeline(source: name, names: rows.names)
    var right = KQLPipeline(source: name)
    var checks: [String] = []
    var by: [String] = []
    var leftKeys: [String] = []
    var rightKeys: [String] = []
    for key in statistics.keys {
      let piece = try value(key)
      if let presence = piece.presence { checks.append(presence) }
      let rightKey = freshName("key")
      by.append("\(rightKey) = \(piece.asText.text)")
      rightKeys.append(rightKey)
      leftKeys.append(columnName(of: piece.asText, freshName("key"), in: &result))
    }
    var items: [String] = []
    for item in statistics.items {
      guard let column = item.outputs.first, item.outputs.count == 1 else {
        throw refusal("an aggregate that gives several columns")
      }
      let own = result.names.contains(column.name) ? freshName(column.name) : column.name
      let made = try self.item(item.call)
      if made.beside != nil { throw refusal("a row by its time") }
      items.append("\(KQLName.text(own)) = \(made.text)")
      result.names.insert(own)
      var piece = made.column(own)
      piece.mayBeEmpty = true
      pieces[column.id] = piece
    }
    if !checks.isEmpty { right.add("where \(checks.joined(separator: " and "))") }
    let all = items.joined(separator: ", ")
    if by.isEmpty {
      // One row for all: it stands beside each.
      let key = freshName("all")
      right.add("summarize \(all)")
      right.add("extend \(key) = 1")
      result.add("extend \(key) = 1")
      result.add("join kind=leftouter \(right.nested) on \(key)")
    } else {
      right.add("summarize \(all) by \(by.joined(separator: ", "))")
      let keys = zip(leftKeys, rightKeys).map { "$left.\(KQLName.text($0)) == $right.\($1)" }
      result.add("join kind=leftouter \(right.nested) on \(keys.joined(separator: ", "))")
    }
    return result
  }

  private struct Made {
    var text: String
    var kind: KQLPiece.Kind
    var mayBeEmpty = true
    /// A column that comes along and is not wanted.
    var beside: String?
    var isReal = false

    func column(_ name: String) -> KQLPiece {
      var piece = KQLPiece.column(name, kind, mayBeEmpty: mayBeEmpty)
      piece.isReal = isReal
      return piece
    }
  }

  private func item(_ call: AggregateCall) throws(WritingRefusal) -> Made {
    // `count(eval(…))` counts the rows for which a condition is true.
    if let first = call.arguments.first, first.type == .bool, call.function === CountAggregates.splCount {
      return Made(text: "countif(\(try truth(first).text))", kind: .number, mayBeEmpty: false)
    }
    let isEarliest = call.function === OrderAggregates.earliest
    if isEarliest || call.function === OrderAggregates.latest {
      guard let argument = call.arguments.first, call.arguments.count == 2 else {
        throw refusal("a row by its time")
      }
      let piece = try value(argument)
      let time = try value(call.arguments[1]).asMoment
      if piece.text == time.text {
        return Made(text: "\(isEarliest ? "min" : "max")(\(time.text))", kind: .moment)
      }
      let ordered = piece.presence.map { "iff(\($0), \(time.text), datetime(null))" } ?? time.text
      return Made(
        text: "\(isEarliest ? "arg_min" : "arg_max")(\(ordered), \(piece.text))", kind: piece.kind,
        beside: freshName("time"))
    }
    var arguments: [KQLPiece] = []
    for argument in call.arguments { arguments.append(try value(argument)) }
    if call.function.meaning == .distinctCount, arguments.first?.isRaw == true, let identity = table?.idColumn
    {
      remark("events are told apart by `\(identity)`, not by their whole text", changesRows: true)
      return Made(text: "count_distinct(\(KQLName.text(identity)))", kind: .number, mayBeEmpty: false)
    }
    if arguments.contains(where: { $0.isRaw }) { throw refusal("the raw event as a value") }
    // Several values of one row count one by one, which a set or list of lists does too.
    let isSet = call.function === CollectionAggregates.splValues
    if let list = arguments.first, list.kind == .list, isSet || call.function === CollectionAggregates.splList
    {
      return Made(text: "\(isSet ? "make_set" : "make_list")(\(list.text))", kind: .list)
    }
    if arguments.contains(where: { $0.kind == .list }) {
      throw refusal("an aggregate over fields of several values")
    }
    let type = call.function.resultTypes(of: call.types, constants: [])?.first ?? .real
    var kind = KQLPiece.Kind(type)
    let isExtreme = call.function === ExtremeAggregates.splMin || call.function === ExtremeAggregates.splMax
    if isExtreme, let piece = arguments.first {
      kind = piece.kind
      if piece.kind == .text, let presence = piece.presence {
        let name = call.function === ExtremeAggregates.splMin ? "minif" : "maxif"
        return Made(text: "\(name)(\(piece.text), \(presence))", kind: kind)
      }
    }
    if call.function === SumAggregates.splSum, arguments.first?.presence != nil {
      remark("a sum of no value is 0 in KQL, and missing in Splunk", changesRows: true)
    }
    if call.function === SumAggregates.splAverage, arguments.first?.presence != nil {
      remark("an average of no value is not a number in KQL, and missing in Splunk", changesRows: true)
    }
    let isCount = call.function === CountAggregates.splCount || call.function.meaning == .distinctCount
    // A value that may be empty is passed over there: the form with a condition does so here.
    let isCountOfRows = call.function === CountAggregates.splCount && arguments.first?.presence == nil
    if isCountOfRows {
      arguments = []
    } else if let first = arguments.first, let presence = first.presence,
      call.function.spellings.fitting(.kql, count: arguments.count + 1) != nil
    {
      arguments.append(test(presence, .comparison, first.reads))
    }
    if call.function === PercentileAggregates.splPercentile
      || call.function === PercentileAggregates.splMedian
    {
      throw refusal(
        "`\(call.function.name(in: call.dialect.language))`, which works out what lies between two values; "
          + "`percentile` of KQL gives one of them")
    }
    guard let spelling = call.function.spellings.fitting(.kql, count: arguments.count) else {
      throw refusal(
        "`\(call.function.name(in: call.dialect.language))`, which KQL has no aggregate for")
    }
    var made = Made(text: KQLWriter.text(spelling, arguments), kind: kind, mayBeEmpty: !isCount)
    // A sum of whole numbers is one.
    let isOfArgument = isExtreme || call.function === SumAggregates.splSum
    made.isReal =
      kind == .number && type == .real && !isCount
      && (!isOfArgument || arguments.first?.asNumber.isReal == true)
    return made
  }
}
