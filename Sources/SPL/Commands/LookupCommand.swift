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
