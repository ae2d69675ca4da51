import Diagnostics
import Engine

/// `convert timeformat="%F" ctime(_time) as day num(size)`: changes the form of values.
package struct ConvertCommandSyntax: Hashable, Sendable {
  package enum Function: String, Hashable, Sendable, CaseIterable {
    case auto, ctime, dur2sec, memk, mktime, mstime, none, num, rmcomma, rmunit
  }

  package struct Conversion: Hashable, Sendable {
    package let function: Function
    package let field: FieldNameSyntax
    package let alias: FieldNameSyntax?
  }

  package let conversions: [Conversion]
  package let options: CommandOptions

  package var timeFormat: String { options.text("timeformat") ?? "%m/%d/%Y %H:%M:%S" }

  static let record = CommandRecord(
    "convert",
    syntax: "convert [timeformat=FORMAT] FUNCTION(FIELD) [as NAME] …",
    summary: "Changes the form of values, such as times.",
    notes: [
      "Functions: auto, ctime, dur2sec, memk, mktime, mstime, none, num, rmcomma, rmunit."
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval t=0 | convert timeformat="%F" ctime(t) as day | table day"#,
        gives: #""1970-01-01""#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    var conversions: [Conversion] = []
    while !parser.isAtStageEnd {
      if parser.parseOption(command, ["timeformat": .text], into: &options) || parser.takeComma() { continue }
      guard let conversion = parser.parseConversion() else { break }
      conversions.append(conversion)
    }
    parser.requireArguments(conversions, command, "a conversion such as `ctime(field)`")
    return .convert(ConvertCommandSyntax(conversions: conversions, options: options))
  }
}

extension SPLParser {
  fileprivate mutating func parseConversion() -> ConvertCommandSyntax.Conversion? {
    let name = peek()
    guard name.kind == .word, peekSecond().kind == .leftParenthesis else {
      unexpected("a conversion such as `ctime(field)`")
      return nil
    }
    take()
    let open = take()
    guard let function = ConvertCommandSyntax.Function(rawValue: name.text.lowercased()) else {
      syntaxError(SPLMessages.unknownConversion(name))
      return nil
    }
    guard let field = parseField(), take(.rightParenthesis) != nil else {
      syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek()))
      return nil
    }
    let alias = takeKeyword("as").flatMap { requireField($0, "a name") }
    return ConvertCommandSyntax.Conversion(function: function, field: field, alias: alias)
  }
}

extension SPLLowering {
  func lower(_ command: ConvertCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    let excluded = Set(
      command.conversions.filter { $0.function == .none }.flatMap { names($0.field, in: &relation) })
    for conversion in command.conversions where conversion.function != .none {
      var assignments: [Assignment] = []
      for column in columns(conversion.field, in: &relation) where !excluded.contains(column.name) {
        let name = conversion.field.hasWildcard ? column.name : conversion.alias?.name ?? column.name
        guard let value = converted(column, conversion, command) else { return }
        assignments.append(Assignment(column: makeColumn(name, value.type), expression: value))
      }
      assign(assignments, in: &relation, at: span)
    }
  }

  private func names(_ field: FieldNameSyntax, in relation: inout Relation) -> [String] {
    field.hasWildcard ? matches(field, in: &relation).map(\.column.name) : [field.name]
  }

  private func converted(
    _ column: PlanColumn, _ conversion: ConvertCommandSyntax.Conversion, _ command: ConvertCommandSyntax
  ) -> Expression? {
    let value = plain(column.reference)
    let span = conversion.field.span
    switch conversion.function {
    case .ctime:
      guard
        let text = bind(
          "strftime", [number(value), literal(command.timeFormat)], spans: [span, span], at: span)
      else { return nil }
      // What is no number stays as it is.
      return firstPresent([text, self.text(value)])
    case .mktime:
      guard
        let time = bind(
          "strptime", [text(value), literal(command.timeFormat)], spans: [span, span], at: span)
      else { return nil }
      return value.type.isNumeric ? value : firstPresent([time])
    case .auto:
      return value.type.isNumeric ? value : call(ConvertFunctions.automatic, [text(value)], as: .string)
    case .num: return number(value)
    case .dur2sec: return call(ConvertFunctions.seconds, [text(value)], as: .real)
    case .memk: return call(ConvertFunctions.kilobytes, [text(value)], as: .real)
    case .mstime: return call(ConvertFunctions.minutes, [text(value)], as: .real)
    case .rmcomma: return call(ConvertFunctions.withoutCommas, [text(value)], as: .string)
    case .rmunit: return call(ConvertFunctions.withoutUnit, [text(value)], as: .real)
    case .none: return value
    }
  }
}
