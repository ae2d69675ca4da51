package import Diagnostics

/// Implicit conversions of a language: few in KQL, nearly all in SPL.
package enum Coercion {
  /// The expression as what a parameter asks for; nil if the language does not convert it.
  package static func convert(
    _ expression: Expression, to kind: Parameter.Kind, language: Language
  ) -> Expression? {
    let type = expression.type
    switch kind {
    case .any: return expression
    case .text: return cast(expression, to: .string, language: language)
    case .scalar: return type == .dynamic && language == .kql ? nil : expression
    case .number:
      if type.isNumeric { return expression }
      return language == .spl ? cast(expression, to: .real, language: language) : nil
    case .oneOf(let types):
      if types.contains(type) { return expression }
      if language == .kql {
        return type == .dynamic && types.contains(.string)
          ? cast(expression, to: .string, language: language) : nil
      }
      guard let first = types.first else { return nil }
      return cast(expression, to: first, language: language)
    case .type(let wanted): return convert(expression, to: wanted, language: language)
    }
  }

  package static func convert(_ expression: Expression, to wanted: DataType, language: Language)
    -> Expression?
  {
    let type = expression.type
    if type == wanted || (type == .int && wanted == .long) || (type == .long && wanted == .int) {
      return expression
    }
    if case .literal(.null, _) = expression { return .literal(.null, wanted) }
    if let from = type.numericWidth, let to = wanted.numericWidth, from < to {
      return cast(expression, to: wanted, language: language)
    }
    if type == .decimal, wanted == .real { return cast(expression, to: wanted, language: language) }
    // KQL: what a bag holds is a text by itself, and anything else by a conversion that is written out.
    if type == .dynamic, wanted == .string { return cast(expression, to: wanted, language: language) }
    if language == .spl, wanted != .bool || type == .dynamic {
      return cast(expression, to: wanted, language: language)
    }
    return nil
  }

  /// The expression through the conversion function of a type.
  package static func cast(_ expression: Expression, to type: DataType, language: Language) -> Expression {
    if expression.type == type { return expression }
    return .call(
      FunctionCall(
        function: Conversions.function(to: type, language: language), arguments: [expression], type: type,
        language: language))
  }

  /// The expression as what a parameter asks for, where only a value inside a bag has to be converted; nil otherwise.
  package static func convert(
    valueInside expression: Expression, to kind: Parameter.Kind, language: Language
  ) -> Expression? {
    guard expression.type == .dynamic else { return nil }
    switch kind {
    case .number: return cast(expression, to: .real, language: language)
    case .oneOf(let types): return types.first.map { cast(expression, to: $0, language: language) }
    case .type(let wanted): return cast(expression, to: wanted, language: language)
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
  package static func advice(together types: [DataType], language: Language) -> [Diagnostic.Suggestion] {
    guard language == .kql else { return [] }
    let hasNumber = types.contains(where: \.isNumeric)
    let advice: String? =
      if types.contains(.string) {
        types.contains(.datetime)
          ? "convert the text: `todatetime(…)`"
          : types.contains(.timespan)
            ? "convert the text: `totimespan(…)`"
            : hasNumber ? "convert the text: `tolong(…)` or `todouble(…)`" : nil
      } else if hasNumber, types.contains(.datetime) || types.contains(.timespan) {
        "a span of time has a unit, such as `5m`, `1h` or `7d`"
      } else {
        types.allSatisfy { $0 == .datetime }
          ? "subtract one datetime from the other, or add a timespan such as `1h`" : nil
      }
    return advice.map { [Diagnostic.Suggestion($0)] } ?? []
  }

  /// What would make an argument fit.
  package static func advice(
    from type: DataType, to kind: Parameter.Kind, language: Language
  ) -> [Diagnostic.Suggestion] {
    guard language == .kql else { return [] }
    if type.isNumeric, case .type(.timespan) = kind {
      return [Diagnostic.Suggestion("give the number a unit, such as `7d`, `1h` or `5m`")]
    }
    if type.isNumeric, case .type(.datetime) = kind {
      return [Diagnostic.Suggestion("write a time, such as `datetime(2026-01-15)` or `ago(7d)`")]
    }
    let name: String? =
      switch kind {
      case .type(.string): "tostring"
      case .type(.long), .type(.int): "tolong"
      case .type(.real), .number: "todouble"
      case .type(.datetime): "todatetime"
      case .type(.timespan): "totimespan"
      case .type(.bool): "tobool"
      case .type(.dynamic): type == .string ? "parse_json" : nil
      case .scalar: type == .dynamic ? "tostring" : nil
      case .any, .text, .oneOf, .type: nil
      }
    return name.map { [Diagnostic.Suggestion("convert it with `\($0)()`")] } ?? []
  }
}
