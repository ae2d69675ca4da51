import Diagnostics
import Engine

extension KQLLowering {
  /// The typed expression; nil if it is wrong, which has been reported.
  func lower(_ expression: ExpressionSyntax, in row: RowScope) -> Expression? {
    nested(at: expression.span) {
      switch expression {
      case .literal(let literal): return lower(literal)
      case .dynamic(let literal): return .literal(.dynamic(json(literal.value)), .dynamic)
      case .name(let name): return lower(name, in: row)
      case .star(let span): return fail(KQLMessages.starHere(at: span))
      case .pattern(let pattern): return fail(KQLMessages.patternHere(pattern.text, at: pattern.span))
      case .path(let path): return lower(path, in: row)
      case .index(let index): return lower(index, in: row)
      case .call(let call): return lower(call, in: row)
      case .memberCall(let node): return fail(KQLMessages.otherCluster(at: node.span))
      case .unary(let unary): return lower(unary, in: row)
      case .binary(let binary): return lower(binary, in: row)
      case .logical(let logical): return lower(logical, in: row)
      case .membership(let membership): return lower(membership, in: row)
      case .between(let between): return lower(between, in: row)
      case .typeof(let node): return lower(node)
      case .subquery(let pipeline):
        if let sole = pipeline.soleExpression, !isTabular(sole) { return lower(sole, in: row) }
        return fail(KQLMessages.tableAsScalar(at: pipeline.span))
      case .error: return nil
      }
    }
  }

  /// A condition, which is a bool; an operand of `and` and `or` may also hold one inside a bag.
  func lowerCondition(
    _ expression: ExpressionSyntax, in row: RowScope, takesDynamic: Bool = false
  ) -> Expression? {
    guard let condition = lower(expression, in: row) else { return nil }
    if let truth = Coercion.convert(condition, to: .bool, dialect: .kql) { return truth }
    let isDynamic = condition.type == .dynamic
    if isDynamic, takesDynamic { return Coercion.cast(condition, to: .bool, dialect: .kql) }
    let problem = KQLMessages.notBool(
      condition.type, isLiteral: expression.isLiteral, text: String(scope.source[expression.span]),
      at: expression.span)
    return permits(problem) && isDynamic ? Coercion.cast(condition, to: .bool, dialect: .kql) : nil
  }

  /// A constant that is known now, folded if it is a call.
  func lowerConstant(_ expression: ExpressionSyntax) -> Value? {
    guard let lowered = lower(expression, in: .constant) else { return nil }
    if let value = lowered.constantValue { return value }
    do {
      return try ConstantFolding.value(
        of: lowered, now: now, resources: RunResources(places: environment.places))
    } catch {
      return fail(KQLMessages.notConstant("the operator", at: expression.span))
    }
  }

  // MARK: - Literals

  private func lower(_ literal: LiteralSyntax) -> Expression? {
    let value = value(of: literal)
    if let constant = value?.constantValue { noteLiteral(constant, at: literal.span) }
    return value
  }

  private func value(of literal: LiteralSyntax) -> Expression? {
    switch literal.value {
    case .bool(let value): return .literal(.bool(value), .bool)
    case .int(let value): return .literal(.long(value), .int)
    case .long(let value): return .literal(.long(value), .long)
    case .real(let value): return .literal(.real(value), .real)
    case .decimal(let text): return .literal(ValueConversion.convert(.string(text), to: .decimal), .decimal)
    case .datetime(let ticks, _): return .literal(.datetime(ticks), .datetime)
    case .now: return bind("now", [], spans: [], at: literal.span)
    case .timespan(let ticks): return .literal(.timespan(ticks), .timespan)
    case .guid(let text): return .literal(GUID(text: text).map { .guid($0) } ?? .null, .guid)
    case .string(let string): return .literal(.string(string.value), .string)
    case .null(let type): return .literal(.null, type)
    }
  }

  func json(_ value: DynamicLiteralSyntax.Value) -> JSONValue {
    switch value {
    case .null: return .null
    case .scalar(let literal): return lower(literal)?.constantValue?.json ?? .null
    case .array(let elements): return .array(elements.map { json($0) })
    case .bag(let properties):
      var members: [JSONValue.Member] = []
      for property in properties {
        if let place = members.firstIndex(where: { $0.key == property.key.value }) {
          members[place].value = json(property.value)
        } else {
          members.append(JSONValue.Member(property.key.value, json(property.value)))
        }
      }
      return .object(members)
    }
  }

  /// `typeof(long)` as an argument is the type's name.
  private func lower(_ node: TypeOfSyntax) -> Expression? {
    guard case .type(let name) = node.content else { return fail(KQLMessages.typeofHere(at: node.span)) }
    guard let type = name.dataType else { return fail(KQLMessages.unknownType(name.text, at: name.span)) }
    return .literal(.string(type.rawValue), .string)
  }

  // MARK: - Names

  private func lower(_ name: NameSyntax, in row: RowScope) -> Expression? {
    if let column = row.column(name.text) {
      if row.aggregates != nil {
        return fail(KQLMessages.columnOutsideAggregate(name.text, at: name.span))
      }
      return .column(column)
    }
    switch scope.binding(name.text) {
    case .scalar(let expression):
      noteUse(of: name)
      return expression
    case .relation, .wrong: return fail(KQLMessages.tableAsScalar(at: name.span))
    case .function(let function, let home):
      guard let result = call(function, home: home, arguments: [], at: name.span) else { return nil }
      guard case .scalar(let expression) = result else {
        return fail(KQLMessages.tableAsScalar(at: name.span))
      }
      return expression
    case nil: break
    }
    if let column = columnIgnoringCase(name, in: row.columns) { return .column(column) }
    if activeNames.contains(name.text) { return fail(KQLMessages.letNamesItself(name.text, at: name.span)) }
    return fail(
      KQLMessages.unknownColumn(name.text, among: row.columns, variables: scope.visibleNames, at: name.span))
  }

  /// A column whose name differs only in case: a warning that Sentinel would refuse it, or an error if strict.
  func columnIgnoringCase(_ name: NameSyntax, in columns: [PlanColumn]) -> PlanColumn? {
    let lowered = name.text.lowercased()
    let candidates = columns.filter { $0.name.lowercased() == lowered }
    guard candidates.count == 1, let column = candidates.first else { return nil }
    report(
      KQLMessages.columnCase(name.text, column: column.name, isStrict: environment.isStrict, at: name.span))
    return column
  }

  /// A column that must be one of the input: in `project-away`, `distinct`, join keys.
  func column(_ name: NameSyntax, of relation: Relation) -> PlanColumn? {
    if let column = relation.column(name.text) { return column }
    if let column = columnIgnoringCase(name, in: relation.columns) { return column }
    return fail(KQLMessages.unknownColumn(name.text, among: relation.columns, at: name.span))
  }

  // MARK: - Operators

  private func lower(_ unary: UnarySyntax, in row: RowScope) -> Expression? {
    guard let operand = lower(unary.operand, in: row) else { return nil }
    switch unary.op {
    case .plus:
      let isSigned = operand.type.isNumeric || operand.type == .timespan || operand.type == .datetime
      if isSigned || operand.type == .dynamic { return operand }
      return bind("unary -", [operand], spans: [unary.operand.span], at: unary.span)
    case .minus:
      switch operand {
      // The least int has no counterpart: its negative is a long, as of every int.
      case .literal(.long(let value), let type):
        return .literal(.long(0 &- value), type == .int ? .long : type)
      case .literal(.real(let value), _): return .literal(.real(-value), .real)
      case .literal(.timespan(let value), _): return .literal(.timespan(0 &- value), .timespan)
      case .literal, .column, .call, .conditional, .subquery, .binding:
        return bind("unary -", [operand], spans: [unary.operand.span], at: unary.span)
      }
    }
  }

  private func lower(_ logical: LogicalSyntax, in row: RowScope) -> Expression? {
    let operands = logical.operands.map { lowerCondition($0, in: row, takesDynamic: true) }
    let whole = operands.compactMap { $0 }
    return whole.count == operands.count ? combined(whole[...], logical) : nil
  }

  /// A few operands one after the other, many in halves: thousands of them must not nest as deep.
  private func combined(_ operands: ArraySlice<Expression>, _ logical: LogicalSyntax) -> Expression? {
    guard var result = operands.first else { return nil }
    if operands.count > KQLLowering.chainLimit {
      let middle = operands.startIndex + operands.count / 2
      guard let left = combined(operands[..<middle], logical),
        let right = combined(operands[middle...], logical)
      else { return nil }
      return bind(logical.op.rawValue, [left, right], spans: [], at: logical.span)
    }
    for operand in operands.dropFirst() {
      guard let next = bind(logical.op.rawValue, [result, operand], spans: [], at: logical.span) else {
        return nil
      }
      result = next
    }
    return result
  }

  private func lower(_ between: BetweenSyntax, in row: RowScope) -> Expression? {
    let value = lower(between.operand, in: row)
    let lower = lower(between.lower, in: row)
    let upper = self.lower(between.upper, in: row)
    guard var value, let lower, let upper else { return nil }
    let op = between.isNegated ? "!between" : "between"
    let isTimeAndSpan = value.type == .datetime && upper.type == .timespan
    if let problem = orderProblem(op, value, lower, (between.operand, between.lower), at: between.span)
      ?? (isTimeAndSpan
        ? nil : orderProblem(op, value, upper, (between.operand, between.upper), at: between.span))
    {
      guard permits(problem) else { return nil }
      if value.type == .dynamic { value = Coercion.cast(value, to: lower.type, dialect: .kql) }
    }
    return bind(
      op, [value, lower, upper],
      spans: [between.operand.span, between.lower.span, between.upper.span], at: between.span)
  }

  private func lower(_ binary: BinarySyntax, in row: RowScope) -> Expression? {
    // `* has "x"`: any column.
    if case .star = binary.left { return lowerAnyColumn(binary, in: row) }
    guard var left = lower(binary.left, in: row), var right = lower(binary.right, in: row) else { return nil }
    switch binary.op {
    case .equal, .notEqual:
      (left, right) = comparable(left, right, at: binary.span)
      guard Comparison.canEqual(left.type, right.type) else {
        return fail(
          comparedTypes(binary.op.rawValue, left, right, (binary.left, binary.right), at: binary.span))
      }
      if left.type == .dynamic, right.type == .dynamic {
        let text = String(scope.source[binary.left.span])
        guard permits(KQLMessages.dynamicEquality(binary.op.rawValue, text: text, at: binary.span)) else {
          return nil
        }
      }
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let sides = (binary.left, binary.right)
      if let problem = orderProblem(binary.op.rawValue, left, right, sides, at: binary.span) {
        guard permits(problem) else { return nil }
        if left.type == .dynamic { left = Coercion.cast(left, to: right.type, dialect: .kql) }
        if right.type == .dynamic { right = Coercion.cast(right, to: left.type, dialect: .kql) }
      }
    case .add:
      if left.type == .string || right.type == .string {
        return fail(KQLMessages.stringAddition(at: binary.span))
      }
    case .colon:
      return bind("has", [left, right], spans: [binary.left.span, binary.right.span], at: binary.span)
    default:
      // `like` and its kind are in the grammar alone.
      guard FunctionCatalog.scalar(binary.op.rawValue, in: .kql) != nil else {
        return fail(KQLMessages.undocumentedOperator(binary.op.rawValue, at: binary.span))
      }
    }
    let bound = bind(
      binary.op.rawValue, [left, right], spans: [binary.left.span, binary.right.span], at: binary.span)
    if let bound { checkConstants(bound, [binary.left, binary.right], at: binary.span) }
    return bound
  }

  private func lowerAnyColumn(_ binary: BinarySyntax, in row: RowScope) -> Expression? {
    guard let right = lower(binary.right, in: row) else { return nil }
    let isNegated = binary.op.rawValue.hasPrefix("!")
    let name = isNegated ? String(binary.op.rawValue.dropFirst()) : binary.op.rawValue
    let isEquality = name == "==" || name == "="
    let tests: [Expression] = row.columns.compactMap { column in
      if isEquality && column.type == right.type {
        return bind("==", [.column(column), right], spans: [], at: binary.span)
      }
      let text = Coercion.cast(.column(column), to: .string, dialect: .kql)
      return bind(isEquality ? "==" : name, [text, right], spans: [], at: binary.span)
    }
    guard let any = anyOf(tests[...], at: binary.span) else { return nil }
    return isNegated ? bind("not", [any], spans: [], at: binary.span) : any
  }

  /// Whether one of some conditions holds, in halves: those of all columns of all tables are a thousand.
  func anyOf(_ conditions: ArraySlice<Expression>, at span: SourceSpan) -> Expression? {
    guard let first = conditions.first else { return .literal(.bool(false), .bool) }
    if conditions.count == 1 { return first }
    let middle = conditions.startIndex + conditions.count / 2
    guard let left = anyOf(conditions[..<middle], at: span),
      let right = anyOf(conditions[middle...], at: span)
    else { return nil }
    return bind("or", [left, right], spans: [], at: span)
  }

  // MARK: - Calls

  /// Applies a catalogued function; a name that the catalog lacks has been checked by the caller.
  func bind(_ name: String, _ arguments: [Expression], spans: [SourceSpan], at span: SourceSpan)
    -> Expression?
  {
    guard let function = FunctionCatalog.scalar(name, in: .kql) else {
      return fail(KQLMessages.unsupportedFunction(name, at: span))
    }
    do throws(Diagnostic) {
      return try FunctionBinder.bind(
        function, arguments, dialect: .kql, span: scope.source == source ? span : nil, argumentSpans: spans)
    } catch {
      let loosened = FunctionBinder.loosened(arguments, to: function.signature, dialect: .kql)
      guard permits(error) else { return nil }
      return try? FunctionBinder.bind(function, loosened, dialect: .kql, span: span, argumentSpans: spans)
    }
  }
}
