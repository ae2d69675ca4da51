import Diagnostics
import Engine

/// Literals of a type that an operator or function does not take: Splunk refuses such a search, whatever the data.
extension SPLLowering {
  /// Whether the operands of an operator are what it takes, as far as they are literals.
  func checkLiterals(_ binary: EvalBinarySyntax) -> Bool {
    let sides = [binary.left, binary.right]
    let kinds = sides.map(\.literalKind)
    let wrong: EvalExpressionSyntax?
    switch binary.operation {
    case .subtract, .multiply, .divide, .modulo:
      wrong = zip(sides, kinds).first { $1 == .text || $1 == .truth }?.0
    case .add:
      // A text joins a text or a field, and a number adds to one.
      let isMixed = kinds.contains(.text) && kinds.contains(.number)
      wrong = zip(sides, kinds).first { $1 == .truth || (isMixed && $1 == .text) }?.0
    case .concatenate: wrong = zip(sides, kinds).first { $1 == .null }?.0
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .like: wrong = nil
    }
    guard let wrong else { return true }
    report(SPLMessages.literalOperand(binary.operation.rawValue, wrong))
    return false
  }

  /// They change each value of a field with several, and take texts all the same.
  private static let textFunctions: Set<String> = [
    "upper", "lower", "trim", "ltrim", "rtrim", "substr", "replace", "len", "md5", "sha1", "sha256", "sha512",
    "urldecode",
  ]

  /// Whether the arguments of a function are what it takes, as far as they are literals.
  func checkLiterals(_ call: EvalCallSyntax, of function: ScalarFunction) -> Bool {
    for (index, argument) in call.arguments.enumerated() {
      guard let kind = argument.literalKind, let parameter = function.signature.parameter(at: index) else {
        continue
      }
      let fits: Bool
      switch parameter.kind {
      case .type(.string): fits = kind == .text
      case .number, .type(.real), .type(.long): fits = kind == .number
      case .any where index == 0 && SPLLowering.textFunctions.contains(call.name.lowercased()):
        fits = kind == .text
      case .any, .scalar, .text, .oneOf, .type: fits = kind != .null
      }
      if !fits, kind != .null || function.nulls == .nullIfAnyNull {
        report(SPLMessages.literalArgument(call.name, parameter.kind.text, argument))
        return false
      }
    }
    if call.name.lowercased() == "tonumber", call.arguments.count == 1,
      case .string(let literal) = call.arguments[0], NumberText.real(literal.value) == nil
    {
      report(SPLMessages.noNumber(literal))
      return false
    }
    return true
  }
}

extension EvalExpressionSyntax {
  enum LiteralKind: Hashable, Sendable {
    case text, number, truth, null
  }

  /// What it is as a literal; nil for what depends on the data.
  var literalKind: LiteralKind? {
    switch self {
    case .string: return .text
    case .number: return .number
    case .negate(let operand, _): return operand.literalKind == .number ? .number : nil
    case .call(let call):
      guard call.arguments.isEmpty else { return nil }
      return switch call.name.lowercased() {
      case "null": .null
      case "true", "false": .truth
      default: nil
      }
    case .field, .constant, .not, .and, .or, .xor, .binary, .membership, .subsearch, .invalid: return nil
    }
  }
}

extension SPLMessages {
  static func literalOperand(_ operation: String, _ operand: EvalExpressionSyntax) -> Diagnostic {
    let isJoin = operation == "." || operation == "+"
    return .error(
      "literal-type", "`\(operation)` does not take \(name(of: operand))", at: operand.span,
      notes: ["Splunk refuses such a search"],
      suggestions: isJoin
        ? [.init("`.` joins texts, `+` adds numbers")] : [.init("write the number without quotes")])
  }

  static func literalArgument(
    _ function: String, _ wanted: String, _ argument: EvalExpressionSyntax
  ) -> Diagnostic {
    .error(
      "literal-type", "`\(function)` takes \(wanted), not \(name(of: argument))", at: argument.span,
      notes: ["Splunk refuses such a search"])
  }

  static func noNumber(_ literal: StringLiteralSyntax) -> Diagnostic {
    .error(
      "literal-type", "`\(literal.value)` is no number", at: literal.span,
      notes: ["Splunk refuses such a search; of a field that is no number it gives null"])
  }

  private static func name(of literal: EvalExpressionSyntax) -> String {
    switch literal.literalKind {
    case .text: "a text"
    case .number: "a number"
    case .truth: "a truth value"
    case .null, nil: "null"
    }
  }
}
