package import Diagnostics

/// A value of a rule that can be replaced: a scalar `let`, a macro, an assigned constant, a compared number or a span.
///
/// Example: `| where EventCount > 100` has the parameter `EventCount` with the value `100`.
package struct RuleParameter: Hashable, Sendable {
  package enum Place: Hashable, Sendable {
    /// A scalar `let`: the compiler replaces its value.
    case variable
    /// A macro without arguments.
    case macro
    /// A piece of the rule's text.
    case text(SourceSpan, Form)
  }

  package enum Form: Hashable, Sendable {
    /// A number stays a number.
    case number
    /// Stands between quotes.
    case quoted
    /// A whole expression, which becomes a constant.
    case expression
    /// A span or a time, as it is.
    case word
  }

  package var name: String
  /// As the rule has it.
  package var current: String
  package var place: Place
  /// 1-based, of the rule's file; nil for a macro.
  package var line: Int?
  /// What it is, where the name alone does not say so.
  package var detail: String

  package init(name: String, current: String, place: Place, line: Int?, detail: String = "") {
    self.name = name
    self.current = current
    self.place = place
    self.line = line
    self.detail = detail
  }
}

extension RuleParameter {
  /// Names that several places share become `n#1`, `n#2`.
  static func numbered(_ parameters: [RuleParameter]) -> [RuleParameter] {
    let counts = Dictionary(grouping: parameters, by: \.name).mapValues(\.count)
    var next: [String: Int] = [:]
    return parameters.map { parameter in
      guard (counts[parameter.name] ?? 0) > 1 else { return parameter }
      var numbered = parameter
      next[parameter.name, default: 0] += 1
      numbered.name = "\(parameter.name)#\(next[parameter.name] ?? 0)"
      return numbered
    }
  }
}
