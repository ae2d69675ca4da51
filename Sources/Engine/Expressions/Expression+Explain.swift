extension Expression {
  /// The expression as a line of `explain`: operators between their operands, functions as calls.
  ///
  /// Example: `EventSource =~ "ses.amazonaws.com" and isempty(ErrorCode)`.
  package var explanation: String { explanation(isOperand: false) }

  private func explanation(isOperand: Bool) -> String {
    switch self {
    case .literal(let value, let type): return Expression.literalText(value, type)
    case .column(let column): return Expression.nameText(column.name)
    case .subquery(let subquery): return "toscalar(subquery \(subquery.id))"
    case .binding(let binding):
      let word =
        switch binding.reading {
        case .whole: "let"
        case .each: "for each"
        case .filter: "those of"
        }
      return
        "\(word) \(binding.column.name) = \(binding.value.explanation) in (\(binding.body.explanation))"
    case .conditional(let conditional):
      let parts = conditional.branches.flatMap { [$0.condition.explanation, $0.value.explanation] }
      return "case(\((parts + [conditional.otherwise.explanation]).joined(separator: ", ")))"
    case .call(let call):
      let text = call.explanation
      return isOperand && call.isOperator ? "(\(text))" : text
    }
  }

  /// An operand: in parentheses if it is an operation itself, save within a chain of the same `and` or `or`.
  fileprivate func operandText(of parent: FunctionCall) -> String {
    if case .call(let call) = self, call.function === parent.function,
      call.function === Logical.and || call.function === Logical.or
    {
      return explanation(isOperand: false)
    }
    return explanation(isOperand: true)
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

extension FunctionName {
  /// Stands between its operands.
  package var isOperator: Bool {
    !text.hasPrefix("[") && (FunctionName.wordOperators.contains(text) || FunctionName.isSign(text))
  }

  /// Operators spelt as words; all others begin with a sign.
  private static let wordOperators: Set<String> = [
    "and", "or", "AND", "OR", "LIKE", "in", "in~", "has", "has_cs", "has_any", "has_all", "contains",
    "contains_cs", "startswith", "startswith_cs", "endswith", "endswith_cs", "hasprefix", "hasprefix_cs",
    "hassuffix", "hassuffix_cs", "search=",
  ]

  private static func isSign(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first else { return false }
    return !("a"..."z").contains(first) && !("A"..."Z").contains(first) && first != "_"
  }
}

extension FunctionCall {
  fileprivate var isOperator: Bool {
    let name = FunctionName(
      language: dialect.language, text: function.name(in: dialect.language), isAlias: false)
    return arguments.count >= 2 && name.isOperator
  }

  fileprivate var explanation: String {
    let name = function.name(in: dialect.language)
    if name.hasPrefix("["), arguments.count == 2 {
      return "\(arguments[0].explanation)[\(arguments[1].explanation)]"
    }
    if isOperator {
      let first = arguments[0].operandText(of: self)
      if arguments.count == 2, !name.contains("in") && !name.hasPrefix("has_a") {
        return "\(first) \(name) \(arguments[1].operandText(of: self))"
      }
      return "\(first) \(name) (\(arguments.dropFirst().map(\.explanation).joined(separator: ", ")))"
    }
    if name.hasPrefix("unary "), arguments.count == 1 {
      return "\(name.dropFirst(6))\(arguments[0].operandText(of: self))"
    }
    return "\(name)(\(arguments.map(\.explanation).joined(separator: ", ")))"
  }
}
