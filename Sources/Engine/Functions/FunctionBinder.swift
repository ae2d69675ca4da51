package import Diagnostics

/// Applies a function to arguments: checks their number and types, converts where the language does, and works
/// out the type of the result.
package enum FunctionBinder {
  /// - Throws: a diagnostic at `span`, or at the argument to blame where `argumentSpans` has its place.
  package static func bind(
    _ function: ScalarFunction, _ arguments: [Expression], dialect: Dialect, span: SourceSpan? = nil,
    argumentSpans: [SourceSpan] = []
  ) throws(Diagnostic) -> Expression {
    let name = function.name(in: dialect.language)
    let converted = try convert(
      arguments, to: function.signature, name: name, dialect: dialect, span: span,
      argumentSpans: argumentSpans)
    let types = converted.map(\.type)
    let constants = converted.map(\.constantValue)
    guard let type = resultType(function.signature.returns, types: types, constants: constants) else {
      throw mismatch(function, name: name, types: arguments.map(\.type), dialect, span: span)
    }
    return .call(
      FunctionCall(function: function, arguments: converted, type: type, dialect: dialect, span: span))
  }

  /// The arguments, converted to what a signature asks for.
  package static func convert(
    _ arguments: [Expression], to signature: Signature, name: String, dialect: Dialect,
    span: SourceSpan? = nil, argumentSpans: [SourceSpan] = []
  ) throws(Diagnostic) -> [Expression] {
    if arguments.count < signature.minimumCount
      || arguments.count > signature.maximumCount ?? Int.max
    {
      throw .error(
        "argument-count", "`\(name)` takes \(countText(signature)), not \(arguments.count)", at: span,
        notes: ["signature: \(name)\(signature.text)"])
    }
    var converted: [Expression] = []
    for (index, argument) in arguments.enumerated() {
      guard let parameter = signature.parameter(at: index) else { continue }
      guard let fitting = Coercion.convert(argument, to: parameter.kind, dialect: dialect) else {
        var problem = Diagnostic.error(
          "argument-type",
          "`\(name)` takes \(parameter.kind.text) as `\(parameter.name)`, not \(argument.type.rawValue)",
          at: index < argumentSpans.count ? argumentSpans[index] : span,
          notes: ["signature: \(name)\(signature.text)"],
          suggestions: Coercion.advice(from: argument.type, to: parameter.kind, dialect: dialect))
        problem.yieldsToLenience =
          Coercion.convert(valueInside: argument, to: parameter.kind, dialect: dialect) != nil
        throw problem
      }
      if parameter.isConstant, !fitting.columns.isEmpty {
        throw .error(
          "argument-not-constant", "`\(name)` takes a constant as `\(parameter.name)`",
          at: index < argumentSpans.count ? argumentSpans[index] : span)
      }
      converted.append(fitting)
    }
    return converted
  }

  /// The arguments with the values inside bags converted as well, for a run that takes what KQL refuses.
  package static func loosened(
    _ arguments: [Expression], to signature: Signature, dialect: Dialect
  ) -> [Expression] {
    arguments.enumerated().map { index, argument in
      guard let parameter = signature.parameter(at: index),
        Coercion.convert(argument, to: parameter.kind, dialect: dialect) == nil
      else { return argument }
      return Coercion.convert(valueInside: argument, to: parameter.kind, dialect: dialect) ?? argument
    }
  }

  package static func resultType(
    _ returns: ReturnType, types: [DataType], constants: [Value?]
  ) -> DataType? {
    switch returns {
    case .fixed(let type): return type
    case .argument(let index): return index < types.count ? types[index] : nil
    case .promoted:
      let widest = types.max { ($0.numericWidth ?? 0) < ($1.numericWidth ?? 0) }
      return widest == .int ? .long : widest
    case .common(let start): return Coercion.commonType(Array(types.dropFirst(start)))
    case .computed(let compute): return compute(types, constants)
    }
  }

  /// Types that each would do, but not together: what the function does tells more than its signature.
  private static func mismatch(
    _ function: ScalarFunction, name: String, types: [DataType], _ dialect: Dialect, span: SourceSpan?
  ) -> Diagnostic {
    let given = types.map(\.rawValue).joined(separator: ", ")
    let summary = function.summary.prefix(1).lowercased() + function.summary.dropFirst()
    return .error(
      "argument-type", "`\(name)` does not work on (\(given))", at: span,
      notes: ["`\(name)` \(summary.hasSuffix(".") ? String(summary.dropLast()) : summary)"],
      suggestions: Coercion.advice(together: types, dialect: dialect))
  }

  private static func countText(_ signature: Signature) -> String {
    let least = signature.minimumCount
    guard let most = signature.maximumCount else { return "at least \(argumentText(least))" }
    return least == most ? argumentText(least) : "\(least) to \(argumentText(most))"
  }

  private static func argumentText(_ count: Int) -> String {
    count == 1 ? "1 argument" : "\(count) arguments"
  }
}

extension Signature {
  /// `(source: string, [length: long], …) -> string`.
  package var text: String {
    let list = parameters.map { parameter in
      let plain = "\(parameter.name): \(parameter.kind.text)"
      return parameter.isRepeated ? "[\(plain), …]" : parameter.isOptional ? "[\(plain)]" : plain
    }
    return "(\(list.joined(separator: ", "))) -> \(returns.text)"
  }
}

extension Parameter.Kind {
  package var text: String {
    switch self {
    case .any, .text: "any type"
    case .scalar: "any type but dynamic"
    case .number: "a number"
    case .oneOf(let types): types.map(\.rawValue).joined(separator: " or ")
    case .type(let type): type.rawValue
    }
  }
}

extension ReturnType {
  package var text: String {
    switch self {
    case .fixed(let type): type.rawValue
    case .argument(let index): "type of argument \(index + 1)"
    case .promoted: "widest number type"
    case .common: "common type"
    case .computed: "by its arguments"
    }
  }
}
