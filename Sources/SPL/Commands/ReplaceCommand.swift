/// `replace "*localhost" with local, x with y in host`: replaces whole values.
package struct ReplaceCommandSyntax: Hashable, Sendable {
  package struct Replacement: Hashable, Sendable {
    package let pattern: StringLiteralSyntax
    package let text: StringLiteralSyntax
  }

  package let replacements: [Replacement]
  /// Empty: every field.
  package let fields: [FieldNameSyntax]

  static let record = CommandRecord(
    "replace", summary: "Replaces whole values.",
    example: #"replace "*localhost" with local, x with y in host"#
  ) { parser, command in
    var replacements: [Replacement] = []
    while !parser.isAtStageEnd, !parser.peek().isKeyword("in") {
      if parser.takeComma() { continue }
      guard let pattern = parser.parseText(), parser.takeKeyword("with") != nil,
        let text = parser.parseText()
      else {
        parser.unexpected("`pattern with text`")
        break
      }
      replacements.append(Replacement(pattern: pattern, text: text))
    }
    parser.requireArguments(replacements, command, "`pattern with text`")
    var fields: [FieldNameSyntax] = []
    if let keyword = parser.takeKeyword("in") {
      var options = CommandOptions()
      fields = parser.parseFields(command, [:], into: &options)
      parser.requireArguments(fields, keyword)
    }
    return .replace(ReplaceCommandSyntax(replacements: replacements, fields: fields))
  }
}
