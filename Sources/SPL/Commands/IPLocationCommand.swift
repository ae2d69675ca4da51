/// `iplocation prefix=src_ sourceIPAddress`: adds where an address is.
package struct IPLocationCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let options: CommandOptions

  package var prefix: String { options.text("prefix") ?? "" }
  package var allFields: Bool { options.boolean("allfields") ?? false }

  static let record = CommandRecord(
    "iplocation", summary: "Adds where an address is.", example: "iplocation prefix=src_ sourceIPAddress"
  ) { parser, command in
    let rules: [String: OptionKind] = ["allfields": .boolean, "lang": .text, "prefix": .text]
    let (field, options) = parser.parseOneField(command, rules)
    return .iplocation(IPLocationCommandSyntax(field: field, options: options))
  }
}
