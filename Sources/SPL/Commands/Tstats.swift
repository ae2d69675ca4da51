package import Diagnostics
import Engine

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
    "tstats",
    syntax: "tstats AGGREGATE … from datamodel=MODEL[.DATASET] [where SEARCH] [by FIELD … [span=SPAN]]",
    summary: "Aggregates rows of a data model.",
    notes: [
      "Data models are made of the events; nothing is summarized before."
    ],
    examples: [
      .splQuery(
        "| tstats count from datamodel=Change.All_Changes by All_Changes.user | table count",
        gives: #"mvappend("1", "1")"#)
    ], isGenerating: true, takesSubsearch: true
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
    let names = kind == .dataModel ? DataModel.names(in: literal.value) : (literal.value, nil)
    return TstatsSourceSyntax(kind: kind, name: names.0, dataset: names.1, nameSpan: literal.span)
  }
}

extension SPLLowering {
  /// Aggregates over the view of a data model, whose fields keep the data set in their names.
  func lower(_ command: TstatsCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    if command.prestats { report(SPLMessages.prestats(at: command.options["prestats"]?.span ?? span)) }
    if let prefix = MentionedFields.fields(of: command).first(where: {
      $0.name.lowercased().hasPrefix("prefix(")
    }) {
      return report(SPLMessages.indexPrefix(prefix))
    }
    var rows: Relation
    if let source = command.source {
      guard source.kind == .dataModel else {
        report(SPLMessages.unsupported("`tstats` over anything but a data model", at: source.nameSpan))
        return
      }
      guard let model = dataModel(source.name, source.dataset, at: source.nameSpan) else { return }
      rows = events(at: span, of: environment.events.limited(to: model.sourcetypes))
      view(model, command, on: &rows, at: span)
    } else {
      rows = events(at: span, of: catalog(for: command.filter))
      warnAboutFields(of: command)
    }
    if let filter = command.filter, let predicate = lower(filter, in: &rows) {
      self.filter(&rows, by: predicate, at: span)
    }
    if let filler = command.fillNullValue {
      for grouping in command.groupings {
        guard let column = read(grouping.field, in: &rows), column.type != .datetime else { continue }
        assign(column.name, firstPresent([column.reference, literal(filler)]), in: &rows, at: span)
      }
    }
    guard let keys = groupings(command.groupings, in: &rows, at: span),
      let items = aggregates(
        command.aggregates, keyNames: command.groupings.map(\.field.name), in: &rows, at: span)
    else { return }
    aggregate(&rows, keys: keys, items: items, at: span)
    if command.appends { append(rows, to: &relation, at: span) } else { relation.close(rows.plan) }
  }

  /// Without a data model Splunk's index answers, which knows few fields of an event.
  private func warnAboutFields(of command: TstatsCommandSyntax) {
    let indexed: Set<String> = [
      "_time", "host", "index", "linecount", "punct", "source", "sourcetype", "splunk_server", "timestamp",
    ]
    let others = MentionedFields.fields(of: command).filter {
      !indexed.contains($0.name) && !$0.name.hasPrefix("date_") && !$0.hasWildcard
    }
    if let first = others.first { report(SPLMessages.notIndexed(first)) }
  }

  /// Makes the model's fields that the command names, under the names that it uses.
  private func view(
    _ model: DataModel, _ command: TstatsCommandSyntax, on rows: inout Relation, at span: SourceSpan
  ) {
    let fields = MentionedFields.fields(of: command)
    let text = model.text(
      dataset: command.source?.dataset, withNodes: fields.contains { $0.name == DataModel.nodeField })
    guard run(text, of: model, on: &rows, at: span) else { return }
    var renamed: [Assignment] = []
    for mention in fields where !DataModel.plainFields.contains(mention.name) {
      let name = mention.name
      guard let field = model.fieldName(name), !field.isEmpty else {
        if mention.hasWildcard { continue }
        report(SPLMessages.fieldWithoutDataset(name, model.rootName, at: mention.span))
        renamed.append(
          Assignment(column: makeColumn(name, .string), expression: .literal(.null, .string)))
        continue
      }
      if !model.fieldNames.contains(field) {
        report(SPLMessages.unknownModelField(field, of: model, at: mention.span))
      }
      // What the model does not define is looked for in the events.
      guard let column = rows.existing(field) ?? column(field, in: &rows) else { continue }
      renamed.append(Assignment(column: makeColumn(name, column.type), expression: column.reference))
    }
    assign(renamed, in: &rows, at: span)
  }
}

extension MentionedFields {
  static func fields(of command: TstatsCommandSyntax) -> [FieldNameSyntax] {
    var fields: [FieldNameSyntax] = []
    // The names behind `as` are made here.
    collect(command.aggregates.map(\.argument), into: &fields, depth: 0)
    collect(command.filter as Any, into: &fields, depth: 0)
    collect(command.groupings, into: &fields, depth: 0)
    var seen: Set<String> = []
    return fields.filter { seen.insert($0.name).inserted }
  }
}

extension SPLMessages {
  static func fieldWithoutDataset(_ name: String, _ root: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "field-without-dataset", "a field of a data model goes by its data set: `\(name)` is null", at: span,
      suggestions: [.init("`\(root).\(name)`", replacing: span, with: "\(root).\(name)")])
  }

  static func prestats(at span: SourceSpan) -> Diagnostic {
    .error(
      "unsupported", "Trawl does not run `prestats=t`, whose rows only another aggregation can read",
      at: span,
      suggestions: [
        .init("`tstats` without it gives the aggregates themselves, by `_time span=…` if need be")
      ])
  }

  static func indexPrefix(_ field: FieldNameSyntax) -> Diagnostic {
    .error(
      "unsupported", "Trawl does not run `PREFIX(…)`, which takes values from the terms of an index",
      at: field.span,
      suggestions: [.init("name the field itself: `by user` in the place of `by PREFIX(user=)`")])
  }

  static func notIndexed(_ field: FieldNameSyntax) -> Diagnostic {
    .warning(
      "field-not-indexed",
      "`tstats` finds `\(field.name)` here, and in Splunk only if it is an indexed field", at: field.span,
      suggestions: [.init("`from datamodel=NAME`, or `stats` over the events themselves")])
  }

  static func unknownModelField(_ name: String, of model: DataModel, at span: SourceSpan) -> Diagnostic {
    .warning(
      "unknown-model-field", "the data model `\(model.name)` has no field `\(name)`", at: span,
      notes: ["it is looked for in the events"],
      suggestions: NearestNames.of(name, among: model.fieldNames.sorted()).map { .init("`\($0)`") })
  }
}
