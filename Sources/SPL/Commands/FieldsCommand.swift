/// `fields a b*` keeps fields, `fields - a` removes them.
package struct FieldsCommandSyntax: Hashable, Sendable {
  package let removes: Bool
  package let fields: [FieldNameSyntax]

  static let record = CommandRecord(
    "fields", summary: "Keeps or removes fields.", example: "fields - _raw, req*"
  ) { parser, command in
    var sign = false
    var glued: FieldNameSyntax?
    let first = parser.peek()
    if first.kind == .word, first.text == "-" || first.text == "+" {
      sign = parser.take().text == "-"
    } else if first.kind == .word, first.text.hasPrefix("-") || first.text.hasPrefix("+") {
      // `fields -a` without a blank.
      sign = parser.take().text.hasPrefix("-")
      glued = FieldNameSyntax(name: String(first.text.dropFirst()), span: first.span, isQuoted: false)
    }
    var options = CommandOptions()
    let rest = parser.parseFields(command, [:], into: &options)
    let fields = (glued.map { [$0] } ?? []) + rest
    parser.requireArguments(fields, command)
    return .fields(FieldsCommandSyntax(removes: sign, fields: fields))
  }
}

extension SPLParser {
  /// Reports an empty list of fields.
  mutating func requireArguments<Item>(_ items: [Item], _ command: SPLToken, _ what: String = "a field") {
    if items.isEmpty, !isRecovering {
      syntaxError(SPLMessages.missingArgument(what, of: command, at: peek()))
    }
  }
}
