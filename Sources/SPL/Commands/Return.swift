import Diagnostics
import Engine

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
    "return",
    syntax: "return [COUNT] FIELD|$FIELD|NAME=FIELD …",
    summary: "Hands values of a subsearch to the search around it.",
    notes: [
      "One row where no count is said."
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval user="ann" | return user"#,
        gives: #""(user=\"ann\")""#)
    ]
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

extension SPLLowering {
  /// The first rows as the text of a search: `(a="x") OR (a="y")`, or bare values.
  func lower(_ command: ReturnCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    var parts: [SearchTextOperator.Part] = []
    var names: [String] = []
    for item in command.items {
      let source: FieldNameSyntax
      let name: String?
      switch item {
      case .field(let field): (source, name) = (field, field.name)
      case .value(let field): (source, name) = (field, nil)
      case .alias(let alias, let field): (source, name) = (field, alias.name)
      }
      guard let column = read(source, in: &relation) else { continue }
      names.append(column.name)
      parts.append(SearchTextOperator.Part(value: column.reference, name: name))
    }
    var frame = SearchTextOperator.Frame()
    (frame.rowPrefix, frame.rowEnd, frame.columnPrefix, frame.columnEnd) = ("", "", "(", ")")
    frame.columnSeparator = " "
    frame.emptyText = "NOT()"
    searchText(parts, frame, limit: max(0, command.count), in: &relation, at: span)
  }
}
