import Diagnostics
import Engine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many digits numbers have: those of literals bound the result, and `round` keeps its zeros in texts.
extension SPLLowering {
  /// The result of arithmetic on literals alone, in the digits of the least precise one; nil for anything else.
  ///
  /// Example: `8.250*0.2` is 2 and `8.250*0.20` is 1.7, as Splunk's page has it. Whole numbers are exact.
  func literalResult(_ expression: EvalExpressionSyntax) -> Engine.Expression? {
    if keepsDigits { return nil }
    switch expression {
    case .binary, .call:
      guard let number = PreciseNumber(expression), number.significant != nil || number.decimals != nil,
        number.value.isFinite
      else { return nil }
      return .literal(.real(number.value), .real)
    case .field, .string, .number, .constant, .negate, .not, .and, .or, .xor, .membership, .subsearch,
      .invalid:
      return nil
    }
  }

  /// `sigfig`, of numbers as they are written.
  func lowerDigits(_ call: EvalCallSyntax) -> Engine.Expression? {
    guard call.arguments.count == 1 else {
      return fail(SPLMessages.argumentCount("sigfig", "one number", at: call.span))
    }
    guard let number = PreciseNumber(call.arguments[0]), number.value.isFinite else {
      return fail(
        SPLMessages.refusedFunction(
          "sigfig", "how the numbers of fields were written is not known here; `round(x, 2)` rounds them",
          at: call.nameSpan))
    }
    return .literal(.real(number.value), .real)
  }

  /// A value where a text is made of it: what `round(x, 2)` gave has two digits behind the point.
  func fixedText(_ syntax: EvalExpressionSyntax, _ value: Engine.Expression, in relation: inout Relation)
    -> Engine.Expression
  {
    guard let count = digits(of: syntax, in: &relation), value.type.isNumeric,
      let text = bind("printf", [literal("%.\(count)f"), value], spans: [], at: syntax.span)
    else { return value }
    return choose([(isThere(value), text)], otherwise: .literal(.null, .string))
  }

  /// The digits behind the point that a rounded value keeps; nil where nothing is known of them.
  func digits(of syntax: EvalExpressionSyntax, in relation: inout Relation) -> Int? {
    switch syntax {
    case .call(let call):
      guard call.name.lowercased() == "round", call.arguments.count == 2,
        case .number(let number) = call.arguments[1], let count = Int(number.text), (1...15).contains(count)
      else { return nil }
      return count
    case .field(let field): return relation.existing(field.name).flatMap { roundedDigits[$0.id] }
    case .string, .number, .constant, .negate, .not, .and, .or, .xor, .binary, .membership, .subsearch,
      .invalid:
      return nil
    }
  }
}

/// A number and how precise it is.
private struct PreciseNumber {
  var value: Double
  /// Significant digits; nil for a whole number, which is exact.
  var significant: Int?
  /// Digits behind the point; nil for a whole number.
  var decimals: Int?

  init(value: Double, significant: Int? = nil, decimals: Int? = nil) {
    (self.value, self.significant, self.decimals) = (value, significant, decimals)
  }

  /// Nil for what is not made of literals alone.
  init?(_ expression: EvalExpressionSyntax) {
    switch expression {
    case .number(let number):
      guard let value = Double(number.text), !number.text.lowercased().contains("e") else { return nil }
      guard let point = number.text.firstIndex(of: ".") else {
        self.init(value: value)
        return
      }
      let decimals = number.text[number.text.index(after: point)...].count
      let digits = number.text.filter(\.isNumber).drop { $0 == "0" }.count
      self.init(value: value, significant: max(1, digits), decimals: decimals)
    case .negate(let operand, _):
      guard var number = PreciseNumber(operand) else { return nil }
      number.value = -number.value
      self = number
    case .binary(let binary):
      guard let left = PreciseNumber(binary.left), let right = PreciseNumber(binary.right) else { return nil }
      switch binary.operation {
      case .add: self = .added(left, right, left.value + right.value)
      case .subtract: self = .added(left, right, left.value - right.value)
      case .multiply: self = .multiplied(left, right, left.value * right.value)
      case .divide:
        if right.value == 0 { return nil }
        self = .multiplied(left, right, left.value / right.value)
      case .modulo, .concatenate, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .like:
        return nil
      }
    case .call(let call):
      guard call.name.lowercased() == "pow", call.arguments.count == 2,
        let left = PreciseNumber(call.arguments[0]), let right = PreciseNumber(call.arguments[1])
      else { return nil }
      self = .multiplied(left, right, pow(left.value, right.value))
    case .field, .string, .constant, .not, .and, .or, .xor, .membership, .subsearch, .invalid: return nil
    }
  }

  private static func least(_ left: Int?, _ right: Int?) -> Int? {
    [left, right].compactMap { $0 }.min()
  }

  /// A sum has the digits behind the point of the part that has fewer.
  private static func added(_ left: PreciseNumber, _ right: PreciseNumber, _ value: Double) -> PreciseNumber {
    guard let decimals = least(left.decimals, right.decimals) else { return PreciseNumber(value: value) }
    let rounded = Double(NumberText.formatted("%.\(decimals)f", value)) ?? value
    let whole = max(1, abs(rounded) < 1 ? 1 : Int(log10(abs(rounded))) + 1)
    return PreciseNumber(value: rounded, significant: whole + decimals, decimals: decimals)
  }

  /// A product has the significant digits of the part that has fewer.
  private static func multiplied(
    _ left: PreciseNumber, _ right: PreciseNumber, _ value: Double
  ) -> PreciseNumber {
    guard let digits = least(left.significant, right.significant), value != 0, value.isFinite else {
      return PreciseNumber(value: value)
    }
    let places = digits - 1 - Int(log10(abs(value)).rounded(.down))
    let scale = pow(10, Double(abs(places)))
    // A product such as 1.65 may stand a little below its half.
    let scaled = (places < 0 ? value / scale : value * scale) * (1 + 1e-14)
    let rounded = places < 0 ? scaled.rounded() * scale : scaled.rounded() / scale
    return PreciseNumber(value: rounded, significant: digits, decimals: max(0, places))
  }
}
