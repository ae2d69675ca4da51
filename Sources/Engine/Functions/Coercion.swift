package import Diagnostics

/// Implicit conversions: few or nearly all, by the dialect.
package enum Coercion {
  /// The expression as what a parameter asks for; nil if nothing is implied that makes it fit.
  package static func convert(
    _ expression: Expression, to kind: Parameter.Kind, dialect: Dialect
  ) -> Expression? {
    let type = expression.type
    switch kind {
    case .any: return expression
    case .text: return cast(expression, to: .string, dialect: dialect)
    case .scalar: return type == .dynamic && dialect.conversions == .written ? nil : expression
    case .number:
      if type.isNumeric { return expression }
      return dialect.conversions == .implied ? cast(expression, to: .real, dialect: dialect) : nil
    case .oneOf(let types):
      if types.contains(type) { return expression }
      if dialect.conversions == .written {
        return type == .dynamic && types.contains(.string)
          ? cast(expression, to: .string, dialect: dialect) : nil
      }
      guard let first = types.first else { return nil }
      return cast(expression, to: first, dialect: dialect)
    case .type(let wanted): return convert(expression, to: wanted, dialect: dialect)
    }
  }

  package static func convert(_ expression: Expression, to wanted: DataType, dialect: Dialect)
    -> Expression?
  {
    let type = expression.type
    if type == wanted || (type == .int && wanted == .long) || (type == .long && wanted == .int) {
      return expression
    }
    if case .literal(.null, _) = expression { return .literal(.null, wanted) }
    if let from = type.numericWidth, let to = wanted.numericWidth, from < to {
      return cast(expression, to: wanted, dialect: dialect)
    }
    if type == .decimal, wanted == .real { return cast(expression, to: wanted, dialect: dialect) }
    // What a bag holds is a text by itself, and anything else by a conversion that is written out.
    if type == .dynamic, wanted == .string { return cast(expression, to: wanted, dialect: dialect) }
    if dialect.conversions == .implied, wanted != .bool || type == .dynamic {
      return cast(expression, to: wanted, dialect: dialect)
    }
    return nil
  }

  /// The expression through the conversion function of a type.
  package static func cast(_ expression: Expression, to type: DataType, dialect: Dialect) -> Expression {
    if expression.type == type { return expression }
    return .call(
      FunctionCall(
        function: Conversions.function(to: type, dialect: dialect), arguments: [expression], type: type,
        dialect: dialect))
  }

  /// The expression as what a parameter asks for, where only a value inside a bag has to be converted; nil otherwise.
  package static func convert(
    valueInside expression: Expression, to kind: Parameter.Kind, dialect: Dialect
  ) -> Expression? {
    guard expression.type == .dynamic else { return nil }
    switch kind {
    case .number: return cast(expression, to: .real, dialect: dialect)
    case .oneOf(let types): return types.first.map { cast(expression, to: $0, dialect: dialect) }
    case .type(let wanted): return cast(expression, to: wanted, dialect: dialect)
    // What has an order inside a bag keeps it.
    case .scalar: return expression
    case .any, .text: return nil
    }
  }

  /// The one type that values of some types share: the widest number, or the type they all have.
  /// Dynamic gives way to any other type.
  package static func commonType(_ types: [DataType]) -> DataType? {
    let plain = types.filter { $0 != .dynamic }
    guard let first = plain.first else { return types.isEmpty ? nil : .dynamic }
    if plain.allSatisfy({ $0 == first }) { return first }
    guard plain.allSatisfy(\.isNumeric) else { return nil }
    return plain.max { ($0.numericWidth ?? 0) < ($1.numericWidth ?? 0) }
  }

  /// What would make arguments fit together.
  package static func advice(together types: [DataType], dialect: Dialect) -> [Diagnostic.Suggestion] {
    let hasNumber = types.contains(where: \.isNumeric)
    if types.contains(.string) {
      if types.contains(.datetime) { return advice(converting: [.datetime], dialect) }
      if types.contains(.timespan) { return advice(converting: [.timespan], dialect) }
      return hasNumber ? advice(converting: [.long, .real], dialect) : []
    }
    guard dialect.conversions == .written else { return [] }
    if hasNumber, types.contains(.datetime) || types.contains(.timespan) {
      return [Diagnostic.Suggestion("a span of time has a unit, such as `5m`, `1h` or `7d`")]
    }
    guard types.allSatisfy({ $0 == .datetime }) else { return [] }
    return [Diagnostic.Suggestion("subtract one datetime from the other, or add a timespan such as `1h`")]
  }

  private static func advice(
    converting types: [DataType], _ dialect: Dialect
  ) -> [Diagnostic.Suggestion] {
    let names = types.compactMap { Conversions.name(to: $0, in: dialect) }
    if names.isEmpty { return [] }
    return [
      Diagnostic.Suggestion("convert the text: \(names.map { "`\($0)(…)`" }.joined(separator: " or "))")
    ]
  }

  /// What would make an argument fit.
  package static func advice(
    from type: DataType, to kind: Parameter.Kind, dialect: Dialect
  ) -> [Diagnostic.Suggestion] {
    guard dialect.conversions == .written else { return [] }
    if type.isNumeric, case .type(.timespan) = kind {
      return [Diagnostic.Suggestion("give the number a unit, such as `7d`, `1h` or `5m`")]
    }
    if type.isNumeric, case .type(.datetime) = kind {
      return [Diagnostic.Suggestion("write a time, such as `datetime(2026-01-15)` or `ago(7d)`")]
    }
    let name: String? =
      switch kind {
      case .type(.int): Conversions.name(to: .long, in: dialect)
      case .type(.dynamic):
        type == .string ? JSONFunctions.parse.names.suggested(in: dialect.language).first : nil
      case .type(.decimal), .type(.guid): nil
      case .type(let wanted): Conversions.name(to: wanted, in: dialect)
      case .number: Conversions.name(to: .real, in: dialect)
      case .scalar: type == .dynamic ? Conversions.name(to: .string, in: dialect) : nil
      case .any, .text, .oneOf: nil
      }
    return name.map { [Diagnostic.Suggestion("convert it with `\($0)()`")] } ?? []
  }
}
