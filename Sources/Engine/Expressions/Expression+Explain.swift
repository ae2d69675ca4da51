extension Expression {
  /// The expression as a line of `explain`: operators between their operands, with parentheses where the others would
  /// take an operand away, and functions as calls.
  ///
  /// Example: `EventSource =~ "ses.amazonaws.com" and (a or b) and isempty(ErrorCode)`.
  package var explanation: String { explanation(in: .none) }

  /// As an operand of something that takes only what binds so strongly.
  fileprivate func explanation(in least: BindingStrength) -> String {
    switch self {
    case .literal(let value, let type): return Expression.literalText(value, type)
    case .column(let column): return Expression.nameText(column.name)
    case .subquery(let subquery): return "toscalar(subquery \(subquery.id))"
    case .binding(let binding):
      let text = binding.explanation
      return least == .none ? text : "(\(text))"
    case .conditional(let conditional):
      let parts = conditional.branches.flatMap { [$0.condition.explanation, $0.value.explanation] }
      return "case(\((parts + [conditional.otherwise.explanation]).joined(separator: ", ")))"
    case .call(let call):
      let text = call.explanation
      return call.function.notation.strength < least ? "(\(text))" : text
    }
  }

  private static func literalText(_ value: Value, _ type: DataType) -> String {
    switch value {
    case .null: "\(type.rawValue)(null)"
    case .string(let text): JSONValue.string(text).text
    case .bool(let value): value ? "true" : "false"
    case .long, .real: value.kqlText
    case .decimal: "decimal(\(value.kqlText))"
    case .datetime: "datetime(\(value.kqlText))"
    case .timespan: "timespan(\(value.kqlText))"
    case .guid: "guid(\(value.kqlText))"
    case .dynamic(let tree): "dynamic(\(tree.text))"
    }
  }

  /// A name as it is written; in brackets if it is no plain one.
  package static func nameText(_ name: String) -> String {
    let isPlain = name.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
        || $0 == "."
    }
    return isPlain && !name.isEmpty ? name : "[\(JSONValue.string(name).text)]"
  }
}

extension Binding {
  fileprivate var explanation: String {
    let word =
      switch reading {
      case .whole: "let"
      case .each: "for each"
      case .filter: "those of"
      }
    return "\(word) \(column.name) = \(value.explanation) in \(body.explanation(in: .primary))"
  }
}

extension FunctionCall {
  fileprivate var explanation: String {
    let name = function.name(in: dialect.language)
    let strength = function.notation.strength
    switch (function.notation, arguments.count) {
    case (.infix, 2):
      let left = arguments[0].explanation(in: strength == .comparison ? strength.next : strength)
      return "\(left) \(name) \(right.explanation(in: goesOn ? strength : strength.next))"
    case (.prefix(let sign), 1): return sign + arguments[0].explanation(in: strength.next)
    case (.list, 1...):
      let list = arguments.dropFirst().map(\.explanation).joined(separator: ", ")
      return "\(arguments[0].explanation(in: strength.next)) \(name) (\(list))"
    case (.range, 3):
      let value = arguments[0].explanation(in: strength.next)
      return "\(value) \(name) (\(arguments[1].explanation) .. \(arguments[2].explanation))"
    case (.subscripted, 2): return "\(arguments[0].explanation(in: .primary))[\(arguments[1].explanation)]"
    case (.call, _), (.infix, _), (.prefix, _), (.list, _), (.range, _), (.subscripted, _):
      return "\(name)(\(arguments.map(\.explanation).joined(separator: ", ")))"
    }
  }

  private var right: Expression { arguments[1] }

  /// `a and (b and c)` is `a and b and c`.
  private var goesOn: Bool {
    guard case .call(let call) = right, call.function === function else { return false }
    return function === Logical.and || function === Logical.or
  }
}
