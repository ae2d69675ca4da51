import Diagnostics
import Engine

extension SPLLowering {
  /// The sum of a row's numbers, and with `col=t` a row with the sums of columns.
  func lower(_ command: AddtotalsCommandSyntax, in relation: Relation, at span: SourceSpan) {
    if command.fields.isEmpty { fetchFollowing(in: relation) }
    if command.sumsRows {
      let summed = totalled(command.fields, in: relation)
      let sum = call(ValueListFunctions.sum, summed.map(\.reference), as: .real)
      assign(command.fieldName, sum, in: relation, at: span)
    }
    if command.sumsColumns {
      var fields = totalled(command.fields, in: relation)
      if command.sumsRows, !command.fields.isEmpty, let made = relation.existing(command.fieldName) {
        fields.append(made)
      }
      addTotalRow(fields, label: command.label, labelField: command.labelField, in: relation, at: span)
    }
  }

  func lower(_ command: AddcoltotalsCommandSyntax, in relation: Relation, at span: SourceSpan) {
    addTotalRow(
      totalled(command.fields, in: relation), label: command.label, labelField: command.labelField,
      in: relation,
      at: span)
  }

  private func totalled(_ fields: [FieldNameSyntax], in relation: Relation) -> [PlanColumn] {
    if !fields.isEmpty { return fields.flatMap { columns($0, in: relation) } }
    return relation.columns.filter { !$0.name.hasPrefix("_") && $0.type != .datetime }
  }

  private func addTotalRow(
    _ fields: [PlanColumn], label: String, labelField: String?, in relation: Relation, at span: SourceSpan
  ) {
    fetchFollowing(in: relation)
    guard let sum = AggregateCatalog.function("sum", in: .spl) else { return }
    let items = fields.compactMap { item(sum, [plain($0.reference)], name: $0.name, at: span) }
    let total = Relation(
      .aggregate(Aggregate(input: relation.plan, keys: [], items: items, origin: origin(span))))
    if let labelField {
      assign(labelField, literal(label), in: total, at: span)
    }
    append(total, to: relation, at: span)
  }
}
