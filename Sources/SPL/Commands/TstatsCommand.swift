package import Diagnostics

/// `tstats count from datamodel=Change where All_Changes.status=success by All_Changes.user _time span=1h`.
package struct TstatsCommandSyntax: Hashable, Sendable {
  package let aggregates: [AggregateSyntax]
  /// Nil where the rows come from the index itself.
  package let source: TstatsSourceSyntax?
  /// A search expression, with the semantics of `search`.
  package let filter: SearchExpressionSyntax?
  package let groupings: [GroupingSyntax]
  package let options: CommandOptions

  /// What stands for a missing value in a `by` field; without it such rows are dropped.
  package var fillNullValue: String? { options.text("fillnull_value") }
  package var appends: Bool { options.boolean("append") ?? false }
  package var prestats: Bool { options.boolean("prestats") ?? false }

  private static let rules: [String: OptionKind] = [
    "allow_old_summaries": .boolean, "append": .boolean, "chunk_size": .integer, "fillnull_value": .text,
    "include_reduced_buckets": .boolean, "local": .boolean, "prestats": .boolean,
    "summariesonly": .boolean, "use_summary_index_values": .boolean,
  ]

  static let record = CommandRecord(
    "tstats", summary: "Aggregates rows of a data model.",
    example: "tstats summariesonly=t count min(_time) as first from datamodel=Change.All_Changes "
      + "where All_Changes.status=success by All_Changes.user, _time span=1h",
    isGenerating: true
  ) { parser, command in
    var options = CommandOptions()
    let aggregates = parser.parseAggregates(
      command, rules, into: &options, until: ["from", "where", "by", "groupby"])
    var source: TstatsSourceSyntax?
    if let keyword = parser.takeKeyword("from") { source = parser.parseTstatsSource(keyword) }
    parser.parseOptions(command, rules, into: &options)
    var filter: SearchExpressionSyntax?
    if let keyword = parser.takeKeyword("where") {
      filter = parser.parseSearchExpression(until: ["by", "groupby"])
      if filter == nil {
        parser.syntaxError(SPLMessages.missingArgument("a search expression", of: keyword, at: parser.peek()))
      }
    }
    let isGrouped = parser.peek().isKeyword("by") || parser.peek().isKeyword("groupby")
    let groupings = isGrouped ? parser.parseGroupings(command, options: rules, into: &options) : []
    return .tstats(
      TstatsCommandSyntax(
        aggregates: aggregates, source: source, filter: filter, groupings: groupings, options: options))
  }
}

/// What `tstats` reads: `datamodel=Change.All_Changes`, or a namespace or saved search by name.
package struct TstatsSourceSyntax: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case dataModel, namespace, savedSearch
  }

  package let kind: Kind
  package let name: String
  /// The data set within a data model, as in `Change.All_Changes`.
  package let dataset: String?
  package let nameSpan: SourceSpan
}

extension SPLParser {
  fileprivate mutating func parseTstatsSource(_ keyword: SPLToken) -> TstatsSourceSyntax? {
    let kinds: [String: TstatsSourceSyntax.Kind] = ["datamodel": .dataModel, "sid": .savedSearch]
    var kind = TstatsSourceSyntax.Kind.namespace
    if peek().kind == .word, let named = kinds[peek().text.lowercased()] {
      take()
      // Both `datamodel=Change` and `datamodel Change` are in use.
      if peek().isSymbol("=") { take() }
      kind = named
    }
    guard let literal = parseText() else {
      syntaxError(SPLMessages.missingArgument("`datamodel=NAME`", of: keyword, at: peek()))
      return nil
    }
    let parts = literal.value.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isSplit = kind == .dataModel && parts.count == 2
    return TstatsSourceSyntax(
      kind: kind, name: isSplit ? String(parts[0]) : literal.value,
      dataset: isSplit ? String(parts[1]) : nil, nameSpan: literal.span)
  }
}
