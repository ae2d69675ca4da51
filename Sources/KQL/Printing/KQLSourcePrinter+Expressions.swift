import Diagnostics

extension KQLSourcePrinter {
  package static func text(_ expression: ExpressionSyntax) -> String {
    switch expression {
    case .literal(let node): literal(node)
    case .dynamic(let node): "dynamic(\(dynamicValue(node.value)))"
    case .name(let node): name(node)
    case .star: "*"
    case .pattern(let node): pattern(node)
    case .path(let node): "\(operand(node.base)).\(name(node.member))"
    case .index(let node): "\(operand(node.base))[\(text(node.index))]"
    case .call(let node): call(node)
    case .memberCall(let node): "\(operand(node.base)).\(call(node.call))"
    case .unary(let node): "\(node.op.rawValue)\(operand(node.operand))"
    case .binary(let node): "\(operand(node.left)) \(node.op.rawValue) \(operand(node.right))"
    case .logical(let node): node.operands.map(operand).joined(separator: " \(node.op.rawValue) ")
    case .membership(let node):
      "\(operand(node.operand)) \(node.op.rawValue) (\(list(node.elements, element)))"
    case .between(let node):
      "\(operand(node.operand)) \(node.isNegated ? "!" : "")between (\(operand(node.lower)) .. \(operand(node.upper)))"
    case .typeof(let node): typeof(node)
    case .subquery(let node): "(\(text(node)))"
    case .error: ""
    }
  }

  /// An expression as a part of another, in parentheses where it has an operator.
  static func operand(_ expression: ExpressionSyntax) -> String {
    switch expression {
    case .unary, .binary, .logical, .membership, .between: "(\(text(expression)))"
    case .literal, .dynamic, .name, .star, .pattern, .path, .index, .call, .memberCall, .typeof, .subquery,
      .error:
      text(expression)
    }
  }

  /// An argument, where a pipeline needs no parentheses of its own.
  static func element(_ expression: ExpressionSyntax) -> String {
    if case .subquery(let pipeline) = expression { return "(\(text(pipeline)))" }
    return text(expression)
  }

  static func list<Element>(_ elements: [Element], _ print: (Element) -> String) -> String {
    elements.map(print).joined(separator: ", ")
  }

  static func name(_ name: NameSyntax) -> String {
    name.isBracketed ? "[\(quoted(name.text))]" : name.text
  }

  static func pattern(_ pattern: NamePatternSyntax) -> String {
    pattern.isBracketed ? "[\(quoted(pattern.text))]" : pattern.text
  }

  static func call(_ call: CallSyntax) -> String {
    "\(name(call.function))(\(list(call.arguments, argument)))"
  }

  static func argument(_ argument: ArgumentSyntax) -> String {
    argument.name.map { "\(name($0)) = \(element(argument.value))" } ?? element(argument.value)
  }

  static func named(_ column: NamedExpressionSyntax) -> String {
    if column.isTuple { return "(\(list(column.names, name))) = \(text(column.value))" }
    return column.name.map { "\(name($0)) = \(text(column.value))" } ?? text(column.value)
  }

  static func column(_ column: ColumnDeclarationSyntax) -> String {
    "\(name(column.name)):\(column.type.text)"
  }

  static func option(_ option: OptionSyntax) -> String { "\(name(option.name))=\(text(option.value))" }

  static func orderKey(_ key: OrderKeySyntax) -> String {
    var result = named(key.expression)
    if let direction = key.direction { result += " \(direction.rawValue)" }
    if let nulls = key.nulls { result += " nulls \(nulls.rawValue)" }
    return result
  }

  private static func typeof(_ node: TypeOfSyntax) -> String {
    switch node.content {
    case .type(let type): "typeof(\(type.text))"
    case .columns(let columns): "typeof(\(list(columns, column)))"
    }
  }

  private static func dynamicValue(_ value: DynamicLiteralSyntax.Value) -> String {
    switch value {
    case .null: "null"
    case .scalar(let scalar): literal(scalar)
    case .array(let elements): "[\(list(elements, dynamicValue))]"
    case .bag(let properties):
      "{\(list(properties) { "\(quoted($0.key.value)): \(dynamicValue($0.value))" })}"
    }
  }
}
