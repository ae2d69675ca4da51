import Diagnostics
import Engine

/// The names that KQL gives to columns that have none.
extension KQLLowering {
  /// The name of an expression: a column's own, a path's parts joined by `_`, a function's by its rule.
  func autoName(_ expression: ExpressionSyntax) -> String? {
    switch expression {
    case .name(let name): return name.text
    case .path(let path): return joined(autoName(path.base), path.member.text)
    case .index(let index):
      guard case .literal(let literal) = index.index else {
        if case .unary = index.index { return nil }
        return nil
      }
      switch literal.value {
      case .string(let key): return joined(autoName(index.base), key.value)
      case .long(let position), .int(let position): return joined(autoName(index.base), String(position))
      case .bool, .real, .decimal, .datetime, .now, .timespan, .guid, .null: return nil
      }
    case .call(let call): return autoName(call)
    case .subquery(let pipeline): return pipeline.soleExpression.flatMap { autoName($0) }
    case .literal, .dynamic, .star, .pattern, .memberCall, .unary, .binary, .logical, .membership, .between,
      .typeof, .error:
      return nil
    }
  }

  private func joined(_ left: String?, _ right: String) -> String { left.map { "\($0)_\(right)" } ?? right }

  private func autoName(_ call: CallSyntax) -> String? {
    let argument = call.arguments.first.flatMap { $0.name?.text ?? autoName($0.value) }
    let name = call.function.text
    if name == "bin_auto" { return argument }
    if name == "column_ifexists" || name == "columnifexists",
      case .literal(let literal)? = call.arguments.first?.value
    {
      return literal.string?.value
    }
    guard let function = FunctionCatalog.scalar(name, in: .kql) else {
      // `round(avg(x), 2)` is `avg_x`.
      return AggregateCatalog.function(name, in: .kql) == nil ? nil : aggregateName(.call(call))
    }
    switch function.naming {
    case .none: return nil
    case .firstArgument: return argument
    case .prefixed: return argument.map { "\(name)_\($0)" }
    case .prefix(let prefix): return argument.map { "\(prefix)_\($0)" }
    case .onlyArgument: return call.arguments.count == 1 ? argument : nil
    case .fixed(let text): return text
    }
  }

  /// A name that is not taken: `base`, else `base1`, `base2`, …
  func uniqueName(_ base: String, taken: Set<String>) -> String {
    if !taken.contains(base) { return base }
    var number = 1
    while taken.contains("\(base)\(number)") { number += 1 }
    return "\(base)\(number)"
  }

  /// `Column1`, `Column2`, …, whichever is free.
  func anonymousName(taken: Set<String>) -> String {
    var number = 1
    while taken.contains("Column\(number)") { number += 1 }
    return "Column\(number)"
  }
}
