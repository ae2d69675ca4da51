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
    "convert", summary: "Changes the form of values, such as times.",
    example: #"convert timeformat="%F" ctime(_time) as day, num(size)"#
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
      syntaxError(SPLMessages.unclosedParenthesis(open.span, peek()))
      return nil
    }
    let alias = takeKeyword("as").flatMap { requireField($0, "a name") }
    return ConvertCommandSyntax.Conversion(function: function, field: field, alias: alias)
  }
}
