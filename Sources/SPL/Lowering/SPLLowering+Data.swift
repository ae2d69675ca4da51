import Diagnostics
import Engine

/// What lowering asks the data.
extension SPLLowering {
  /// Splunk takes so many rows of a subsearch.
  static let subsearchLimit = 10_000

  /// The rows of a plan; nil where there is no data, which a warning says, or where it fails.
  func evaluate(_ plan: LogicalPlan, _ what: String, at span: SourceSpan) -> Table? {
    if sink.hasErrors { return nil }
    guard let run = environment.evaluate else {
      report(SPLMessages.needsData(what, span))
      return nil
    }
    do {
      return try run(plan)
    } catch let failure as ExecutionFailure {
      return fail(SPLMessages.evaluationFailed(what, failure.message, span))
    } catch {
      return fail(SPLMessages.evaluationFailed(what, "\(error)", span))
    }
  }

  /// Where Splunk cuts rows: cuts them too if that is asked for, and says so in any case.
  func cap(_ relation: Relation, at count: Int, _ what: String, at span: SourceSpan) {
    let columns = relation.columns
    relation.plan = .tabular(
      TabularCall(
        inputs: [relation.plan],
        operator: RowCapOperator(cap: count, what: what, isApplied: environment.appliesSplunkLimits),
        columns: columns, origin: origin(span)))
  }

  /// The same for the values that `list` gives.
  func capLists(_ items: [Aggregate.Item], in relation: Relation, at span: SourceSpan) {
    let made = Set(
      items.filter { $0.call.function.name(in: .spl) == "list" }.flatMap { $0.outputs.map(\.id) })
    let places = relation.columns.indices.filter { made.contains(relation.columns[$0].id) }
    if places.isEmpty { return }
    let columns = relation.columns
    relation.plan = .tabular(
      TabularCall(
        inputs: [relation.plan],
        operator: ListCapOperator(lists: places, isApplied: environment.appliesSplunkLimits),
        columns: columns, origin: origin(span)))
  }

  /// A subsearch as a condition: its rows joined by OR, their fields by AND.
  func filterText(of subsearch: SubsearchSyntax, in relation: Relation) -> Expression? {
    guard let inner = lower(subsearch) else { return nil }
    guard let table = evaluate(inner.plan, "the subsearch", at: subsearch.span) else {
      return sink.hasErrors ? nil : .literal(.bool(true), .bool)
    }
    return filter(by: table, of: subsearch, in: relation)
  }

  /// A subsearch in an expression: the text that `return` or `format` gives stands there as an expression.
  func value(of subsearch: SubsearchSyntax, in relation: Relation) -> Expression? {
    guard let inner = lower(subsearch) else { return nil }
    guard let table = evaluate(inner.plan, "the subsearch", at: subsearch.span) else {
      return sink.hasErrors ? nil : .literal(.null, .string)
    }
    if table.rowCount == 1, let place = table.fields.firstIndex(where: { $0.name == "search" }),
      case .string(let text) = table.value(row: 0, column: place)
    {
      let (expression, diagnostics) = SPLParser.expression(text, at: subsearch.span)
      if !diagnostics.contains(where: { $0.severity == .error }) { return lower(expression, in: relation) }
    }
    return filter(by: table, of: subsearch, in: relation)
  }

  private func filter(
    by table: Table, of subsearch: SubsearchSyntax, in relation: Relation
  ) -> Expression? {
    var rowCount = table.rowCount
    if rowCount > SPLLowering.subsearchLimit {
      report(SPLMessages.subsearchLimit(rowCount, isApplied: environment.appliesSplunkLimits, subsearch.span))
      if environment.appliesSplunkLimits { rowCount = SPLLowering.subsearchLimit }
    }
    if rowCount == 0 { report(SPLMessages.emptySubsearch(subsearch.span)) }
    var rows: [Expression] = []
    for row in 0..<rowCount {
      var parts: [Expression] = []
      for (index, field) in table.fields.enumerated() where !field.name.hasPrefix("_") {
        let value = table.value(row: row, column: index)
        if value.isNull { continue }
        if field.name == "search" || field.name == "query" {
          guard let pasted = parsed(value.splText, in: relation, at: subsearch.span) else { return nil }
          parts.append(pasted)
        } else if let condition = equality(field.name, value, in: relation, at: subsearch.span) {
          parts.append(condition)
        }
      }
      if !parts.isEmpty { rows.append(balanced(parts[...], Logical.and)) }
    }
    // No rows at all fit nothing.
    return balanced(rows[...], Logical.or)
  }

  private func equality(
    _ name: String, _ value: Value, in relation: Relation, at span: SourceSpan
  ) -> Expression? {
    guard let column = read(name, in: relation, at: span) else { return .literal(.bool(false), .bool) }
    let operand = column.type == .dynamic ? column.reference : text(plain(column.reference))
    var texts = [value.splText]
    if case .dynamic(.array(let elements)) = value { texts = elements.map(\.scalarText) }
    let parts = texts.compactMap { bind("search=", [operand, literal($0)], spans: [], at: span) }
    return balanced(parts[...], Logical.or)
  }

  /// A text as a search expression.
  private func parsed(_ text: String, in relation: Relation, at span: SourceSpan) -> Expression? {
    let (tree, diagnostics) = SPL.parse(SourceText(name: "subsearch", text: "search " + text))
    guard !diagnostics.contains(where: { $0.severity == .error }),
      case .search(let search)? = tree.stages.first?.command
    else { return fail(SPLMessages.badSearchText(span)) }
    return inOwnText { search.expression.flatMap { lower($0, in: relation) } } ?? .literal(.bool(true), .bool)
  }
}
