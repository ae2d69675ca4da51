import Diagnostics
import Engine

/// Aggregates that give several columns: `arg_max(x, a, *)`, `take_any(*)`, `percentiles(x, 50, 95)`.
extension KQLLowering {
  struct MultiAggregate {
    /// Nil if the call is wrong.
    var columns: [(column: PlanColumn, name: String)]?
  }

  /// Nil if the element is no such aggregate.
  func lowerMultiAggregate(
    _ node: NamedExpressionSyntax, into collector: AggregateCollector, in row: RowScope, keys: [Assignment]
  ) -> MultiAggregate? {
    guard case .call(let call) = node.value,
      let function = AggregateCatalog.function(call.function.text, in: .kql)
    else { return nil }
    var inner = row
    inner.aggregates = nil
    switch call.function.text {
    case "arg_max", "arg_min", "argmax", "argmin":
      return MultiAggregate(columns: lowerArgExtreme(call, function, into: collector, in: inner, keys: keys))
    case "take_any", "any", "take_anyif", "anyif":
      let isStar = call.arguments.contains { if case .star = $0.value { true } else { false } }
      guard isStar || call.arguments.count > 1 && !call.function.text.hasSuffix("if") else { return nil }
      return MultiAggregate(columns: lowerTakeAny(call, function, into: collector, in: inner, keys: keys))
    case "percentiles", "percentilesw":
      return MultiAggregate(columns: lowerPercentiles(call, function, into: collector, in: inner))
    default: return nil
    }
  }

  private func lowerArgExtreme(
    _ call: CallSyntax, _ function: AggregateFunction, into collector: AggregateCollector, in row: RowScope,
    keys: [Assignment]
  ) -> [(column: PlanColumn, name: String)]? {
    guard let first = call.arguments.first else {
      return fail(KQLMessages.argumentCount(call.function.text, "at least 1 argument", at: call.span))
    }
    guard let extreme = lower(first.value, in: row) else { return nil }
    let isOld = call.function.text == "argmax" || call.function.text == "argmin"
    let prefix = call.function.text.hasSuffix("min") ? "min_" : "max_"
    let extremeName = first.name?.text ?? autoName(first.value)
    var names = [isOld ? prefix + (extremeName ?? "") : extremeName ?? prefix]
    var arguments = [extreme]
    let keyColumns = Set(keys.flatMap { $0.expression.plainColumn.map { [$0.id] } ?? [] })
    for (position, argument) in call.arguments.dropFirst().enumerated() {
      if case .star = argument.value {
        for column in row.columns
        where !keyColumns.contains(column.id) && extreme.plainColumn?.id != column.id {
          arguments.append(.column(column))
          names.append(isOld ? "\(prefix)\(extremeName ?? "")_\(column.name)" : column.name)
        }
        continue
      }
      guard let value = lower(argument.value, in: row) else { return nil }
      arguments.append(value)
      let name = argument.name?.text ?? autoName(argument.value)
      if isOld {
        names.append("\(prefix)\(extremeName ?? "")_\(name ?? "arg\(position + 1)")")
      } else {
        names.append(name ?? "\(prefix)\(extremeName ?? "")_arg\(position + 1)")
      }
    }
    return append(
      call, function, arguments: arguments, types: arguments.map(\.type), names: names, to: collector)
  }

  private func lowerTakeAny(
    _ call: CallSyntax, _ function: AggregateFunction, into collector: AggregateCollector, in row: RowScope,
    keys: [Assignment]
  ) -> [(column: PlanColumn, name: String)]? {
    let prefix = call.function.text == "any" ? "any_" : ""
    let keyColumns = Set(keys.flatMap { $0.expression.plainColumn.map { [$0.id] } ?? [] })
    var arguments: [Expression] = []
    var names: [String] = []
    for (position, argument) in call.arguments.enumerated() {
      if case .star = argument.value {
        for column in row.columns where !keyColumns.contains(column.id) {
          arguments.append(.column(column))
          names.append(prefix + column.name)
        }
        continue
      }
      guard let value = lower(argument.value, in: row) else { return nil }
      arguments.append(value)
      names.append(
        argument.name?.text ?? autoName(argument.value).map { prefix + $0 } ?? "any_arg\(position)")
    }
    return append(
      call, function, arguments: arguments, types: arguments.map(\.type), names: names, to: collector)
  }

  private func lowerPercentiles(
    _ call: CallSyntax, _ function: AggregateFunction, into collector: AggregateCollector, in row: RowScope
  ) -> [(column: PlanColumn, name: String)]? {
    let valueCount = call.function.text == "percentilesw" ? 2 : 1
    guard call.arguments.count > valueCount else {
      return fail(KQLMessages.argumentCount(call.function.text, "a percentage", at: call.span))
    }
    var arguments: [Expression] = []
    for argument in call.arguments {
      guard let value = lower(argument.value, in: row) else { return nil }
      arguments.append(value)
    }
    if let place = arguments.indices.dropFirst(valueCount).first(where: { arguments[$0].type == .dynamic }) {
      return fail(KQLMessages.percentageList(call.function.text, at: call.arguments[place].value.span))
    }
    guard let converted = convert(arguments, to: function.signature, of: call) else { return nil }
    let base = autoName(call.arguments[0].value) ?? ""
    let percentages = arguments.dropFirst(valueCount)
    let names = percentages.map { "percentile_\(base)_\(percentageName($0.constantValue ?? .null))" }
    return append(
      call, function, arguments: converted, types: percentages.map { _ in converted[0].type }, names: names,
      to: collector)
  }

  /// A percentage as it stands in a name: `95`, `99_9`.
  func percentageName(_ percentage: Value) -> String {
    let text = percentage.kqlText
    let clean = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    return clean.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
  }

  private func append(
    _ call: CallSyntax, _ function: AggregateFunction, arguments: [Expression], types: [DataType],
    names: [String], to collector: AggregateCollector
  ) -> [(column: PlanColumn, name: String)] {
    let outputs = zip(names, types).map { makeColumn($0, $1) }
    collector.items.append(
      Aggregate.Item(
        outputs: outputs,
        call: AggregateCall(
          function: function, arguments: arguments, types: arguments.map(\.type), dialect: .kql,
          span: scope.source == source ? call.span : nil)))
    return zip(outputs, names).map { ($0, $1) }
  }
}

extension KQLMessages {
  static func percentageList(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "argument-type", "`\(name)` takes each percentage as a number, not a list", at: span,
      suggestions: [
        .init("`\(name)_array` takes lists and gives an array"), .init("`\(name)(…, 5, 50, 95)`"),
      ])
  }
}

extension Expression {
  /// The column, if the expression is no more than that.
  var plainColumn: PlanColumn? {
    if case .column(let column) = self { return column }
    return nil
  }
}
