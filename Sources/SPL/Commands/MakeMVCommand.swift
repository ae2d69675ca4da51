/// `makemv delim="," allowempty=t user`: splits a text into several values.
package struct MakeMVCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let options: CommandOptions

  package var delimiter: String { options.text("delim") ?? " " }
  package var tokenizer: StringLiteralSyntax? { options["tokenizer"]?.value }
  package var allowEmpty: Bool { options.boolean("allowempty") ?? false }

  static let record = CommandRecord(
    "makemv", summary: "Splits a text into several values.", example: #"makemv delim="," allowempty=t user"#
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "allowempty": .boolean, "delim": .text, "setsv": .boolean, "tokenizer": .text,
    ]
    let (field, options) = parser.parseOneField(command, rules)
    return .makemv(MakeMVCommandSyntax(field: field, options: options))
  }
}
