import Diagnostics
import Engine

/// What lowering asks the data.
extension SPLLowering {
  /// Splunk takes so many rows of a subsearch.
  static let subsearchLimit = 10_000

  /// The rows of a plan; nil while they are not known yet, or where it failed.
  func ask(
    _ plan: LogicalPlan, _ what: String, isAboutNames: Bool = false, at span: SourceSpan
  ) -> Table? {
    if sink.hasErrors { return nil }
    switch questions.ask(what, plan.sharing(definitions), isAboutNames: isAboutNames) {
    case .success(let table): return table
    case .failure(let failure): return fail(SPLMessages.evaluationFailed(what, failure.message, at: span))
    case nil: return nil
    }
  }

  /// Lets the plan show what a stage asked and has no answer to.
  func showOpen(in relation: inout Relation, at span: SourceSpan) {
    let asked = questions.open.dropFirst(shownQuestions)
    shownQuestions = questions.open.count
    if asked.isEmpty { return }
    relation.plan = OpenOperator.node(over: relation.plan, Array(asked), origin: origin(span))
  }

  /// Where Splunk cuts rows: cuts them too if that is asked for, and says so in any case.
  func cap(_ relation: inout Relation, at count: Int, _ what: String, at span: SourceSpan) {
    let isCut = environment.appliesSplunkLimits
    relation.plan = relation.plan.adding([.manyRows(most: count, what: what, isCut: isCut)])
    if isCut { relation.plan = .limit(Limit(input: relation.plan, count: count, origin: origin(span))) }
  }

  /// The same for the values that `list` gives.
  func capLists(_ items: [Aggregate.Item], in relation: inout Relation, at span: SourceSpan) {
    let made = Set(
      items.filter { $0.call.function.name(in: .spl) == "list" }.flatMap { $0.outputs.map(\.id) })
    let lists = relation.columns.filter { made.contains($0.id) }
    if lists.isEmpty { return }
    let isCut = environment.appliesSplunkLimits
    relation.plan = relation.plan.adding([.longLists(columns: lists.map(\.id), isCut: isCut)])
    guard isCut else { return }
    let length = Int64(PlanNote.listLength)
    let cut = lists.compactMap { list -> Assignment? in
      guard let count = bind("mvcount", [list.reference], spans: [], at: span),
        let isLong = bind(">", [count, .literal(.long(length), .long)], spans: [], at: span),
        let first = bind(
          "mvindex", [list.reference, .literal(.long(0), .long), .literal(.long(length - 1), .long)],
          spans: [], at: span)
      else { return nil }
      return Assignment(
        column: makeColumn(list.name, list.type),
        expression: choose([(isLong, first)], otherwise: list.reference))
    }
    assign(cut, in: &relation, at: span)
  }

  /// A subsearch as a condition: its rows joined by OR, their fields by AND.
  func filterText(of subsearch: SubsearchSyntax, in relation: inout Relation) -> Expression? {
    guard let table = rows(of: subsearch) else {
      return sink.hasErrors ? nil : .literal(.bool(true), .bool)
    }
    return filter(by: table, of: subsearch, in: &relation)
  }

  /// A subsearch in the place of a value: its text, which `return` makes, is read there.
  func lower(_ paste: SearchPasteSyntax, in relation: inout Relation) -> Expression? {
    guard let table = rows(of: paste.subsearch) else {
      return sink.hasErrors ? nil : .literal(.bool(true), .bool)
    }
    guard let place = table.fields.firstIndex(where: { $0.name == "search" || $0.name == "query" }) else {
      return fail(SPLMessages.valueNeedsReturn(at: paste.subsearch.span))
    }
    let texts = (0..<table.rowCount).map { table.value(row: $0, column: place).splText }
    if texts.isEmpty || texts == ["NOT()"] {
      report(SPLMessages.emptySubsearch(at: paste.subsearch.span))
      return .literal(.bool(false), .bool)
    }
    return parsed(paste.text(with: texts.joined(separator: " ")), in: &relation, at: paste.span)
  }

  /// A subsearch in an expression: the text that `return` or `format` gives stands there as an expression.
  func value(of subsearch: SubsearchSyntax, in relation: inout Relation) -> Expression? {
    guard let table = rows(of: subsearch) else {
      return sink.hasErrors ? nil : .literal(.null, .string)
    }
    if table.rowCount == 1, let place = table.fields.firstIndex(where: { $0.name == "search" }),
      case .string(let text) = table.value(row: 0, column: place)
    {
      let (expression, diagnostics) = SPLParser.expression(text, at: subsearch.span)
      if !diagnostics.contains(where: { $0.severity == .error }) { return lower(expression, in: &relation) }
    }
    return filter(by: table, of: subsearch, in: &relation)
  }

  private func filter(
    by table: Table, of subsearch: SubsearchSyntax, in relation: inout Relation
  ) -> Expression? {
    var rowCount = table.rowCount
    if rowCount > SPLLowering.subsearchLimit {
      report(
        SPLMessages.subsearchLimit(rowCount, isApplied: environment.appliesSplunkLimits, at: subsearch.span))
      if environment.appliesSplunkLimits { rowCount = SPLLowering.subsearchLimit }
    }
    if rowCount == 0 { report(SPLMessages.emptySubsearch(at: subsearch.span)) }
    var rows: [Expression] = []
    for row in 0..<rowCount {
      var parts: [Expression] = []
      for (index, field) in table.fields.enumerated() where !field.name.hasPrefix("_") {
        let value = table.value(row: row, column: index)
        if value.isNull { continue }
        if field.name == "search" || field.name == "query" {
          guard let pasted = parsed(value.splText, in: &relation, at: subsearch.span) else { return nil }
          parts.append(pasted)
        } else if let condition = equality(field.name, value, in: &relation, at: subsearch.span) {
          parts.append(condition)
        }
      }
      if !parts.isEmpty { rows.append(balanced(parts[...], Logical.and)) }
    }
    // No rows at all fit nothing.
    return balanced(rows[...], Logical.or)
  }

  private func equality(
    _ name: String, _ value: Value, in relation: inout Relation, at span: SourceSpan
  ) -> Expression? {
    guard let column = read(name, in: &relation, at: span) else { return .literal(.bool(false), .bool) }
    let operand = column.type == .dynamic ? column.reference : text(plain(column.reference))
    var texts = [value.splText]
    if case .dynamic(.array(let elements)) = value { texts = elements.map(\.scalarText) }
    let parts = texts.compactMap { bind("search=", [operand, literal($0)], spans: [], at: span) }
    return balanced(parts[...], Logical.or)
  }

  /// A text as a search expression.
  private func parsed(_ text: String, in relation: inout Relation, at span: SourceSpan) -> Expression? {
    let (tree, diagnostics) = SPL.parse(SourceText(name: "subsearch", text: "search " + text))
    guard !diagnostics.contains(where: { $0.severity == .error }),
      case .search(let search)? = tree.stages.first?.command
    else { return fail(SPLMessages.badSearchText(at: span)) }
    return inOwnText { search.expression.flatMap { lower($0, in: &relation) } }
      ?? .literal(.bool(true), .bool)
  }
}

extension SPLMessages {
  static func valueNeedsReturn(at span: SourceSpan) -> Diagnostic {
    .error(
      "subsearch-without-value", "this subsearch gives no text that could be a value", at: span,
      suggestions: [.init("`| return $field` at its end gives the value of a field")])
  }
}
