package import Diagnostics
import Engine

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
  package var detail = ""

  /// A value means the same as the one that the rule has.
  func isCurrent(_ value: String) -> Bool {
    RuleParameter.canonical(value) == RuleParameter.canonical(current)
  }

  static func canonical(_ text: String) -> String {
    if let quantity = Quantity(text) { return quantity.canonical }
    if let ticks = TimespanParsing.parseKQL(text) { return "\(ticks) ticks" }
    if text.count >= 2, let first = text.first, first == text.last, first == "\"" || first == "'" {
      return String(text.dropFirst().dropLast())
    }
    return text
  }
}

extension RuleParameter {
  /// The parameters of a rule, in the order of its text.
  ///
  /// - Parameter variables: the scalar `let`s that the compiler found.
  static func all(of rule: DetectionRule, variables: [String], macros: [SourceText]) -> [RuleParameter] {
    switch rule.language {
    case .kql: QueryParameters.find(in: rule.query, variables: variables)
    case .spl: SearchParameters.find(in: rule.query, macros: macros)
    }
  }

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

/// A rule with some parameters replaced.
struct RuleVariant: Sendable {
  var rule: DetectionRule
  /// For scalar `let`s.
  var values: [String: String] = [:]
  /// Definitions that stand in for those of the macro files.
  var macros: [SourceText] = []

  init(_ rule: DetectionRule, setting values: [(RuleParameter, String)]) throws(SweepFailure) {
    self.rule = rule
    var pieces: [(name: String, span: SourceSpan, text: String)] = []
    for (parameter, value) in values {
      switch parameter.place {
      case .variable: self.values[parameter.name] = value
      case .macro:
        guard !value.contains(where: \.isNewline) else {
          throw .badMacroText(name: parameter.name, value: value)
        }
        macros.append(
          SourceText(
            name: "the value of \(parameter.name)", text: "[\(parameter.name)]\ndefinition = \(value)\n"))
      case .text(let span, let form):
        pieces.append((parameter.name, span, try RuleVariant.text(of: value, form, parameter)))
      }
    }
    // From the end, so that the places before stay where they are.
    pieces.sort { $0.span.lowerBound > $1.span.lowerBound }
    for (later, earlier) in zip(pieces, pieces.dropFirst())
    where earlier.span.upperBound > later.span.lowerBound {
      throw .overlapping(earlier.name, later.name)
    }
    for piece in pieces {
      self.rule.query = self.rule.query.replacing(piece.span, with: piece.text)
    }
  }

  private static func text(
    of value: String, _ form: RuleParameter.Form, _ parameter: RuleParameter
  ) throws(SweepFailure) -> String {
    let isNumber = NumberText.real(value).map { $0.isFinite } ?? false
    switch form {
    case .number:
      guard isNumber else {
        throw .badValue(name: parameter.name, value: value, current: parameter.current)
      }
      return value
    case .expression where isNumber: return value
    case .quoted, .expression:
      var plain = value
      if plain.count >= 2, plain.first == "\"", plain.last == "\"" {
        plain = String(plain.dropFirst().dropLast())
      } else {
        plain = plain.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      }
      return "\"\(plain)\""
    case .word:
      let isWord =
        !value.isEmpty
        && value.utf8.allSatisfy { byte in
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@+-._:/".utf8.contains(byte)
        }
      guard isWord else {
        throw .badValue(name: parameter.name, value: value, current: parameter.current)
      }
      return value
    }
  }
}
