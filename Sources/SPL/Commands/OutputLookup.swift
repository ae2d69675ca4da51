import Diagnostics
import Engine

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
    "outputlookup",
    syntax: "outputlookup [append=BOOL] [key_field=FIELD] [max=COUNT] [override_if_empty=BOOL] LOOKUP",
    summary: "Writes the rows to a lookup table.",
    notes: [
      "A search is refused unless a folder for lookups was named. The rows go on as they are."
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval user="ann" | table user | outputlookup seen.csv"#,
        gives: #""ann""#)
    ]
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

extension SPLLowering {
  /// Writes when the run gets there, and passes the rows on.
  func lower(_ command: OutputLookupCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let name = command.table else { return }
    guard environment.writesLookups else {
      report(SPLMessages.refusedWithoutWriter(name.name, at: span))
      return
    }
    let definition = environment.lookupDefinitions[name.name]
    if let reason = definition?.refusal {
      report(SPLMessages.refusedLookup(name.name, reason, at: name.span))
      return
    }
    guard let target = fileName(of: name.name, definition) else {
      report(SPLMessages.badLookupName(name.name, at: name.span))
      return
    }
    if relation.isOpen {
      // All fields of the events are written.
      let fields = discovered(in: &relation, at: span)
      fetch(fields, in: &relation)
      fetchFollowing(in: &relation)
    }
    var rows = WrittenRows(name: target)
    rows.appends = command.appends
    rows.keyField = command.keyField
    rows.updates = command.updates
    rows.overridesIfEmpty = command.overridesIfEmpty
    rows.createsEmpty = command.options.boolean("create_empty") ?? false
    rows.maximumRows = command.options.integer("max").map { max(0, $0) }
    rows.keepsValuesApart = command.options.text("output_format")?.lowercased() == "splunk_mv_csv"
    let written = relation.columns.filter { column in
      if column.name.isEmpty { return false }
      if let fields = definition?.fields, !fields.isEmpty, !fields.contains(column.name) { return false }
      return !column.name.hasPrefix("_") || ["_time", "_key"].contains(column.name)
    }
    relation.close(
      .tabular(
        TabularCall(
          inputs: [relation.plan],
          operator: WriteOperator(
            rows, fields: written.map { TitledExpression(name: $0.name, value: $0.reference) }),
          origin: origin(span))))
  }

  /// The name of the file without `.csv`; nil for one that could leave the folder.
  private func fileName(of name: String, _ definition: LookupDefinition?) -> String? {
    var stem = LookupDefinition.stem(name)
    if let definition, !definition.isCollection { stem = definition.table }
    let isPlain = stem.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
    }
    guard isPlain, !stem.isEmpty, !stem.hasPrefix("."), !stem.lowercased().hasSuffix(".gz") else {
      return nil
    }
    return stem
  }
}
