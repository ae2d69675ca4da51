import Diagnostics
import Engine

/// The wording of messages about what can be compared, in alphabetical order.
extension KQLMessages {
  static func comparedTypes(
    _ op: String, _ left: DataType, _ right: DataType, at span: SourceSpan
  ) -> Diagnostic {
    let conversion: String
    switch (left, right) {
    case (.string, _): conversion = conversionName(of: right)
    case (_, .string): conversion = conversionName(of: left)
    default: conversion = "tostring"
    }
    let side = left == .string || right == .string ? "the text" : "both sides"
    return .error(
      "compared-types", "`\(op)` can't compare \(left.rawValue) with \(right.rawValue)", at: span,
      notes: ["KQL converts nothing by itself between these types"],
      suggestions: [.init("convert \(side): `\(conversion)(…)`")])
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
