package import Diagnostics
import Engine

/// `summarize a = count() by b, bin(t, 1h)`.
package struct SummarizeSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var aggregates: [NamedExpressionSyntax]
  package var groups: [NamedExpressionSyntax]
  /// Whether `by` is written: without it there is one row even for no input.
  package var hasBy: Bool
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["summarize"],
    syntax: "T | summarize [NAME =] AGGREGATE, … [by [NAME =] KEY, …]",
    summary: "Gives one row for each combination of keys, with aggregates over its rows.",
    notes: [
      "Without keys there is one row, also where there are no rows.",
      "Nulls: null is a key like any other.",
    ],
    examples: [
      .kqlQuery(
        #"datatable(k:string, n:long)["x", 1, "x", 2, "y", 3] | summarize total = sum(n) by k | sort "#
          + "by k asc | project total",
        gives: "3, 3"),
      .kqlQuery(
        "datatable(a:long)[] | summarize n = count()",
        gives: "0"),
    ],
    stage: { .summarize($0.parseSummarize($1)) })
}

extension KQLParser {
  func parseSummarize(_ start: SourceSpan) -> SummarizeSyntax {
    let options = self.options([])
    var aggregates: [NamedExpressionSyntax] = []
    if !at("by") || at(.assign, ahead: 1) { aggregates = commaSeparated { $0.namedExpression() } }
    var groups: [NamedExpressionSyntax] = []
    let hasBy = take("by") != nil
    if hasBy { groups = commaSeparated { $0.namedExpression() } }
    return SummarizeSyntax(
      options: options, aggregates: aggregates, groups: groups, hasBy: hasBy, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: SummarizeSyntax, on input: Relation) -> Relation? {
    let row = RowScope(input.columns)
    guard let keys = assignments(node.groups, in: row),
      checkKeys(keys, of: "summarize", at: node.groups.map(\.span)),
      let summary = lowerAggregates(node.aggregates, in: row, keys: keys)
    else { return nil }
    if summary.collector.items.isEmpty, keys.isEmpty {
      return fail(KQLMessages.emptySummarize(at: node.span))
    }
    let aggregate = LogicalPlan.aggregate(
      Aggregate(input: input.plan, keys: keys, items: summary.collector.items, origin: origin(node.span)))
    // Where aggregates are combined in expressions, or renamed, a projection puts the result together.
    let outputs = keys.map { Assignment(keeping: $0.column) } + summary.outputs
    let isPlain =
      zip(outputs, aggregate.columns).allSatisfy { $0.column == $1 }
      && outputs.count == aggregate.columns.count
    if isPlain { return Relation(aggregate) }
    return Relation(.project(Project(input: aggregate, assignments: outputs, origin: origin(node.span))))
  }

  /// The aggregates of a list, and the columns that are made of them.
  func lowerAggregates(
    _ nodes: [NamedExpressionSyntax], in row: RowScope, keys: [Assignment]
  ) -> (outputs: [Assignment], collector: AggregateCollector)? {
    let collector = AggregateCollector()
    var row = row
    row.aggregates = collector
    var taken = Set(keys.map(\.column.name))
    let reserved = Set(nodes.flatMap { $0.names.map(\.text) })
    for node in nodes {
      for name in node.names
      where taken.contains(name.text)
        || nodes.count(where: { $0.names.contains { $0.text == name.text } }) > 1
      {
        return fail(KQLMessages.duplicateColumn(name.text, at: name.span))
      }
    }
    taken.formUnion(reserved)
    var outputs: [Assignment] = []
    func add(_ expression: Expression, explicit: String?, generated: String?) {
      let name: String
      if let explicit {
        name = explicit
      } else if let generated {
        name = uniqueName(generated, taken: taken)
      } else {
        name = anonymousName(taken: taken)
      }
      taken.insert(name)
      if case .column(let column) = expression, rename(column, to: name, in: collector) {
        var renamed = column
        renamed.name = name
        outputs.append(Assignment(column: renamed, expression: .column(renamed)))
      } else {
        outputs.append(Assignment(column: makeColumn(name, expression.type), expression: expression))
      }
    }
    for node in nodes {
      if let expanded = lowerMultiAggregate(node, into: collector, in: row, keys: keys) {
        guard let columns = expanded.columns else { return nil }
        for (index, column) in columns.enumerated() {
          let explicit = index < node.names.count ? node.names[index].text : nil
          add(.column(column.column), explicit: explicit, generated: column.name)
        }
        continue
      }
      guard let expression = lower(node.value, in: row) else { return nil }
      // `column_ifexists("a", 0)`, `pack_all()`: a column that no name of the text tells.
      if let column = row.columns.first(where: { expression.columns.contains($0.id) }) {
        return fail(KQLMessages.columnOutsideAggregate(column.name, at: node.value.span))
      }
      add(expression, explicit: node.names.first?.text, generated: aggregateName(node.value))
    }
    return (outputs, collector)
  }

  /// Gives an aggregate's own column its final name; false if it is used by another output already.
  private func rename(_ column: PlanColumn, to name: String, in collector: AggregateCollector) -> Bool {
    for item in collector.items.indices {
      if let output = collector.items[item].outputs.firstIndex(where: { $0.id == column.id }) {
        collector.items[item].outputs[output].name = name
        return true
      }
    }
    return false
  }

  /// The name of an aggregate without one: its prefix and the name of its argument.
  func aggregateName(_ expression: ExpressionSyntax) -> String? {
    guard case .call(let call) = expression,
      let function = AggregateCatalog.function(call.function.text, in: .kql)
    else { return autoName(expression) }
    let argument = call.arguments.first.flatMap { autoName($0.value) }
    guard let prefix = function.prefix else { return argument }
    let name = prefix + (argument ?? "")
    let percentage =
      switch call.function.text {
      case "percentile": call.arguments.dropFirst().first
      case "percentilew": call.arguments.dropFirst(2).first
      default: nil as ArgumentSyntax?
      }
    guard let percentage, let value = lower(percentage.value, in: .constant)?.constantValue else {
      return name
    }
    return "\(name)_\(percentageName(value))"
  }

  /// Lowers one aggregate call; its column gets its name later.
  func lowerAggregate(
    _ call: CallSyntax, _ function: AggregateFunction, into collector: AggregateCollector, in row: RowScope
  ) -> PlanColumn? {
    guard let (arguments, type) = bindAggregate(call, function, in: row) else { return nil }
    let output = makeColumn(call.function.text, type)
    collector.items.append(
      Aggregate.Item(
        outputs: [output],
        call: AggregateCall(
          function: function, arguments: arguments, types: arguments.map(\.type), dialect: .kql,
          span: scope.source == source ? call.span : nil)))
    return output
  }

  private func bindAggregate(
    _ call: CallSyntax, _ function: AggregateFunction, in row: RowScope
  ) -> ([Expression], DataType)? {
    var inner = row
    inner.aggregates = nil
    var arguments: [Expression] = []
    for argument in call.arguments {
      guard let lowered = lower(argument.value, in: inner) else { return nil }
      arguments.append(lowered)
    }
    guard let converted = convert(arguments, to: function.signature, of: call) else { return nil }
    guard
      let type = FunctionBinder.resultType(
        function.signature.returns, types: converted.map(\.type), constants: converted.map(\.constantValue))
    else {
      return fail(KQLMessages.aggregateTypes(call.function.text, converted.map(\.type), at: call.span))
    }
    return (converted, type)
  }

  /// The arguments of an aggregate or a window function as its signature asks for them.
  func convert(_ arguments: [Expression], to signature: Signature, of call: CallSyntax) -> [Expression]? {
    do throws(Diagnostic) {
      return try FunctionBinder.convert(
        arguments, to: signature, name: call.function.text, dialect: .kql, span: call.span,
        argumentSpans: call.arguments.map(\.value.span))
    } catch {
      guard permits(error) else { return nil }
      return FunctionBinder.loosened(arguments, to: signature, dialect: .kql)
    }
  }
}
