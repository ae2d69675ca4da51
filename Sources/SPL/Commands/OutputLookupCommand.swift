/// `outputlookup append=t seen.csv`: writes the rows to a lookup table and passes them on.
package struct OutputLookupCommandSyntax: Hashable, Sendable {
  package let table: FieldNameSyntax?
  package let options: CommandOptions

  package var appends: Bool { options.boolean("append") ?? false }
  package var keyField: String? { options.text("key_field") }
  /// Whether an empty result leaves an older table as it is.
  package var overridesIfEmpty: Bool { options.boolean("override_if_empty") ?? true }

  static let record = CommandRecord(
    "outputlookup", summary: "Writes the rows to a lookup table.",
    example: "outputlookup append=t key_field=_key seen.csv"
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "allow_updates": .boolean, "append": .boolean, "create_context": .text, "create_empty": .boolean,
      "createinapp": .boolean, "key_field": .text, "max": .integer, "output_format": .text,
      "override_if_empty": .boolean,
    ]
    let (table, options) = parser.parseOneField(command, rules)
    return .outputlookup(OutputLookupCommandSyntax(table: table, options: options))
  }
}
