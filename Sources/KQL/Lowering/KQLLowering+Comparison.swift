import Diagnostics
import Engine

/// Literals beside values of another type, as real rules write them: `ResultType == 0`, `EventID in ("4625")`.
extension KQLLowering {
  /// Both sides of `==`, a literal read in the type of the other side.
  func comparable(_ left: Expression, _ right: Expression, at span: SourceSpan) -> (Expression, Expression) {
    if let (literal, warning) = adapted(right, to: left.type, at: span) {
      report(warning)
      return (left, literal)
    }
    if let (literal, warning) = adapted(left, to: right.type, at: span) {
      report(warning)
      return (literal, right)
    }
    return (left, right)
  }

  /// The elements of a list, each literal read in the type of what is looked for; one warning for all.
  func comparable(_ elements: [Expression], with type: DataType, at span: SourceSpan) -> [Expression] {
    var first: Diagnostic?
    let result = elements.map { element in
      guard let (literal, warning) = adapted(element, to: type, at: span) else { return element }
      first = first ?? warning
      return literal
    }
    if let first { report(first) }
    return result
  }

  /// The literal in the type of what it is compared with, and what to say about it; nil where it fits as it is
  /// or cannot.
  private func adapted(
    _ literal: Expression, to other: DataType, at span: SourceSpan
  ) -> (Expression, Diagnostic)? {
    guard case .literal(let value, let type) = literal, !value.isNull, type != other else { return nil }
    switch other {
    case .string:
      guard type.isNumeric || type == .bool else { return nil }
      let text = type == .bool ? value.kqlText.lowercased() : value.kqlText
      return (.literal(.string(text), .string), KQLMessages.textComparedWithNumber(text, at: span))
    case .bool, .int, .long, .real, .decimal, .datetime, .timespan, .guid:
      guard type == .string else { return nil }
      let converted = ValueConversion.convert(value, to: other)
      if converted.isNull { return nil }
      return (
        .literal(converted, other),
        KQLMessages.valueComparedWithText(other, text: value.kqlText, at: span)
      )
    case .dynamic: return nil
    }
  }
}
