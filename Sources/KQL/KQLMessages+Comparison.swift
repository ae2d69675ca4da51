import Diagnostics
import Engine

/// The wording of messages about what can be compared, in alphabetical order.
extension KQLMessages {
  static func columnsOfTextAndNumber(_ type: DataType, at span: SourceSpan) -> Diagnostic {
    .warning(
      "number-compared-with-text", "a text is compared with a number: it is read as \(type.rawValue)",
      at: span,
      suggestions: [.init("say so: `\(conversionName(of: type))(…)`")])
  }

  static func comparedTypes(
    _ op: String, _ left: DataType, _ right: DataType, at span: SourceSpan,
    advice: Diagnostic.Suggestion? = nil
  ) -> Diagnostic {
    .error(
      "compared-types", "`\(op)` can't compare \(left.rawValue) with \(right.rawValue)", at: span,
      notes: ["KQL converts nothing by itself between these types"],
      suggestions: [advice ?? .init(Advice(comparisonAdvice(op, left, right)))])
  }

  private static func comparisonAdvice(_ op: String, _ left: DataType, _ right: DataType) -> String {
    let types = [left, right]
    if let other = types.first(where: { $0 != .string }), types.contains(.string) {
      return "convert the text: `\(conversionName(of: other))(…)`"
    }
    if types.contains(.datetime) { return "write a time, such as `datetime(2026-01-15)` or `ago(1d)`" }
    if types.contains(.timespan) {
      return "give the number a unit, such as `5m`, or divide the timespan: `… / 1m`"
    }
    let isEquality = op == "==" || op == "!="
    return isEquality ? "convert both sides: `tostring(…)`" : "convert one side to the type of the other"
  }

  private static func conversionName(of type: DataType) -> String {
    switch type {
    case .bool: "tobool"
    case .int: "toint"
    case .long: "tolong"
    case .real: "toreal"
    case .decimal: "todecimal"
    case .datetime: "todatetime"
    case .timespan: "totimespan"
    case .guid: "toguid"
    case .string, .dynamic: "tostring"
    }
  }

  static func spanComparedWithZero(at span: SourceSpan) -> Diagnostic {
    .warning(
      "number-compared-with-span", "a timespan is compared with the number 0, which is read as `0s`",
      at: span,
      suggestions: [.init("write `0s`")])
  }

  static func dynamicEquality(_ op: String, text: String, at span: SourceSpan) -> Diagnostic {
    .refusal(
      "compared-types", "`\(op)` can't compare two dynamic values", at: span,
      suggestions: [.init("convert them: `tostring(\(text)) \(op) tostring(…)`")])
  }

  static func dynamicOrder(_ op: String, _ other: DataType, text: String, at span: SourceSpan) -> Diagnostic {
    .refusal(
      "compared-types", "`\(op)` can't compare dynamic with \(other.rawValue)", at: span,
      suggestions: [.init("convert the value: `\(conversionName(of: other))(\(text))`")])
  }

  static func numberComparedWithOtherText(_ text: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "number-compared-with-text",
      "a number is compared with the text \"\(text)\", which is none: it never equals it",
      at: span)
  }

  static func textComparedWithNumber(_ text: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "text-compared-with-number",
      "a text is compared with a number, which is read as the text \"\(text)\"", at: span)
  }

  static func textOrderedWithNumber(_ op: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "text-ordered-with-number", "a text can't be compared with a number by `\(op)`", at: span,
      suggestions: [.init("convert the text first: `tolong(…)` or `todouble(…)`")])
  }

  static func undocumentedOperator(_ op: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "unsupported-operator",
      "`\(op)` is KQL that Trawl doesn't run: what its wildcards mean is not documented",
      at: span, suggestions: [.init("use `contains`, `startswith`, `endswith` or `matches regex`")])
  }

  static func valueComparedWithText(_ type: DataType, text: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      type.isNumeric ? "number-compared-with-text" : "value-compared-with-text",
      "a value of type \(type.rawValue) is compared with a text; \"\(text)\" is read as \(type.rawValue)",
      at: span)
  }
}
