package import Diagnostics
import Engine

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
    "rangemap",
    syntax: "rangemap field=FIELD NAME=LOW-HIGH … [default=NAME]",
    summary: "Names the ranges that a number is in, as the field `range`.",
    examples: [
      .splQuery(
        "| makeresults | eval n=40 | rangemap field=n low=0-30 elevated=31-70 default=severe | table "
          + "range",
        gives: #""elevated""#)
    ]
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

extension SPLLowering {
  func lower(_ command: RangeMapCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: &relation) else { return }
    let value = number(plain(column.reference))
    var names: [Expression] = []
    for range in command.ranges {
      let lower = Expression.literal(.real(range.bounds.lowerBound), .real)
      let upper = Expression.literal(.real(range.bounds.upperBound), .real)
      guard let above = bind(">=", [value, lower], spans: [], at: span),
        let below = bind("<=", [value, upper], spans: [], at: span)
      else { return }
      names.append(
        choose(
          [(logical(Logical.and, [above, below]), literal(range.name))], otherwise: .literal(.null, .string)))
    }
    let other = literal(command.defaultName)
    guard !names.isEmpty, let found = bind("mvappend", names, spans: [], at: span) else {
      assign("range", other, in: &relation, at: span)
      return
    }
    assign("range", firstPresent([found, other]), in: &relation, at: span)
  }
}
