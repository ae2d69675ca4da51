import Diagnostics
import Engine

/// Expressions of `eval` and `where`.
extension SPLLowering {
  /// The expression; nil if it is wrong, which has been reported.
  func lower(_ expression: EvalExpressionSyntax, in relation: inout Relation) -> Expression? {
    guard depth < 400 else { return fail(SPLMessages.tooDeep(at: expression.span)) }
    depth += 1
    defer { depth -= 1 }
    switch expression {
    case .field(let field): return value(of: field, in: &relation)
    case .string(let literal): return .literal(.string(literal.value), .string)
    case .number(let number): return lower(number)
    case .constant(let constant): return lower(constant, in: &relation)
    case .call(let call): return lower(call, in: &relation)
    case .negate(let operand, let span):
      guard let value = lower(operand, in: &relation) else { return nil }
      if case .literal(.real(let number), _) = value { return .literal(.real(-number), .real) }
      if case .literal(.long(let number), _) = value { return .literal(.long(0 &- number), .long) }
      return bind("unary -", [number(value)], spans: [operand.span], at: span)
    case .not(let operand, _):
      guard let condition = condition(operand, in: &relation) else { return nil }
      return logical(Logical.not, [condition])
    case .and(let parts, _): return connect(parts, with: Logical.and, in: &relation)
    case .or(let parts, _): return connect(parts, with: Logical.or, in: &relation)
    case .xor(let parts, let span):
      var result: Expression?
      for part in parts {
        guard let next = condition(part, in: &relation) else { return nil }
        if let left = result {
          guard let both = bind("XOR", [left, next], spans: [], at: span) else { return nil }
          result = both
        } else {
          result = next
        }
      }
      return result
    case .binary(let binary): return lower(binary, in: &relation)
    case .membership(let value, let values, let span):
      for part in values { warnAboutBareText(part, against: value, in: &relation) }
      var arguments: [Expression] = []
      for part in [value] + values {
        guard let lowered = lower(part, in: &relation) else { return nil }
        arguments.append(lowered)
      }
      return bind("in", arguments, spans: [value.span] + values.map(\.span), at: span)
    case .subsearch(let subsearch): return value(of: subsearch, in: &relation)
    case .invalid: return nil
    }
  }

  /// An expression that must be true or false.
  func condition(_ expression: EvalExpressionSyntax, in relation: inout Relation) -> Expression? {
    guard let value = lower(expression, in: &relation) else { return nil }
    if value.type == .bool { return value }
    if case .literal(.null, _) = value { return .literal(.null, .bool) }
    return fail(SPLMessages.notACondition(at: expression.span))
  }

  /// A field as expressions see it: a time is its seconds.
  func value(of field: FieldNameSyntax, in relation: inout Relation) -> Expression {
    guard let column = read(field, in: &relation) else { return .literal(.null, .string) }
    return plain(column.reference)
  }

  /// A time as its seconds; all else as it is.
  func plain(_ expression: Expression) -> Expression {
    switch expression.type {
    case .datetime, .timespan: Coercion.cast(expression, to: .real, dialect: .spl)
    case .bool, .int, .long, .real, .decimal, .guid, .string, .dynamic: expression
    }
  }

  func number(_ expression: Expression) -> Expression {
    expression.type.isNumeric ? expression : Coercion.cast(expression, to: .real, dialect: .spl)
  }

  func text(_ expression: Expression) -> Expression {
    expression.type == .string ? expression : Coercion.cast(expression, to: .string, dialect: .spl)
  }

  func literal(_ text: String) -> Expression { .literal(.string(text), .string) }
  func literal(_ number: Int) -> Expression { .literal(.long(Int64(number)), .long) }
  func literal(_ number: Double) -> Expression { .literal(.real(number), .real) }
  func literal(_ truth: Bool) -> Expression { .literal(.bool(truth), .bool) }

  func logical(_ function: ScalarFunction, _ arguments: [Expression]) -> Expression {
    .call(FunctionCall(function: function, arguments: arguments, type: .bool, dialect: .spl))
  }

  /// A call of one of the functions that no search can call.
  func call(_ function: ScalarFunction, _ arguments: [Expression], as type: DataType) -> Expression {
    .call(FunctionCall(function: function, arguments: arguments, type: type, dialect: .spl))
  }

  func isNull(_ expression: Expression) -> Expression {
    call(SPLRowFunctions.isMissing, [expression], as: .bool)
  }

  func isThere(_ expression: Expression) -> Expression {
    call(SPLRowFunctions.isPresent, [expression], as: .bool)
  }

  /// The first of some values that is not null.
  func firstPresent(_ values: [Expression]) -> Expression {
    let fitted = unify(values)
    guard let last = fitted.values.last else { return .literal(.null, .string) }
    return .conditional(
      Conditional(
        branches: fitted.values.dropLast().map { Conditional.Branch(condition: isThere($0), value: $0) },
        otherwise: last, type: fitted.type))
  }

  /// Applies a function or operator to arguments; reports what does not fit.
  ///
  /// - Parameter literals: The arguments that are texts, so that an error inside a pattern stands under its character.
  func bind(
    _ name: String, _ arguments: [Expression], spans: [SourceSpan],
    literals: [Int: StringLiteralSyntax] = [:],
    at span: SourceSpan
  ) -> Expression? {
    guard let function = FunctionCatalog.scalar(name, in: .spl) else {
      return fail(SPLMessages.unknownFunction(name, known: FunctionCatalog.scalarNames(in: .spl), at: span))
    }
    do throws(Diagnostic) {
      let bound = try FunctionBinder.bind(
        function, arguments, dialect: .spl, span: span, argumentSpans: spans)
      if case .call(let made) = bound, let failure = ConstantFolding.failure(of: made) {
        var place = failure.argument.flatMap { $0 < spans.count ? spans[$0] : nil } ?? span
        if let range = failure.range, let literal = failure.argument.flatMap({ literals[$0] }) {
          place = literal.sourceSpan(forValueRange: range)
        }
        report(SPLMessages.badConstant(failure, at: place))
        return nil
      }
      return bound
    } catch {
      return fail(error)
    }
  }

  // MARK: - Parts

  private func lower(_ number: EvalNumberSyntax) -> Expression {
    if let integer = Int64(number.text) { return .literal(.long(integer), .long) }
    return .literal(Double(number.text).map { .real($0) } ?? .null, .real)
  }

  private func lower(_ constant: EvalConstantSyntax, in relation: inout Relation) -> Expression {
    if let column = relation.existing(constant.text) { return plain(column.reference) }
    return switch constant.kind {
    case .true: .literal(.bool(true), .bool)
    case .false: .literal(.bool(false), .bool)
    case .null: .literal(.null, .string)
    }
  }

  private func connect(
    _ parts: [EvalExpressionSyntax], with function: ScalarFunction, in relation: inout Relation
  ) -> Expression? {
    var conditions: [Expression] = []
    for part in parts {
      guard let next = condition(part, in: &relation) else { return nil }
      conditions.append(next)
    }
    return balanced(conditions[...], function)
  }

  /// Joins conditions in a tree that is no deeper than it must be.
  func balanced(_ conditions: ArraySlice<Expression>, _ function: ScalarFunction) -> Expression {
    if conditions.count == 1, let only = conditions.first { return only }
    if conditions.isEmpty { return .literal(.bool(function === Logical.and), .bool) }
    let middle = conditions.startIndex + conditions.count / 2
    return logical(
      function, [balanced(conditions[..<middle], function), balanced(conditions[middle...], function)])
  }

  private func lower(_ binary: EvalBinarySyntax, in relation: inout Relation) -> Expression? {
    warnAboutComparison(binary, in: &relation)
    guard checkLiterals(binary) else { return nil }
    if let known = literalResult(.binary(binary)) ?? compared(binary) { return known }
    guard var left = lower(binary.left, in: &relation), var right = lower(binary.right, in: &relation) else {
      return nil
    }
    // A text in quotes joins, whatever the other side looks like.
    let isJoined = binary.operation == .add && (binary.left.isText || binary.right.isText)
    let name = binary.operation == .like ? "like" : isJoined ? "." : binary.operation.rawValue
    if name == "." {
      left = fixedText(binary.left, left, in: &relation)
      right = fixedText(binary.right, right, in: &relation)
    }
    return bind(name, [left, right], spans: [binary.left.span, binary.right.span], at: binary.span)
  }
}

extension SPLLowering {
  /// Two texts in quotes are compared as texts, also where both look like numbers.
  private func compared(_ binary: EvalBinarySyntax) -> Expression? {
    guard case .string(let left) = binary.left, case .string(let right) = binary.right else { return nil }
    let isLess = left.value.precedes(right.value)
    let isEqual = left.value == right.value
    let truth: Bool? =
      switch binary.operation {
      case .equal: isEqual
      case .notEqual: !isEqual
      case .less: isLess
      case .lessOrEqual: isLess || isEqual
      case .greater: !isLess && !isEqual
      case .greaterOrEqual: !isLess
      case .add, .subtract, .multiply, .divide, .modulo, .concatenate, .like: nil
      }
    return truth.map { .literal(.bool($0), .bool) }
  }
}

extension EvalExpressionSyntax {
  /// Whether it gives a text whatever the data: a literal, or what joins one.
  fileprivate var isText: Bool {
    switch self {
    case .string: true
    case .binary(let binary):
      binary.operation == .concatenate
        || (binary.operation == .add && (binary.left.isText || binary.right.isText))
    case .field, .number, .constant, .call, .negate, .not, .and, .or, .xor, .membership, .subsearch, .invalid:
      false
    }
  }
}
