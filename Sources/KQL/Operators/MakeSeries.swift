package import Diagnostics
import Engine

/// `make-series n = count() default = 0 on t from a to b step 1h by k`.
package struct MakeSeriesSyntax: Hashable, Sendable {
  package struct Series: Hashable, Sendable {
    package var aggregate: NamedExpressionSyntax
    package var defaultValue: ExpressionSyntax?
  }

  package enum Range: Hashable, Sendable {
    /// `from a to b step s`; the end is not part of it.
    case steps(from: ExpressionSyntax?, to: ExpressionSyntax?, step: ExpressionSyntax)
    /// `in range(a, b, s)`; the end is part of it.
    case function([ArgumentSyntax])
  }

  package var options: [OptionSyntax]
  package var series: [Series]
  package var axis: NamedExpressionSyntax
  package var range: Range
  package var groups: [NamedExpressionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["make-series"],
    syntax: "T | make-series [NAME =] AGGREGATE [default = VALUE], … on TIME [from START] [to END] step "
      + "STEP [by KEY, …]",
    summary: "Makes arrays of aggregates over equal steps, one row for each group.",
    notes: [
      "The end is not part of the series.",
      "A step without rows has 0 unless `default` says more.",
    ],
    examples: [
      .kqlQuery(
        "datatable(t:datetime)[datetime(2024-01-01), datetime(2024-01-03)] | make-series n = count() "
          + "on t from datetime(2024-01-01) to datetime(2024-01-04) step 1d | project n",
        gives: "dynamic([1,0,1])")
    ],
    stage: { .makeSeries($0.parseMakeSeries($1)) })
}

extension KQLParser {
  func parseMakeSeries(_ start: SourceSpan) -> MakeSeriesSyntax {
    let options = self.options(["kind"])
    let series = commaSeparated { parser in
      let aggregate = parser.namedExpression()
      var defaultValue: ExpressionSyntax?
      if parser.at("default"), parser.at(.assign, ahead: 1) {
        parser.cursor.advance()
        parser.cursor.advance()
        defaultValue = parser.expression()
      }
      return MakeSeriesSyntax.Series(aggregate: aggregate, defaultValue: defaultValue)
    }
    expect("on", after: "the aggregates")
    let axis = makeSeriesAxis()
    let range = makeSeriesRange()
    let groups = take("by") != nil ? commaSeparated { $0.namedExpression() } : []
    return MakeSeriesSyntax(
      options: options, series: series, axis: axis, range: range, groups: groups, span: span(from: start))
  }

  /// The axis, where `in` begins the range and is no operator.
  private func makeSeriesAxis() -> NamedExpressionSyntax {
    if atName(), at("in", ahead: nameLength()) {
      let name = self.name()
      return NamedExpressionSyntax(names: [], isTuple: false, value: .name(name), span: name.span)
    }
    return namedExpression()
  }

  private func makeSeriesRange() -> MakeSeriesSyntax.Range {
    if take("in") != nil {
      guard at("range"), at(.leftParenthesis, ahead: 1) else {
        reportExpected("`range(…)`", after: "in")
        return .function([])
      }
      let name = self.name()
      return .function(call(name).arguments)
    }
    let from = take("from") != nil ? expression() : nil
    let to = take("to") != nil ? expression() : nil
    guard expect("step", after: "the axis") else {
      return .steps(from: from, to: to, step: .error(.at(current.span.lowerBound)))
    }
    return .steps(from: from, to: to, step: expression())
  }
}

extension KQLLowering {
  func lower(_ node: MakeSeriesSyntax, on input: Relation) -> Relation? {
    let row = RowScope(input.columns)
    guard let axis = lower(node.axis.value, in: row), let range = seriesRange(node) else { return nil }
    guard let keys = assignments(node.groups, in: row),
      checkKeys(keys, of: "make-series", at: node.groups.map(\.span))
    else { return nil }
    // The bins: from the given start, else as `bin` has them.
    let bin: Expression?
    if let from = range.from, !range.isAligned {
      bin = bind("bin_at", [axis, range.step, from], spans: [], at: node.span)
    } else {
      bin = bind("bin", [axis, range.step], spans: [], at: node.span)
    }
    guard let bin else { return nil }
    let axisName = node.axis.name?.text ?? autoName(node.axis.value) ?? anonymousName(taken: [])
    let binColumn = makeColumn(axisName, bin.type)
    let binned = keys + [Assignment(column: binColumn, expression: bin)]
    guard let summary = lowerAggregates(node.series.map(\.aggregate), in: row, keys: binned) else {
      return nil
    }
    guard let defaults = seriesDefaults(node, outputs: summary.outputs) else { return nil }
    var filtered = input.plan
    for (bound, op) in [(range.from, ">="), (range.to, range.includesEnd ? "<=" : "<")] {
      guard let bound else { continue }
      // What lies in the last bin of an included end is behind the end itself.
      let operand = op == "<=" || range.isAligned ? bin : axis
      guard let test = bind(op, [operand, bound], spans: [], at: node.span) else { return nil }
      filtered = .filter(Filter(input: filtered, predicate: test, origin: origin(node.span)))
    }
    let aggregate = LogicalPlan.aggregate(
      Aggregate(input: filtered, keys: binned, items: summary.collector.items, origin: origin(node.span)))
    let flat = LogicalPlan.project(
      Project(
        input: aggregate, assignments: binned.map { Assignment(keeping: $0.column) } + summary.outputs,
        origin: origin(node.span)))
    guard let from = seriesBound(range.from, type: bin.type, at: node.span),
      let to = seriesBound(range.to, type: bin.type, at: node.span)
    else { return nil }
    let series = MakeSeriesOperator(
      keys: keys.map {
        Assignment(column: makeColumn($0.column.name, $0.column.type), expression: $0.column.reference)
      },
      series: zip(summary.outputs, defaults).map { output, standard in
        MakeSeriesOperator.Series(
          array: Assignment(
            column: makeColumn(output.column.name, .dynamic), expression: output.column.reference),
          standard: standard)
      },
      axis: MakeSeriesOperator.Axis(
        bins: Assignment(column: makeColumn(axisName, .dynamic), expression: binColumn.reference), from: from,
        to: to, step: range.step, includesEnd: range.includesEnd),
      givesEmpty: node.options[named: "kind"]?.word == "nonempty")
    return Relation(
      .tabular(TabularCall(inputs: [flat], operator: series, origin: origin(node.span))))
  }

  private struct SeriesRange {
    var from: Expression?
    var to: Expression?
    var step: Expression
    var includesEnd: Bool
    /// Bins are those of `bin`, whatever the start.
    var isAligned: Bool
  }

  private func seriesRange(_ node: MakeSeriesSyntax) -> SeriesRange? {
    switch node.range {
    case .steps(let fromSyntax, let toSyntax, let stepSyntax):
      var from: Expression?
      var to: Expression?
      if let fromSyntax {
        guard let lowered = lower(fromSyntax, in: .constant) else { return nil }
        from = lowered
      }
      if let toSyntax {
        guard let lowered = lower(toSyntax, in: .constant) else { return nil }
        to = lowered
      }
      guard let step = lower(stepSyntax, in: .constant) else { return nil }
      return SeriesRange(from: from, to: to, step: step, includesEnd: false, isAligned: false)
    case .function(let arguments):
      guard arguments.count == 3 else {
        return fail(KQLMessages.argumentCount("range", "3 arguments", at: node.span))
      }
      guard let from = lower(arguments[0].value, in: .constant),
        let to = lower(arguments[1].value, in: .constant),
        let step = lower(arguments[2].value, in: .constant),
        let first = bind("bin", [from, step], spans: [], at: node.span),
        let last = bind("bin", [to, step], spans: [], at: node.span)
      else { return nil }
      return SeriesRange(from: first, to: last, step: step, includesEnd: true, isAligned: true)
    }
  }

  /// What fills each series: 0 for numbers, else null, or what `default=` says.
  private func seriesDefaults(_ node: MakeSeriesSyntax, outputs: [Assignment]) -> [Value]? {
    var defaults: [Value] = []
    for (index, output) in outputs.enumerated() {
      let type = output.column.type
      var value: Value = type.isNumeric ? ValueConversion.convert(.long(0), to: type) : .null
      if index < node.series.count, let given = node.series[index].defaultValue {
        guard let constant = lowerConstant(given) else { return nil }
        value =
          constant.isNull || type == .string || type == .dynamic
          ? constant : ValueConversion.convert(constant, to: type)
        // A default of another kind stands as it is.
        if value.isNull { value = constant }
      }
      defaults.append(value)
    }
    return defaults
  }

  private func seriesBound(_ bound: Expression?, type: DataType, at span: SourceSpan) -> Expression? {
    let value = bound ?? .literal(.null, type)
    return Coercion.convert(value, to: type, dialect: .kql)
      ?? fail(KQLMessages.argumentType("make-series", type: type, given: value.type, at: span))
  }

  /// A row without columns, for constants to stand in.
  func oneRow(at span: SourceSpan) -> LogicalPlan {
    .inline(Inline(columns: [], table: Table(fields: [], columns: [], rowCount: 1), origin: origin(span)))
  }
}
