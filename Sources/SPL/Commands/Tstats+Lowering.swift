import Diagnostics
import Engine

extension SPLLowering {
  /// Aggregates over the view of a data model, whose fields keep the data set in their names.
  func lower(_ command: TstatsCommandSyntax, in relation: Relation, at span: SourceSpan) {
    if command.prestats { report(SPLMessages.unsupported("`tstats prestats=t`", span)) }
    let rows = events(at: span)
    if let source = command.source {
      guard source.kind == .dataModel else {
        report(SPLMessages.unsupported("`tstats` over anything but a data model", source.nameSpan))
        return
      }
      guard let model = DataModel.named(source.name) else {
        report(SPLMessages.unknownDataModel(source.name, DataModel.all.map(\.name), source.nameSpan))
        return
      }
      view(model, command, on: rows, at: span)
    }
    if let filter = command.filter, let predicate = lower(filter, in: rows) {
      self.filter(rows, by: predicate, at: span)
    }
    if let filler = command.fillNullValue {
      for grouping in command.groupings {
        guard let column = read(grouping.field, in: rows), column.type != .datetime else { continue }
        assign(column.name, firstPresent([column.reference, literal(filler)]), in: rows, at: span)
      }
    }
    guard let keys = groupings(command.groupings, in: rows, at: span),
      let items = aggregates(
        command.aggregates, keyNames: command.groupings.map(\.field.name), in: rows, at: span)
    else { return }
    aggregate(rows, keys: keys, items: items, at: span)
    if command.appends { append(rows, to: relation, at: span) } else { relation.close(rows.plan) }
  }

  /// Makes the model's fields that the command names, under the names that it uses.
  private func view(
    _ model: DataModel, _ command: TstatsCommandSyntax, on rows: Relation, at span: SourceSpan
  ) {
    let (tree, diagnostics) = SPL.parse(
      SourceText(name: "the data model \(model.name)", text: model.text(dataset: command.source?.dataset)))
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      report(SPLMessages.unsupported("the data model `\(model.name)`", span))
      return
    }
    let outer = following
    inOwnText { run(tree.stages, on: rows) }
    following = outer
    var renamed: [Assignment] = []
    for name in MentionedFields.names(of: command) {
      guard let field = model.fieldName(name), !field.isEmpty else { continue }
      // What the model does not define is looked for in the events.
      let isKnown = model.fieldNames.contains(field)
      guard let column = isKnown ? rows.existing(field) ?? column(field, in: rows) : column(field, in: rows)
      else { continue }
      renamed.append(Assignment(column: makeColumn(name, column.type), expression: column.reference))
    }
    assign(renamed, in: rows, at: span)
  }
}

extension MentionedFields {
  static func names(of command: TstatsCommandSyntax) -> [String] {
    var names: [String] = []
    collect(command, into: &names, depth: 0)
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
