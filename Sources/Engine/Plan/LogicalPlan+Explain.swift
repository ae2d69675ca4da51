extension LogicalPlan {
  /// The plan as an indented tree, the last step on top, each node over its inputs.
  ///
  /// ```
  /// aggregate  [summarize count() by EventName]
  ///     by EventName: string
  ///     count_: long = count()
  ///   filter  [where isempty(ErrorCode)]
  ///       isempty(ErrorCode)
  ///     scan AWSCloudTrail
  ///         EventName: string
  ///         ErrorCode: string
  /// ```
  package var explanation: String {
    var text = PlanText()
    text.add(self, indent: 0)
    return text.lines.joined(separator: "\n") + "\n"
  }
}

/// Collects the lines of a plan.
private struct PlanText {
  /// Longer plans are cut, and say so.
  private static let deepest = 500

  private(set) var lines: [String] = []

  mutating func add(_ plan: LogicalPlan, indent: Int) {
    guard indent < PlanText.deepest else {
      line("… deeper steps are not shown", indent)
      return
    }
    if case .with(let with) = plan {
      for definition in with.definitions {
        line("shared \(definition.id):", indent)
        add(definition.plan, indent: indent + 1)
      }
      return add(with.body, indent: indent)
    }
    let (head, details) = describe(plan)
    let notes = plan.notes.map(\.explanation)
    line(head + label(plan.origin), indent)
    for detail in details + notes { line(detail, indent + 2) }
    for subquery in plan.expressions.flatMap(\.scalarSubqueries) {
      line("subquery \(subquery.id):", indent + 1)
      add(subquery.plan, indent: indent + 2)
    }
    for input in plan.inputs { add(input, indent: indent + 1) }
  }

  private mutating func line(_ text: String, _ indent: Int) {
    lines.append(String(repeating: "  ", count: indent) + text)
  }

  private func label(_ origin: PlanOrigin) -> String {
    let words = origin.label.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.isEmpty { return "" }
    return words.count > 60 ? "  [\(words.prefix(60))…]" : "  [\(words)]"
  }

  private func describe(_ plan: LogicalPlan) -> (head: String, details: [String]) {
    switch plan {
    case .scan(let scan):
      var details = scan.sources.map { source in
        let from = source.field == source.column.name ? "" : " from \(source.field)"
        let members =
          source.members.map { ", only {\($0.sorted().joined(separator: ", "))} of objects" } ?? ""
        return source.column.explanation + from + members
      }
      if let predicate = scan.predicate { details.append("only records where \(predicate.explanation)") }
      if let limit = scan.limit { details.append("no more than \(limit)") }
      return ("scan \(scan.table)", details)
    case .inline(let inline):
      return ("rows: \(inline.table.rowCount)", inline.columns.map(\.explanation))
    case .argument(let argument):
      let rows = argument.exchange.map { "rows of exchange \($0)" } ?? "rows of group \(argument.id)"
      return (rows, argument.columns.map(\.explanation))
    case .filter(let filter): return ("filter", filter.predicate.conjuncts.map(\.explanation))
    case .project(let project): return ("project", project.assignments.map(\.explanation))
    case .aggregate(let aggregate):
      let keys = aggregate.keys.map { "by \($0.explanation)" }
      let items = aggregate.items.map(\.explanation)
      return ("aggregate", keys + items + (aggregate.dropsNullKeys ? ["without rows whose key is null"] : []))
    case .join(let join): return describe(join)
    case .union(let union):
      return ("union of \(union.legs.count)", union.columns.map(\.explanation))
    case .sort(let sort):
      let keys = sort.keys.map { key in
        "\(key.expression.explanation) \(key.descending ? "desc" : "asc") nulls \(key.nullsFirst ? "first" : "last")"
      }
      return (sort.limit.map { "top \($0)" } ?? "sort", keys)
    case .limit(let limit): return ("limit \(limit.count)", [])
    case .expand(let expand):
      var details = expand.items.map { "\($0.column.explanation) = each of \($0.source.explanation)" }
      if let index = expand.indexColumn { details.append("\(index.explanation) = index") }
      if expand.keepsEmpty { details.append("keeps rows without elements") }
      if let limit = expand.rowLimit { details.append("no more than \(limit) of each row") }
      return ("expand", details)
    case .window(let window):
      return (
        "window",
        window.items.map { item in
          let arguments = item.arguments.map(\.explanation).joined(separator: ", ")
          return "\(item.column.explanation) = \(item.function.names.first?.text ?? "?")(\(arguments))"
        }
      )
    case .apply(let apply):
      return ("apply to each group \(apply.argumentID)", apply.keys.map { "by \($0.explanation)" })
    case .tabular(let call): return (call.operator.label, call.operator.details)
    case .with(let with): return describe(with.body)
    case .reference(let reference):
      return ("shared \(reference.id)", reference.sources.map { $0.column.explanation })
    }
  }

  private func describe(_ join: Join) -> (head: String, details: [String]) {
    var details = join.keys.map { "on \($0.left.explanation) == \($0.right.explanation)" }
    details += join.outputs.map { "\($0.column.explanation) from the \($0.fromLeft ? "left" : "right")" }
    if !join.nullsMatch { details.append("null keys match nothing") }
    if let most = join.maximumMatches { details.append("at most \(most) partners for a row") }
    return ("\(join.kind.rawValue) join", details)
  }

}

extension PlanColumn {
  /// Its name and type.
  var explanation: String { "\(Expression.nameText(name)): \(type.rawValue)" }
}

extension Assignment {
  var explanation: String {
    if case .column(let source) = expression, source.name == column.name { return column.explanation }
    return "\(column.explanation) = \(expression.explanation)"
  }
}

extension Aggregate.Item {
  var explanation: String {
    let arguments = call.arguments.map(\.explanation).joined(separator: ", ")
    let columns = outputs.map(\.explanation).joined(separator: ", ")
    return "\(columns) = \(call.function.name(in: call.dialect.language))(\(arguments))"
  }
}

extension TabularOperator {
  /// What it reads, then what it makes; a constant is nothing to read.
  package var details: [String] {
    var read: [String] = []
    for expression in expressions where expression.constantValue == nil {
      let text = expression.explanation
      if !read.contains(text) { read.append(text) }
    }
    return (read.isEmpty ? [] : ["of \(read.joined(separator: ", "))"]) + made.map(\.explanation)
  }
}
