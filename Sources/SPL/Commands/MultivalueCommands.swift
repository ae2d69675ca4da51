/// `mvexpand user limit=5`: one row per value.
package struct MVExpandCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  /// 0 is all.
  package let limit: Int

  static let record = CommandRecord(
    "mvexpand", summary: "Makes one row per value of a field.", example: "mvexpand user limit=5"
  ) { parser, command in
    let (field, options) = parser.parseOneField(command, ["limit": .integer])
    return .mvexpand(MVExpandCommandSyntax(field: field, limit: options.integer("limit") ?? 0))
  }
}

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

/// `nomv user`: joins several values into one text.
package struct NoMVCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?

  static let record = CommandRecord(
    "nomv", summary: "Joins several values into one text.", example: "nomv user"
  ) { parser, command in .nomv(NoMVCommandSyntax(field: parser.parseOneField(command, [:]).field)) }
}

/// `mvcombine delim=":" user`: makes one row of rows that differ in one field.
package struct MVCombineCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let delimiter: String?

  static let record = CommandRecord(
    "mvcombine", summary: "Makes one row of rows that differ in one field only.",
    example: #"mvcombine delim=":" user"#
  ) { parser, command in
    let (field, options) = parser.parseOneField(command, ["delim": .text])
    return .mvcombine(MVCombineCommandSyntax(field: field, delimiter: options.text("delim")))
  }
}

extension SPLParser {
  /// Reads a single field with options around it.
  mutating func parseOneField(
    _ command: SPLToken, _ rules: [String: OptionKind]
  ) -> (field: FieldNameSyntax?, options: CommandOptions) {
    var options = CommandOptions()
    parseOptions(command, rules, into: &options)
    let field = isRecovering ? nil : requireField(command)
    parseOptions(command, rules, into: &options)
    return (field, options)
  }
}
