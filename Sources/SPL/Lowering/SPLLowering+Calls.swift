import Diagnostics
import Engine

/// Calls of eval functions; those that choose between values have rules of their own.
extension SPLLowering {
  func lower(_ call: EvalCallSyntax, in relation: inout Relation) -> Expression? {
    let name = call.name.lowercased()
    switch name {
    case "if": return lowerIf(call, in: &relation)
    case "case": return lowerCase(call, in: &relation)
    case "validate": return lowerValidate(call, in: &relation)
    case "coalesce":
      guard let values = arguments(call, in: &relation) else { return nil }
      return values.isEmpty
        ? fail(SPLMessages.argumentCount(name, "a value", at: call.span)) : firstPresent(values)
    case "nullif": return lowerNullIf(call, in: &relation)
    case "null": return .literal(.null, .string)
    case "true": return .literal(.bool(true), .bool)
    case "false": return .literal(.bool(false), .bool)
    case "isnull", "isnotnull":
      guard call.arguments.count == 1, let value = arguments(call, in: &relation)?.first else {
        return fail(SPLMessages.argumentCount(name, "one value", at: call.span))
      }
      return name == "isnull" ? isNull(value) : isThere(value)
    case "searchmatch": return lowerSearchMatch(call, in: &relation)
    case "mvmap", "mvfilter": return lowerEach(call, in: &relation)
    case "lookup": return lowerLookup(call, in: &relation)
    case "sigfig": return lowerDigits(call)
    default: break
    }
    guard let function = FunctionCatalog.scalar(name, in: .spl) else {
      if let reason = RefusedFunctions.eval[name] {
        return fail(SPLMessages.refusedFunction(call.name, reason, at: call.nameSpan))
      }
      return fail(
        SPLMessages.unknownFunction(
          call.name, known: FunctionCatalog.scalarNames(in: .spl) + SPLLowering.ownFunctions,
          at: call.nameSpan))
    }
    guard checkLiterals(call, of: function) else { return nil }
    if let known = literalResult(.call(call)) ?? extreme(call) { return known }
    let outer = keepsDigits
    keepsDigits = outer || name == "exact"
    let lowered = arguments(call, in: &relation)
    keepsDigits = outer
    guard var values = lowered else { return nil }
    if name == "tostring", values.count == 1 {
      values[0] = fixedText(call.arguments[0], values[0], in: &relation)
    }
    var literals: [Int: StringLiteralSyntax] = [:]
    for case (let index, .string(let literal)) in call.arguments.enumerated() { literals[index] = literal }
    return bind(
      function.name(in: .spl), values, spans: call.arguments.map(\.span), literals: literals, at: call.span)
  }

  /// `min` and `max` of texts in quotes go by the order of texts, also where all look like numbers.
  private func extreme(_ call: EvalCallSyntax) -> Expression? {
    let name = call.name.lowercased()
    guard name == "min" || name == "max", !call.arguments.isEmpty else { return nil }
    var texts: [String] = []
    for argument in call.arguments {
      guard case .string(let literal) = argument else { return nil }
      texts.append(literal.value)
    }
    let sorted = texts.sorted { $0.precedes($1) }
    return (name == "min" ? sorted.first : sorted.last).map { literal($0) }
  }

  /// Functions whose arguments are no plain values.
  static let ownFunctions: [String] = SPLSpecialFunctions.all.flatMap { $0.names.map(\.text) }

  private func arguments(_ call: EvalCallSyntax, in relation: inout Relation) -> [Expression]? {
    var values: [Expression] = []
    for argument in call.arguments {
      guard let value = lower(argument, in: &relation) else { return nil }
      values.append(value)
    }
    return values
  }

  private func lowerIf(_ call: EvalCallSyntax, in relation: inout Relation) -> Expression? {
    guard call.arguments.count == 3 else {
      return fail(SPLMessages.argumentCount("if", "a condition and two values", at: call.span))
    }
    guard let condition = condition(call.arguments[0], in: &relation),
      let yes = lower(call.arguments[1], in: &relation), let no = lower(call.arguments[2], in: &relation)
    else { return nil }
    return choose([(condition, yes)], otherwise: no)
  }

  private func lowerCase(_ call: EvalCallSyntax, in relation: inout Relation) -> Expression? {
    guard let branches = pairs(call, in: &relation) else { return nil }
    return choose(branches, otherwise: .literal(.null, .string))
  }

  /// The value behind the first condition that is not true.
  private func lowerValidate(_ call: EvalCallSyntax, in relation: inout Relation) -> Expression? {
    guard let branches = pairs(call, in: &relation) else { return nil }
    return choose(
      branches.map { (logical(Logical.not, [$0.0]), $0.1) }, otherwise: .literal(.null, .string))
  }

  private func pairs(_ call: EvalCallSyntax, in relation: inout Relation) -> [(Expression, Expression)]? {
    guard !call.arguments.isEmpty, call.arguments.count % 2 == 0 else {
      return fail(
        SPLMessages.argumentCount(call.name.lowercased(), "pairs of a condition and a value", at: call.span))
    }
    var branches: [(Expression, Expression)] = []
    for index in stride(from: 0, to: call.arguments.count, by: 2) {
      guard let condition = condition(call.arguments[index], in: &relation),
        let value = lower(call.arguments[index + 1], in: &relation)
      else { return nil }
      branches.append((condition, value))
    }
    return branches
  }

  private func lowerNullIf(_ call: EvalCallSyntax, in relation: inout Relation) -> Expression? {
    guard call.arguments.count == 2, let values = arguments(call, in: &relation) else {
      return fail(SPLMessages.argumentCount("nullif", "two values", at: call.span))
    }
    guard let isEqual = bind("=", values, spans: call.arguments.map(\.span), at: call.span) else {
      return nil
    }
    return choose([(isEqual, .literal(.null, values[0].type))], otherwise: values[0])
  }

  private func lowerSearchMatch(_ call: EvalCallSyntax, in relation: inout Relation) -> Expression? {
    guard call.arguments.count == 1, case .string(let literal) = call.arguments[0] else {
      return fail(SPLMessages.argumentCount("searchmatch", "a text in double quotes", at: call.span))
    }
    let (tree, diagnostics) = SPL.parse(SourceText(name: "searchmatch", text: "search " + literal.value))
    guard !diagnostics.contains(where: { $0.severity == .error }), tree.stages.count == 1,
      case .search(let search)? = tree.stages.first?.command
    else { return fail(SPLMessages.badSearchText(at: literal.span)) }
    return inOwnText { search.expression.flatMap { lower($0, in: &relation) } }
      ?? .literal(.bool(true), .bool)
  }

  func choose(_ branches: [(Expression, Expression)], otherwise: Expression) -> Expression {
    let fitted = unify(branches.map(\.1) + [otherwise])
    return .conditional(
      Conditional(
        branches: zip(branches, fitted.values).map { Conditional.Branch(condition: $0.0, value: $1) },
        otherwise: fitted.values[branches.count], type: fitted.type))
  }

  /// Values as one type: numbers stay numbers, several values stay several, all else is text.
  func unify(_ values: [Expression]) -> (values: [Expression], type: DataType) {
    let types = values.compactMap { value -> DataType? in
      if case .literal(.null, _) = value { return nil }
      return value.type
    }
    let distinct = Set(types)
    let type: DataType
    if let only = distinct.first, distinct.count == 1 {
      type = only
    } else if distinct.isEmpty {
      type = .string
    } else if distinct.contains(.dynamic) {
      type = .dynamic
    } else if distinct.allSatisfy(\.isNumeric) {
      type = .real
    } else {
      type = .string
    }
    return (values.map { fit($0, to: type) }, type)
  }

  private func fit(_ value: Expression, to type: DataType) -> Expression {
    if case .literal(.null, _) = value { return .literal(.null, type) }
    if value.type == type { return value }
    if type == .dynamic, value.type != .string { return Coercion.cast(text(value), to: type, dialect: .spl) }
    return Coercion.cast(value, to: type, dialect: .spl)
  }
}
