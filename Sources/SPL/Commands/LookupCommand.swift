/// `lookup assets ip as src OUTPUTNEW owner as who`: adds columns of a table by key.
package struct LookupCommandSyntax: Hashable, Sendable {
  package enum Output: Hashable, Sendable {
    /// Nothing is said: every column that is no key.
    case all
    /// OUTPUT: the table's value replaces the row's.
    case overwrite([FieldAliasSyntax])
    /// OUTPUTNEW: only rows without a value get the table's.
    case fillMissing([FieldAliasSyntax])
  }

  package let table: FieldNameSyntax?
  /// A column of the table, and the field of the rows where its name is another.
  package let keys: [FieldAliasSyntax]
  package let output: Output
  package let options: CommandOptions

  static let record = CommandRecord(
    "lookup", summary: "Adds columns of a lookup table by key.",
    example: "lookup assets ip as src, zone, OUTPUTNEW owner as who, site"
  ) { parser, command in
    let rules: [String: OptionKind] = ["event_time_field": .text, "local": .boolean, "update": .boolean]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let table = parser.requireField(command, "a lookup table")
    let stops: Set<String> = ["output", "outputnew"]
    let keys = parser.parseAliasList(until: stops)
    if table != nil { parser.requireArguments(keys, command, "a field to look up") }
    var output = Output.all
    if let keyword = parser.takeKeyword("output") ?? parser.takeKeyword("outputnew") {
      let outputs = parser.parseAliasList(until: [])
      parser.requireArguments(outputs, keyword)
      output = keyword.isKeyword("output") ? .overwrite(outputs) : .fillMissing(outputs)
    }
    return .lookup(LookupCommandSyntax(table: table, keys: keys, output: output, options: options))
  }
}

extension SPLParser {
  /// Reads `a as b, c` up to a keyword.
  mutating func parseAliasList(until stops: Set<String>) -> [FieldAliasSyntax] {
    var pairs: [FieldAliasSyntax] = []
    while !isAtStageEnd {
      if peek().kind == .word, stops.contains(peek().text.lowercased()) { break }
      if takeComma() { continue }
      guard let pair = parseFieldAlias() else {
        unexpected("a field")
        break
      }
      pairs.append(pair)
    }
    return pairs
  }
}

/// `inputlookup append=t assets where zone=dmz`: the rows of a lookup table.
package struct InputLookupCommandSyntax: Hashable, Sendable {
  package let table: FieldNameSyntax?
  package let filter: SearchExpressionSyntax?
  package let options: CommandOptions

  package var appends: Bool { options.boolean("append") ?? false }

  static let record = CommandRecord(
    "inputlookup", summary: "Reads the rows of a lookup table.",
    example: "inputlookup append=t assets where zone=dmz", isGenerating: true
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "append": .boolean, "max": .integer, "start": .integer, "strict": .boolean,
    ]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let table = parser.requireField(command, "a lookup table")
    parser.parseOptions(command, rules, into: &options)
    var filter: SearchExpressionSyntax?
    if let keyword = parser.takeKeyword("where") {
      filter = parser.parseSearchExpression()
      if filter == nil {
        parser.syntaxError(SPLMessages.missingArgument("a search expression", of: keyword, at: parser.peek()))
      }
    }
    return .inputlookup(InputLookupCommandSyntax(table: table, filter: filter, options: options))
  }
}

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
