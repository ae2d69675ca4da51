/// `outputlookup append=t seen.csv`: writes the rows to a lookup table and passes them on.
package struct OutputLookupCommandSyntax: Hashable, Sendable {
  package let table: FieldNameSyntax?
  package let options: CommandOptions

  /// A key means that rows come to those that are there, unless `append=f` says otherwise.
  package var appends: Bool { options.boolean("append") ?? (keyField != nil) }
  package var keyField: String? { options.text("key_field") }
  /// Whether rows take the place of those with the same key.
  package var updates: Bool { options.boolean("allow_updates") ?? true }
  /// Whether an empty result takes an older table away.
  package var overridesIfEmpty: Bool { options.boolean("override_if_empty") ?? true }

  static let record = CommandRecord(
    "outputlookup", summary: "Writes the rows to a lookup table.",
    example: "outputlookup append=t key_field=_key seen.csv"
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "allow_updates": .boolean, "append": .boolean, "create_context": .text, "create_empty": .boolean,
      "createinapp": .boolean, "key_field": .text, "max": .integer,
      "output_format": .choice(["splunk_sv_csv", "splunk_mv_csv"]),
      "override_if_empty": .boolean,
    ]
    let (table, options) = parser.parseOneField(command, rules)
    return .outputlookup(OutputLookupCommandSyntax(table: table, options: options))
  }
}
