/// `return 5 user $src name=user`: hands values of a subsearch to the search around it.
package struct ReturnCommandSyntax: Hashable, Sendable {
  package enum Item: Hashable, Sendable {
    /// `user`: `user="value"`.
    case field(FieldNameSyntax)
    /// `$user`: the bare value.
    case value(FieldNameSyntax)
    /// `name=user`: `name="value"`.
    case alias(FieldNameSyntax, of: FieldNameSyntax)
  }

  package let count: Int
  package let items: [Item]

  static let record = CommandRecord(
    "return", summary: "Hands values of a subsearch to the search around it.",
    example: "return 5 user, $src name=user"
  ) { parser, command in
    let count = parser.parseInteger() ?? 1
    var items: [Item] = []
    while !parser.isAtStageEnd {
      if parser.takeComma() { continue }
      let token = parser.peek()
      guard let field = parser.parseField() else {
        parser.unexpected("a field")
        break
      }
      if parser.peek().isSymbol("=") {
        parser.take()
        guard let source = parser.requireField(command) else { break }
        items.append(.alias(field, of: source))
      } else if token.kind == .word, token.text.hasPrefix("$") {
        let name = String(token.text.dropFirst())
        items.append(.value(FieldNameSyntax(name: name, span: token.span, isQuoted: false)))
      } else {
        items.append(.field(field))
      }
    }
    parser.requireArguments(items, command)
    return .return(ReturnCommandSyntax(count: count, items: items))
  }
}
