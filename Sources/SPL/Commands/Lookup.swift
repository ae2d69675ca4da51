import Diagnostics
import Engine

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
    "lookup",
    syntax: "lookup [local=BOOL] LOOKUP KEY [as FIELD] … [OUTPUT|OUTPUTNEW COLUMN [as NAME] …]",
    summary: "Adds columns of a lookup table by key.",
    examples: [
      .splQuery(
        #"| makeresults | eval ip="10.0.0.1" | lookup assets ip OUTPUT owner | table owner"#,
        gives: #""ann""#)
    ]
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

extension SPLLowering {
  func lower(_ command: LookupCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let name = command.table, let lookup = lookup(name.name, at: name.span) else { return }
    let table = lookup.table
    var keys: [(name: String, value: Expression)] = []
    for key in command.keys {
      let column = read(key.alias ?? key.field, in: &relation)
      keys.append((key.field.name, column.map { plain($0.reference) } ?? .literal(.null, .string)))
    }
    var rule = MeetingRule.replace
    var outputs: [(source: String, target: String)] = []
    switch command.output {
    case .all:
      outputs = table.fields.map(\.name).filter { name in !keys.contains { $0.name == name } }.map {
        ($0, $0)
      }
    case .overwrite(let fields): outputs = fields.map { ($0.field.name, $0.alias?.name ?? $0.field.name) }
    case .fillMissing(let fields):
      outputs = fields.map { ($0.field.name, $0.alias?.name ?? $0.field.name) }
      rule = .fill
    }
    for field in keys.map(\.name) + outputs.map(\.source)
    where !table.fields.isEmpty && !table.fields.contains(where: { $0.name == field }) {
      report(
        SPLMessages.unknownLookupField(
          field, table: name.name, known: table.fields.map(\.name), at: name.span))
    }
    if lookup.definition.isPlain, keys.allSatisfy({ $0.value.type != .dynamic }) {
      let rows = LookupRows.grouped(
        table, by: keys.map(\.name), outputs: outputs, upTo: lookup.definition.rules.maximumMatches)
      let right = inline(rows, label: "lookup \(name.name)")
      join(
        &relation, right, keys: zip(keys, right.columns).map { Join.Key(text($0.value), $1.reference) },
        added: Array(right.columns.dropFirst(keys.count)), keepsUnmatched: true, maximum: 1, rule: rule,
        at: span)
    } else {
      find(keys, outputs, in: lookup, for: &relation, rule, at: span)
    }
  }

  /// Keys that are patterns, texts in any case or several values at once.
  private func find(
    _ keys: [(name: String, value: Expression)], _ outputs: [(source: String, target: String)],
    in lookup: Lookup, for relation: inout Relation, _ rule: MeetingRule, at span: SourceSpan
  ) {
    let table = inline(lookup.table, label: "lookup \(lookup.definition.name)")
    func column(_ name: String) -> PlanColumn? { table.columns.first { $0.name == name } }
    var patterns: [PatternLookupOperator.Key] = []
    for key in keys {
      // A column that the table lacks fits nothing; it has been said.
      guard let pattern = column(key.name) else { return }
      patterns.append(
        PatternLookupOperator.Key(
          value: key.value, pattern: pattern.reference,
          match: lookup.definition.matches[key.name] ?? .exact))
    }
    let mark = makeColumn("", .long)
    let made = outputs.compactMap { output in
      column(output.source).map { source in
        (output.target, Assignment(column: makeColumn("", .dynamic), expression: source.reference))
      }
    }
    relation.plan = .tabular(
      TabularCall(
        inputs: [relation.plan, table.plan],
        operator: PatternLookupOperator(
          name: lookup.definition.name, keys: patterns, mark: mark, outputs: made.map(\.1),
          rules: lookup.definition.rules),
        origin: origin(span)))
    meet(made.map { ($0, $1.column) }, whereThere: mark, in: &relation, rule, at: span)
    drop([mark] + made.map(\.1.column), in: &relation, at: span)
  }
}
