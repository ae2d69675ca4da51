import Diagnostics
import Engine

/// Literals, with their text decoded into values.
extension KQLParser {
  /// The literal at the cursor.
  func literal() -> ExpressionSyntax {
    let token = cursor.advance()
    let span = token.span
    switch token.kind {
    case .string(let first): return .literal(stringLiteral(first))
    case .long(let magnitude):
      guard let magnitude,
        let value = Self.signedValue(
          magnitude, isHex: source[span].hasPrefix("0x") || source[span].hasPrefix("0X"))
      else {
        report(KQLMessages.longOutOfRange(source[span], at: span))
        return .error(span)
      }
      return .literal(LiteralSyntax(.long(value), span))
    case .real(let value): return .literal(LiteralSyntax(.real(value), span))
    case .timespan(let ticks):
      guard let ticks else {
        report(KQLMessages.timespanOutOfRange(source[span], at: span))
        return .error(span)
      }
      return .literal(LiteralSyntax(.timespan(ticks), span))
    case .bool(let value): return .literal(LiteralSyntax(.bool(value), span))
    case .guid(let text):
      report(KQLMessages.bareGuid(text, at: span))
      return .literal(LiteralSyntax(.guid(text), span))
    case .typedLiteral(let type, let content): return typedLiteral(type, content, span)
    case .word, .punctuation, .unknown, .endOfFile: return .error(span)
    }
  }

  /// Hexadecimal digits are the bits of the number; decimal ones must fit its range.
  private static func signedValue(_ magnitude: UInt64, isHex: Bool) -> Int64? {
    isHex ? Int64(bitPattern: magnitude) : Int64(exactly: magnitude)
  }

  /// The string that was taken and those that stand directly behind it. KQL: they are one.
  func stringLiteral(_ first: StringLiteralSyntax) -> LiteralSyntax {
    var joined = first
    while case .string(let next) = current.kind {
      joined = joined.joined(next)
      cursor.advance()
    }
    return LiteralSyntax(.string(joined), joined.span)
  }

  /// A string where only a string may stand.
  func expectString(_ what: String) -> StringLiteralSyntax? {
    guard case .string(let first) = current.kind else {
      reportExpected(what)
      return nil
    }
    cursor.advance()
    return stringLiteral(first).string
  }

  func typedLiteral(_ type: String, _ content: String, _ span: SourceSpan) -> ExpressionSyntax {
    guard let dataType = TypeNameSyntax.dataTypes[type], let value = TypedLiteral.value(dataType, content)
    else {
      report(KQLMessages.badTypedLiteral(type, content: content, at: span))
      return .error(span)
    }
    return .literal(LiteralSyntax(value, span))
  }

  // MARK: - dynamic

  /// `dynamic(…)`; stands at the word.
  func dynamicLiteral() -> DynamicLiteralSyntax {
    let start = cursor.advance().span
    let opening = cursor.advance().span
    let value = dynamicValue()
    close(.rightParenthesis, opening: opening)
    return DynamicLiteralSyntax(value: value, span: span(from: start))
  }

  private func dynamicValue() -> DynamicLiteralSyntax.Value {
    guard enter() else { return .null }
    defer { leave() }
    if mark == .leftBracket { return dynamicArray() }
    if mark == .leftBrace { return dynamicBag() }
    if at("dynamic"), at(.leftParenthesis, ahead: 1) { return dynamicLiteral().value }
    return dynamicScalar()
  }

  private func dynamicArray() -> DynamicLiteralSyntax.Value {
    let opening = cursor.advance().span
    let elements = list(until: .rightBracket, allowsTrailingComma: true) { $0.dynamicValue() }
    close(.rightBracket, opening: opening)
    return .array(elements)
  }

  private func dynamicBag() -> DynamicLiteralSyntax.Value {
    let opening = cursor.advance().span
    let properties = list(until: .rightBrace, allowsTrailingComma: true) { $0.dynamicProperty() }
    close(.rightBrace, opening: opening)
    return .bag(properties)
  }

  private func dynamicScalar() -> DynamicLiteralSyntax.Value {
    switch current.kind {
    case .punctuation(.minus), .punctuation(.plus): return dynamicNumber()
    case .word("null"):
      cursor.advance()
      return .null
    case .typedLiteral(let type, _) where type == "decimal":
      report(KQLMessages.decimalInDynamic(at: current.span))
      cursor.advance()
      return .null
    case .string, .long, .real, .timespan, .bool, .guid, .typedLiteral:
      if case .literal(let literal) = literal() { return .scalar(literal) }
      return .null
    case .word, .punctuation, .unknown, .endOfFile:
      report(syntax: KQLMessages.notDynamic(found: describeCurrent, at: current.span))
      return .null
    }
  }

  private func dynamicProperty() -> DynamicLiteralSyntax.Property {
    let key =
      expectString("a property's name in quotes") ?? StringLiteralSyntax(value: "", span: current.span)
    expect(.colon, after: "the property's name")
    return DynamicLiteralSyntax.Property(key: key, value: dynamicValue())
  }

  /// A number with a sign.
  private func dynamicNumber() -> DynamicLiteralSyntax.Value {
    if case .literal(let literal)? = signedLiteral() { return .scalar(literal) }
    return .null
  }

  /// A literal with an optional sign: a cell of `datatable`, a number of `dynamic`.
  func signedLiteral() -> ExpressionSyntax? {
    let start = currentSpan
    let isNegative = take(.minus) != nil
    if !isNegative { _ = take(.plus) }
    let token = current
    switch token.kind {
    case .long(let magnitude) where isNegative:
      cursor.advance()
      guard let magnitude, magnitude <= UInt64(Int64.max) + 1 else {
        report(KQLMessages.longOutOfRange("-" + source[token.span], at: span(from: start)))
        return .error(span(from: start))
      }
      return .literal(LiteralSyntax(.long(Int64(truncatingIfNeeded: 0 &- magnitude)), span(from: start)))
    case .real(let value) where isNegative:
      cursor.advance()
      return .literal(LiteralSyntax(.real(-value), span(from: start)))
    case .timespan(.some(let ticks)) where isNegative:
      cursor.advance()
      return .literal(LiteralSyntax(.timespan(-ticks), span(from: start)))
    case .string, .long, .real, .timespan, .bool, .guid, .typedLiteral:
      return literal()
    case .word, .punctuation, .unknown, .endOfFile:
      return nil
    }
  }
}
