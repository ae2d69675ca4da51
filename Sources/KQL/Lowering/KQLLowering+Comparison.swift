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
    if left.type == .string, right.type.isNumeric {
      report(KQLMessages.columnsOfTextAndNumber(right.type, at: span))
      return (Coercion.cast(left, to: right.type, dialect: .kql), right)
    }
    if right.type == .string, left.type.isNumeric {
      report(KQLMessages.columnsOfTextAndNumber(left.type, at: span))
      return (left, Coercion.cast(right, to: left.type, dialect: .kql))
    }
    return (left, right)
  }

  /// The elements of a list, each literal read in the type of what is looked for; one warning for all.
  func comparable(_ elements: [Expression], with type: DataType, at span: SourceSpan) -> [Expression] {
    var first: Diagnostic?
    let result = elements.map { element in
      guard let (literal, warning) = adapted(element, to: type, at: span) else {
        let isMixed =
          type == .string && element.type.isNumeric || type.isNumeric && element.type == .string
        guard isMixed else { return element }
        first = first ?? KQLMessages.columnsOfTextAndNumber(type.isNumeric ? type : element.type, at: span)
        return Coercion.cast(element, to: type, dialect: .kql)
      }
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
      if other == .timespan, value.number == 0 {
        return (.literal(.timespan(0), .timespan), KQLMessages.spanComparedWithZero(at: span))
      }
      guard type == .string else { return nil }
      let converted = ValueConversion.convert(value, to: other)
      if converted.isNull {
        // A text that is no number equals none; one that is no time was meant otherwise.
        guard other.isNumeric else { return nil }
        return (.literal(.null, other), KQLMessages.numberComparedWithOtherText(value.kqlText, at: span))
      }
      return (
        .literal(converted, other),
        KQLMessages.valueComparedWithText(other, text: value.kqlText, at: span)
      )
    case .dynamic: return nil
    }
  }

  // MARK: - What can't be compared

  /// Why two values have no order; nil where they have one.
  func orderProblem(
    _ op: String, _ left: Expression, _ right: Expression,
    _ sides: (left: ExpressionSyntax, right: ExpressionSyntax), at span: SourceSpan
  ) -> Diagnostic? {
    switch (left.type, right.type) {
    case (.string, .string): KQLMessages.stringOrder(op, at: span)
    case (.string, let other) where other.isNumeric, (let other, .string) where other.isNumeric:
      KQLMessages.textOrderedWithNumber(op, at: span)
    case (let first, let second):
      if !Comparison.canEqual(first, second) {
        comparedTypes(op, left, right, sides, at: span)
      } else if !Comparison.canOrder(first, second) {
        KQLMessages.dynamicOrder(
          op, first == .dynamic ? second : first,
          text: String(scope.source[(first == .dynamic ? sides.left : sides.right).span]), at: span)
      } else {
        nil
      }
    }
  }

  /// Two types that have nothing to do with each other; a literal among them is shown as it should be written.
  func comparedTypes(
    _ op: String, _ left: Expression, _ right: Expression,
    _ sides: (left: ExpressionSyntax, right: ExpressionSyntax), at span: SourceSpan
  ) -> Diagnostic {
    KQLMessages.comparedTypes(
      op, left.type, right.type, at: span,
      advice: rewritten(sides.right, right, as: left.type) ?? rewritten(sides.left, left, as: right.type))
  }

  /// A literal in the type of the other side: `"2026-01-15"` beside a datetime is `datetime(2026-01-15)`.
  private func rewritten(
    _ syntax: ExpressionSyntax, _ value: Expression, as type: DataType
  ) -> Diagnostic.Suggestion? {
    guard case .literal(let literal) = syntax, case .literal(let constant, let given) = value else {
      return nil
    }
    if given == .timespan, type == .datetime {
      let text = "ago(\(scope.source[literal.span]))"
      return .init("count back from now: `\(text)`", replacing: literal.span, with: text)
    }
    guard given == .string, type == .datetime || type == .timespan || type == .guid,
      let string = literal.string, !ValueConversion.convert(constant, to: type).isNull
    else { return nil }
    let text = "\(type.rawValue)(\(string.value))"
    return .init("write it as a \(type.rawValue): `\(text)`", replacing: literal.span, with: text)
  }
}

extension ExpressionSyntax {
  /// Whether it is a value written out.
  var isLiteral: Bool {
    if case .literal = self { return true }
    return false
  }
}
