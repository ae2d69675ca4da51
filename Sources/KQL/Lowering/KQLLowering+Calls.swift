import Diagnostics
import Engine

extension KQLLowering {
  func lower(_ call: CallSyntax, in row: RowScope) -> Expression? {
    let name = call.function.text
    switch name {
    case "iff", "iif": return lowerIff(call, in: row)
    case "case": return lowerCase(call, in: row)
    case "column_ifexists", "columnifexists": return lowerColumnIfExists(call, in: row)
    case "toscalar": return lowerToScalar(call)
    case "pack_all", "bag_pack_columns": return lowerPackAll(call, in: row)
    case "column_names_of": return lowerColumnNames(call)
    case "bin_auto": return lowerBinAuto(call, in: row)
    case "ingestion_time": return lowerIngestionTime(call, in: row)
    case "geo_info_from_ip_address": return lowerAddressInformation(call, in: row)
    case "materialize", "table": return fail(KQLMessages.tableAsScalar(at: call.span))
    default: break
    }
    if let binding = scope.binding(name), case .function(let function, let home) = binding {
      guard let result = self.call(function, home: home, arguments: call.arguments, at: call.span, row: row)
      else { return nil }
      guard case .scalar(let expression) = result else {
        return fail(KQLMessages.tableAsScalar(at: call.span))
      }
      return expression
    }
    if let collector = row.aggregates, let aggregate = AggregateCatalog.function(name, in: .kql) {
      return lowerAggregate(call, aggregate, into: collector, in: row)?.reference
    }
    if let window = WindowFunctionCatalog.function(name, in: .kql) {
      return lowerWindow(call, window, in: row)
    }
    guard let function = FunctionCatalog.scalar(name, in: .kql) else { return refuse(call, in: row) }
    var arguments: [Expression] = []
    for argument in call.arguments {
      if case .star = argument.value,
        function === SequenceFunctions.dataSize || function === BagFunctions.packArray
      {
        arguments += row.columns.map(\.reference)
        continue
      }
      guard let lowered = lower(argument.value, in: row) else { return nil }
      arguments.append(lowered)
    }
    // Arrays that are sorted together stay together.
    let isSortedTogether =
      MultiOutputFunctions.function(name)?.isSorting == true
      && arguments.count(where: { $0.type == .dynamic }) > 1
    let bindingName = isSortedTogether ? "[\(name)]" : name
    guard let bound = bind(bindingName, arguments, spans: call.arguments.map(\.value.span), at: call.span)
    else {
      return nil
    }
    checkConstants(bound, call.arguments.map(\.value), at: call.span)
    return bound
  }

  /// Prepares a call with constant arguments once, so that a bad pattern is reported before the run.
  func checkConstants(_ bound: Expression, _ arguments: [ExpressionSyntax], at whole: SourceSpan) {
    guard case .call(let lowered) = bound, let failure = ConstantFolding.failure(of: lowered) else { return }
    var span = whole
    if let index = failure.argument, index < arguments.count {
      let argument = arguments[index]
      span = argument.span
      if let range = failure.range, case .literal(let literal) = argument, let string = literal.string {
        span = string.sourceSpan(forValueRange: range)
      }
    }
    report(KQLMessages.badConstant(failure, at: span))
  }

  private func refuse(_ call: CallSyntax, in row: RowScope) -> Expression? {
    let name = call.function.text
    if AggregateCatalog.function(name, in: .kql) != nil {
      return fail(KQLMessages.aggregateHere(name, at: call.function.span))
    }
    if environment.functions[name] != nil {
      guard let result = callSaved(call.function, arguments: call.arguments, input: nil) else { return nil }
      guard case .scalar(let expression) = result else {
        return fail(KQLMessages.tableAsScalar(at: call.span))
      }
      return expression
    }
    if let reason = KQLRefusedFunctions.reason(name) {
      return fail(KQLMessages.unsupportedFunction(name, reason: reason, at: call.function.span))
    }
    let known =
      FunctionCatalog.scalarNames(in: .kql) + AggregateCatalog.names(in: .kql) + KQLSpecialFunctions.names
      + scope.visibleNames
    return fail(KQLMessages.unknownFunction(name, known: known, at: call.function.span))
  }

  // MARK: - Functions with their own rules

  private func lowerIff(_ call: CallSyntax, in row: RowScope) -> Expression? {
    guard call.arguments.count == 3 else {
      return fail(KQLMessages.argumentCount(call.function.text, "3 arguments", at: call.span))
    }
    let condition = lowerCondition(call.arguments[0].value, in: row)
    let yes = lower(call.arguments[1].value, in: row)
    let no = lower(call.arguments[2].value, in: row)
    guard let condition, let yes, let no else { return nil }
    return conditional([(condition, yes)], otherwise: no, call)
  }

  private func lowerCase(_ call: CallSyntax, in row: RowScope) -> Expression? {
    guard call.arguments.count >= 3, call.arguments.count % 2 == 1 else {
      return fail(KQLMessages.argumentCount("case", "an odd number of arguments, at least 3", at: call.span))
    }
    var branches: [(Expression, Expression)] = []
    for index in stride(from: 0, to: call.arguments.count - 1, by: 2) {
      guard let condition = lowerCondition(call.arguments[index].value, in: row),
        let value = lower(call.arguments[index + 1].value, in: row)
      else { return nil }
      branches.append((condition, value))
    }
    guard let last = call.arguments.last, let otherwise = lower(last.value, in: row) else { return nil }
    return conditional(branches, otherwise: otherwise, call)
  }

  private func conditional(
    _ branches: [(Expression, Expression)], otherwise: Expression, _ call: CallSyntax
  ) -> Expression? {
    let values = branches.map(\.1) + [otherwise]
    guard let type = Coercion.commonType(values.map(\.type)) else {
      return fail(KQLMessages.branchTypes(call.function.text, values.map(\.type), at: call.span))
    }
    func fitted(_ value: Expression) -> Expression {
      Coercion.convert(value, to: type, dialect: .kql) ?? Coercion.cast(value, to: type, dialect: .kql)
    }
    return .conditional(
      Conditional(
        branches: branches.map { Conditional.Branch(condition: $0.0, value: fitted($0.1)) },
        otherwise: fitted(otherwise), type: type))
  }

  private func lowerColumnIfExists(_ call: CallSyntax, in row: RowScope) -> Expression? {
    guard call.arguments.count == 2 else {
      return fail(KQLMessages.argumentCount(call.function.text, "2 arguments", at: call.span))
    }
    guard case .literal(.string(let name), _)? = lower(call.arguments[0].value, in: row) else {
      return fail(KQLMessages.notConstant(call.function.text, at: call.arguments[0].value.span))
    }
    if let column = row.column(name) { return .column(column) }
    return lower(call.arguments[1].value, in: row)
  }

  /// The names of a table's columns, which are known before it runs.
  private func lowerColumnNames(_ call: CallSyntax) -> Expression? {
    guard call.arguments.count == 1, let argument = call.arguments.first?.value else {
      return fail(KQLMessages.argumentCount("column_names_of", "1 table", at: call.span))
    }
    guard let relation = lowerTable(argument) else { return nil }
    return .literal(.dynamic(.array(relation.columns.map { .string($0.name) })), .dynamic)
  }

  /// Files do not tell when a record came in: its own time stands in where the row has it.
  private func lowerIngestionTime(_ call: CallSyntax, in row: RowScope) -> Expression? {
    guard call.arguments.isEmpty else {
      return fail(KQLMessages.argumentCount("ingestion_time", "no arguments", at: call.span))
    }
    let time = row.column("TimeGenerated").flatMap { $0.type == .datetime ? $0 : nil }
    report(KQLMessages.ingestionTime(isKnown: time != nil, at: call.span))
    return time.map { .column($0) } ?? bind("ingestion_time", [], spans: [], at: call.span)
  }

  /// Where an address is, by the workspace's table of places.
  private func lowerAddressInformation(_ call: CallSyntax, in row: RowScope) -> Expression? {
    guard environment.places != nil else {
      return fail(KQLMessages.noPlaces(call.function.text, at: call.function.span))
    }
    var arguments: [Expression] = []
    for argument in call.arguments {
      guard let lowered = lower(argument.value, in: row) else { return nil }
      arguments.append(lowered)
    }
    do throws(Diagnostic) {
      return try FunctionBinder.bind(
        AddressPlaceFunctions.information, arguments, dialect: .kql, span: call.span,
        argumentSpans: call.arguments.map(\.value.span))
    } catch {
      return fail(error)
    }
  }

  /// `bin` by the size that `set query_bin_auto_size` gives.
  private func lowerBinAuto(_ call: CallSyntax, in row: RowScope) -> Expression? {
    guard call.arguments.count == 1, let value = lower(call.arguments[0].value, in: row) else {
      return fail(KQLMessages.argumentCount("bin_auto", "1 argument", at: call.span))
    }
    guard let size = settings["query_bin_auto_size"] else {
      return fail(KQLMessages.binAutoSize(at: call.span))
    }
    guard let origin = settings["query_bin_auto_at"] else {
      return bind("bin", [value, size], spans: [], at: call.span)
    }
    return bind("bin_at", [value, size, origin], spans: [], at: call.span)
  }

  private func lowerToScalar(_ call: CallSyntax) -> Expression? {
    guard call.arguments.count == 1, let argument = call.arguments.first?.value else {
      return fail(KQLMessages.argumentCount("toscalar", "1 argument", at: call.span))
    }
    if let key = partitionKey, case .name(let name) = argument, name.text == key.name { return key.value }
    if !isTabular(argument) { return lower(argument, in: .constant) }
    guard let relation = lowerAhead(argument) else { return nil }
    guard let first = relation.columns.first else {
      return fail(KQLMessages.tableAsScalar(at: argument.span))
    }
    return .subquery(ScalarSubquery(plan: relation.plan, type: first.type, id: makeNumber()))
  }

  private func lowerPackAll(_ call: CallSyntax, in row: RowScope) -> Expression? {
    var arguments: [Expression] = []
    if call.function.text == "bag_pack_columns" {
      for argument in call.arguments {
        guard let value = lower(argument.value, in: row) else { return nil }
        arguments.append(
          .literal(.string(autoName(argument.value) ?? "Column\(arguments.count / 2 + 1)"), .string))
        arguments.append(value)
      }
    } else {
      let ignoresEmpty =
        call.arguments.first.flatMap { lower($0.value, in: row)?.constantValue } == .bool(true)
      for column in row.columns {
        arguments.append(.literal(.string(column.name), .string))
        arguments.append(.column(column))
      }
      if ignoresEmpty { return bind("[bag_pack_nonempty]", arguments, spans: [], at: call.span) }
    }
    return bind("bag_pack", arguments, spans: [], at: call.span)
  }

  private func lowerWindow(_ call: CallSyntax, _ window: WindowFunction, in row: RowScope) -> Expression? {
    guard let collector = row.windows else {
      return fail(KQLMessages.windowHere(call.function.text, at: call.function.span))
    }
    var arguments: [Expression] = []
    for argument in call.arguments {
      guard let lowered = lower(argument.value, in: row) else { return nil }
      arguments.append(lowered)
    }
    if !collector.isSerialized,
      !permits(KQLMessages.windowWithoutOrder(call.function.text, at: call.function.span))
    {
      return nil
    }
    guard let converted = convert(arguments, to: window.signature, of: call) else { return nil }
    guard
      let type = FunctionBinder.resultType(
        window.signature.returns, types: converted.map(\.type), constants: converted.map(\.constantValue))
    else { return fail(KQLMessages.windowHere(call.function.text, at: call.span)) }
    let column = makeColumn(call.function.text, type)
    collector.items.append(
      Window.Item(column: column, function: window, arguments: converted, dialect: .kql))
    return .column(column)
  }
}
