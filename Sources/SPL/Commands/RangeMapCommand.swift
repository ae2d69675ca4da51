package import Diagnostics

/// `rangemap field=n low=0-30 high=31-70 default=severe`: names the ranges that a number is in.
package struct RangeMapCommandSyntax: Hashable, Sendable {
  package struct Range: Hashable, Sendable {
    package let name: String
    package let bounds: ClosedRange<Double>
    package let span: SourceSpan
  }

  package let field: FieldNameSyntax?
  package let ranges: [Range]
  /// What a number in none of the ranges is called.
  package let defaultName: String

  static let record = CommandRecord(
    "rangemap", summary: "Names the ranges that a number is in, as the field `range`.",
    example: "rangemap field=n low=0-30 elevated=31-70 default=severe"
  ) { parser, command in
    var field: FieldNameSyntax?
    var ranges: [Range] = []
    var defaultName = "None"
    while !parser.isAtStageEnd {
      if parser.takeComma() { continue }
      guard parser.isAtOption else {
        parser.unexpected("`field=…` or a range such as `low=0-30`")
        break
      }
      let name = parser.take()
      parser.take()
      guard let value = parser.parseText() else {
        parser.syntaxError(SPLMessages.missingOptionValue(name, parser.peek()))
        break
      }
      switch name.text.lowercased() {
      case "field": field = FieldNameSyntax(name: value.value, span: value.span, isQuoted: false)
      case "default": defaultName = value.value
      default:
        guard let bounds = bounds(value.value) else {
          parser.report(SPLMessages.invalidOptionValue(name.text, value, "a range such as `0-30`"))
          continue
        }
        ranges.append(Range(name: name.text, bounds: bounds, span: value.span))
      }
    }
    if field == nil, !parser.isRecovering {
      parser.syntaxError(SPLMessages.missingArgument("`field=…`", of: command, at: parser.peek()))
    }
    return .rangemap(RangeMapCommandSyntax(field: field, ranges: ranges, defaultName: defaultName))
  }

  /// `0-30` or `-10--5`.
  private static func bounds(_ text: String) -> ClosedRange<Double>? {
    guard let dash = text.dropFirst().firstIndex(of: "-"), let lower = Double(text[..<dash]),
      let upper = Double(text[text.index(after: dash)...]), lower <= upper
    else { return nil }
    return lower...upper
  }
}
