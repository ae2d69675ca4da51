import Diagnostics
import Engine

/// The tables of lookups by their names.
extension SPLLowering {
  /// A table, and how rows are found in it.
  struct Lookup {
    var table: Table
    var definition: LookupDefinition
  }

  /// The lookup of a name, with or without `.csv`; says so if its table is empty, or not there at all.
  func lookup(_ name: String, at span: SourceSpan) -> Lookup? {
    let stem = LookupDefinition.stem(name)
    let definition = environment.lookupDefinitions[name] ?? LookupDefinition(name: name, table: stem)
    if let reason = definition.refusal { return fail(SPLMessages.refusedLookup(name, reason, at: span)) }
    if let table = environment.lookups[definition.table] ?? environment.lookups[stem] {
      if table.rowCount == 0 { report(SPLMessages.emptyLookup(name, at: span)) }
      return Lookup(table: table, definition: definition)
    }
    if definition.isCollection, !definition.fields.isEmpty {
      report(SPLMessages.emptyLookup(name, at: span))
      let fields = definition.fields.filter { !$0.hasPrefix("_") }.map { Field($0, .string) }
      return Lookup(table: Table(fields: fields, rows: []), definition: definition)
    }
    if isWrittenLater(stem) {
      report(SPLMessages.newLookup(name, at: span))
      return Lookup(table: Table(fields: [], columns: [], rowCount: 0), definition: definition)
    }
    let known = Set(environment.lookups.keys).union(environment.lookupDefinitions.keys).sorted()
    return fail(SPLMessages.unknownLookup(name, known: known, at: span))
  }

  /// A search may read a table and write it anew; the first time there is none.
  private func isWrittenLater(_ stem: String) -> Bool {
    following.contains { stage in
      guard case .outputlookup(let command) = stage.command, let name = command.table?.name else {
        return false
      }
      return LookupDefinition.stem(name) == stem
    }
  }
}
