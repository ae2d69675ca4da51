import Diagnostics
import Engine

/// What the rows beside a row tell of it: `dedup`, `top`, `fillnull`.
extension KQLWriter {
  func windowed(_ window: Window) throws(WritingRefusal) -> KQLPipeline {
    if window.items.count == 1, let item = window.items.first, item.function === SPLWindowFunctions.groupTotal
    {
      return try groupTotal(item, of: window)
    }
    let result = try rows(of: window.input)
    origin = window.origin
    guard window.items.allSatisfy({ $0.function === SPLWindowFunctions.hasAny }) else {
      throw refusal("what depends on the order of rows")
    }
    // `fillnull` without fields asks of each whether some event has it.
    remark(
      "a field is filled in the query even if no event has it, which Splunk's `fillnull` leaves out",
      changesRows: true)
    for item in window.items { pieces[item.column.id] = .always(true) }
    return result
  }

  /// The sum of a number over the rows of a group, beside each of them.
  ///
  /// ```
  ///   let rows_1 = T | summarize count = count() by ErrorCode;
  ///   let total_2 = toscalar(rows_1 | summarize sum(count));
  /// ```
  private func groupTotal(_ item: Window.Item, of window: Window) throws(WritingRefusal) -> KQLPipeline {
    let rows = try self.rows(of: window.input)
    origin = window.origin
    guard let number = item.arguments.first else { throw refusal("a sum of nothing") }
    let name = freshName("rows")
    statements.append("let \(name) = \(rows.text);")
    var result = KQLPipeline(source: name, names: rows.names)
    let total = freshName("total")
    let sum = "sum(\(try value(number).asNumber.text))"
    if item.arguments.count == 1 {
      statements.append("let \(total) = toscalar(\(name) | summarize \(sum));")
      pieces[item.column.id] = KQLPiece(total, .number, mayBeEmpty: false)
      return result
    }
    var by: [String] = []
    var pairs: [String] = []
    for key in item.arguments.dropFirst() {
      let left = columnName(of: try value(key), freshName("key"), in: &result)
      let right = freshName("key")
      by.append("\(right) = \(KQLName.text(left))")
      pairs.append("$left.\(KQLName.text(left)) == $right.\(right)")
    }
    var right = KQLPipeline(source: name)
    right.add("summarize \(total) = \(sum) by \(by.joined(separator: ", "))")
    result.add("join kind=inner \(right.nested) on \(pairs.joined(separator: ", "))")
    result.names.insert(total)
    pieces[item.column.id] = .column(total, .number, mayBeEmpty: false)
    return result
  }

  /// `dedup`: of the rows of a key those that come first, which are the newest events unless a sort says otherwise.
  func firstOfEach(_ filter: Filter) throws(WritingRefusal) -> KQLPipeline? {
    guard case .window(let window) = filter.input, window.items.count == 1, let item = window.items.first,
      item.function === SPLWindowFunctions.occurrence, case .call(let call) = filter.predicate,
      call.function === SPLRowFunctions.isBetween, call.arguments.count == 3,
      call.arguments[1].wholeConstant == 1, let most = call.arguments[2].wholeConstant
    else { return nil }
    var result = try pipeline(window.input)
    origin = filter.origin
    var checks: [String] = []
    var keys: [String] = []
    for key in item.arguments {
      let piece = try single(value(key))
      if let presence = piece.presence { checks.append(presence) }
      keys.append(KQLName.text(columnName(of: piece, freshName("key"), in: &result)))
    }
    if !checks.isEmpty { result.keep(checks.joined(separator: " and ")) }
    let order = result.order
    // An aggregate passes over what is missing.
    if most == 1, order.count == 1, let only = order.first, only.nulls != .first {
      let extreme = only.descending ? "arg_max" : "arg_min"
      result.add("summarize \(extreme)(\(KQLName.text(only.column)), *) by \(keys.joined(separator: ", "))")
      return result
    }
    guard !order.isEmpty, keys.count == 1 else {
      throw refusal("the first rows of each key, in an order that no column tells")
    }
    let text = order.map(\.text).joined(separator: ", ")
    result.add("partition hint.strategy=native by \(keys[0]) (sort by \(text) | take \(most))")
    return result
  }
}
