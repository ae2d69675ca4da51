import Diagnostics
import Engine
import Session

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

extension RuleParameter {
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
