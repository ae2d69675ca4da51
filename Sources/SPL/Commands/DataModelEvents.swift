package import Diagnostics
import Engine

/// `from datamodel:Authentication` and `datamodel Authentication Authentication search`: the events of a data model, with
/// its fields.
package struct DataModelEventsSyntax: Hashable, Sendable {
  package let model: String
  /// Nil for the root.
  package let dataset: String?
  package let nameSpan: SourceSpan
  /// Whether fields go by their data set, as `All_Changes.user`.
  package let hasPrefix: Bool

  static let from = CommandRecord(
    "from",
    syntax: "from datamodel:MODEL[.DATASET] | lookup:LOOKUP",
    summary: "Reads the events of a data model, or the rows of a lookup table.",
    notes: ["The fields of the model go by their own names, without the data set."],
    examples: [
      .splQuery(
        "| from datamodel:Change.All_Changes | stats count by user | table count",
        gives: #"mvappend("1", "1")"#)
    ], isGenerating: true
  ) { parser, command in
    let place = parser.peek()
    let text = parser.takeStageText().filter { $0 != "\"" }
    let parts = text.split(separator: ":", maxSplits: 1).map {
      $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let span = parser.span(from: place.range.lowerBound)
    guard parts.count == 2, !parts[1].isEmpty else {
      parser.syntaxError(SPLMessages.fromNeedsSource(command, at: place.span))
      return .unknown("from")
    }
    switch parts[0].lowercased() {
    case "datamodel":
      let names = DataModel.names(in: parts[1])
      guard !names.model.isEmpty else {
        parser.syntaxError(SPLMessages.fromNeedsSource(command, at: span))
        return .unknown("from")
      }
      return .from(
        DataModelEventsSyntax(model: names.model, dataset: names.dataset, nameSpan: span, hasPrefix: false))
    case "lookup", "inputlookup":
      return .inputlookup(
        InputLookupCommandSyntax(
          table: FieldNameSyntax(name: parts[1], span: span, isQuoted: true), filter: nil,
          options: CommandOptions()))
    default:
      parser.syntaxError(SPLMessages.fromNeedsSource(command, at: span))
      return .unknown("from")
    }
  }

  static let datamodel = CommandRecord(
    "datamodel",
    syntax: "datamodel MODEL DATASET search|flat",
    summary: "Reads the events of a data model.",
    notes: [
      "Data models are made of the events; nothing is summarized before.",
      "With `search` the fields of the model go by their data set, as `All_Changes.user`; with `flat` they do not.",
    ],
    examples: [
      .splQuery(
        "| datamodel Change All_Changes search | stats count by All_Changes.user | table count",
        gives: #"mvappend("1", "1")"#)
    ], isGenerating: true
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "allow_old_summaries": .boolean, "strict_fields": .boolean, "summariesonly": .boolean,
    ]
    var options = CommandOptions()
    let words = parser.parseFields(command, rules, into: &options)
    let modes = ["acceleration_search": true, "flat": false, "search": true]
    guard words.count == 3, let hasPrefix = modes[words[2].name.lowercased()] else {
      if !parser.isRecovering {
        parser.syntaxError(SPLMessages.datamodelNeedsMode(command, at: words.last?.span ?? command.span))
      }
      return .unknown("datamodel")
    }
    return .datamodel(
      DataModelEventsSyntax(
        model: words[0].name, dataset: words[1].name, nameSpan: words[0].span.union(words[1].span),
        hasPrefix: hasPrefix))
  }
}

extension SPLParser {
  /// Takes the rest of a stage as it is written.
  fileprivate mutating func takeStageText() -> String {
    let begin = peek().range.lowerBound
    while !isAtStageEnd { take() }
    return String(decoding: text.bytes[begin..<max(begin, previous.upperBound)], as: UTF8.self)
  }
}

extension SPLLowering {
  func lower(_ command: DataModelEventsSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let model = dataModel(command.model, command.dataset, at: command.nameSpan) else { return }
    var rows = events(at: span, of: environment.events.limited(to: model.sourcetypes))
    var text = model.text(dataset: command.dataset, withNodes: false)
    if command.hasPrefix {
      let names = model.madeNames.map { "\($0) as \"\(model.rootName).\($0)\"" }
      text += " | rename " + names.joined(separator: ", ")
    }
    rows.depth = relation.depth
    guard run(text, of: model, on: &rows, at: span) else { return }
    relation = rows
  }

  /// The data model of a name, if it has the data set.
  func dataModel(_ name: String, _ dataset: String?, at span: SourceSpan) -> DataModel? {
    let models = environment.events.dataModels
    guard let model = models.first(where: { $0.name.lowercased() == name.lowercased() }) else {
      return fail(SPLMessages.unknownDataModel(name, models.map(\.name), at: span))
    }
    if let dataset, !model.hasDataset(dataset) {
      return fail(SPLMessages.unknownDataset(dataset, of: model, at: span))
    }
    return model
  }

  /// Runs the commands that make the view of a data model; false if they could not be read.
  func run(_ text: String, of model: DataModel, on rows: inout Relation, at span: SourceSpan) -> Bool {
    let (tree, diagnostics) = SPL.parse(SourceText(name: "the data model \(model.name)", text: text))
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      report(SPLMessages.unsupported("the data model `\(model.name)`", at: span))
      return false
    }
    let outer = following
    inOwnText { run(tree.stages, on: &rows) }
    following = outer
    return true
  }
}

extension SPLMessages {
  static func fromNeedsSource(_ command: SPLToken, at span: SourceSpan) -> Diagnostic {
    .error(
      "from-source", "`\(command.text)` reads a data model or a lookup table here", at: span,
      suggestions: [.init("`from datamodel:NAME.DATASET`"), .init("`from lookup:NAME`")])
  }

  static func datamodelNeedsMode(_ command: SPLToken, at span: SourceSpan) -> Diagnostic {
    .error(
      "datamodel-mode", "`\(command.text)` takes a data model, a data set and `search` or `flat`", at: span,
      suggestions: [.init("`datamodel Change All_Changes search`")])
  }

  static func unknownDataset(_ name: String, of model: DataModel, at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-dataset", "the data model `\(model.name)` has no data set `\(name)`", at: span,
      notes: [Advice("there are: " + model.datasetNames.map { "`\($0)`" }.joined(separator: ", "))],
      suggestions: NearestNames.of(name, among: model.datasetNames).map { .init("`\($0)`") })
  }
}
