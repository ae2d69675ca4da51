import Diagnostics
package import Engine

/// `tojson str(user) num(size) output_field=doc`: fields as one JSON object.
package struct ToJSONCommandSyntax: Hashable, Sendable {
  package struct Item: Hashable, Sendable {
    package let field: FieldNameSyntax
    package let kind: RowJSON.Kind
  }

  /// Empty: every field.
  package let items: [Item]
  package let options: CommandOptions

  package var output: String { options.text("output_field") ?? "_raw" }
  package var defaultKind: RowJSON.Kind {
    options.text("default_type").flatMap { RowJSON.Kind(rawValue: $0.lowercased()) } ?? .none
  }
  package var fillsNull: Bool { options.boolean("fill_null") ?? false }
  package var includesInternal: Bool { options.boolean("include_internal") ?? false }

  static let record = CommandRecord(
    "tojson",
    syntax: "tojson [KIND(FIELD) …] [default_type=KIND] [output_field=NAME] [fill_null=BOOL]",
    summary: "Makes a JSON object of fields.",
    notes: [
      "Kinds: auto, bool, json, none, num, str."
    ],
    examples: [
      .splQuery(
        "| makeresults | eval a=7 | table a | tojson num(a) output_field=doc | table doc",
        gives: #""{\"a\":7}""#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "default_type": .choice(RowJSON.Kind.allCases.map(\.rawValue)), "fill_null": .boolean,
      "include_internal": .boolean, "output_field": .text,
    ]
    var options = CommandOptions()
    var items: [Item] = []
    while !parser.isAtStageEnd {
      if parser.parseOption(command, rules, into: &options) || parser.takeComma() { continue }
      guard let item = parser.parseToJSONItem() else { break }
      items.append(item)
    }
    return .tojson(ToJSONCommandSyntax(items: items, options: options))
  }
}

extension SPLParser {
  fileprivate mutating func parseToJSONItem() -> ToJSONCommandSyntax.Item? {
    let name = peek()
    guard name.kind == .word, peekSecond().kind == .leftParenthesis,
      let kind = RowJSON.Kind(rawValue: name.text.lowercased())
    else {
      unexpected("an option or a field in one of `auto()`, `bool()`, `json()`, `none()`, `num()`, `str()`")
      return nil
    }
    take()
    let open = take()
    guard let field = parsePlainField(), take(.rightParenthesis) != nil else {
      syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek()))
      return nil
    }
    return ToJSONCommandSyntax.Item(field: field, kind: kind)
  }
}

extension SPLLowering {
  func lower(_ command: ToJSONCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    fetchFollowing(in: &relation)
    var members: [(column: PlanColumn, kind: RowJSON.Kind)] = []
    if command.items.isEmpty {
      members = relation.columns.filter { command.includesInternal || !$0.name.hasPrefix("_") }.map {
        ($0, command.defaultKind)
      }
    }
    for item in command.items {
      for column in columns(item.field, in: &relation)
      where !members.contains(where: { $0.column.id == column.id }) {
        members.append((column, item.kind))
      }
    }
    let kinds = RowJSON.arguments(members.map { ($0.column.name, $0.kind) }, fillsNull: command.fillsNull)
    let made = call(RowJSON.object, kinds + members.map { plain($0.column.reference) }, as: .string)
    assign(command.output, made, in: &relation, at: span)
  }
}
