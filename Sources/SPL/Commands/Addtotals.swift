import Diagnostics
import Engine

/// `addtotals col=t labelfield=user fieldname=sum a b`: sums of rows, and of columns.
package struct AddtotalsCommandSyntax: Hashable, Sendable {
  /// Empty: every numeric field.
  package let fields: [FieldNameSyntax]
  package let options: CommandOptions

  package var sumsRows: Bool { options.boolean("row") ?? true }
  package var sumsColumns: Bool { options.boolean("col") ?? false }
  package var fieldName: String { options.text("fieldname") ?? "Total" }
  package var label: String { options.text("label") ?? "Total" }
  package var labelField: String? { options.text("labelfield") }

  static let record = CommandRecord(
    "addtotals",
    syntax: "addtotals [row=BOOL] [col=BOOL] [fieldname=NAME] [labelfield=FIELD] [label=TEXT] [FIELD …]",
    summary: "Adds the sum of each row, or of each column.",
    notes: [
      "The sum of each row stands in `Total`."
    ],
    examples: [
      .splQuery(
        "| makeresults | eval a=1, b=2 | table a b | addtotals",
        gives: #""3""#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "col": .boolean, "fieldname": .text, "label": .text, "labelfield": .text, "row": .boolean,
    ]
    var options = CommandOptions()
    let fields = parser.parseFields(command, rules, into: &options)
    return .addtotals(AddtotalsCommandSyntax(fields: fields, options: options))
  }
}

extension SPLLowering {
  /// The sum of a row's numbers, and with `col=t` a row with the sums of columns.
  func lower(_ command: AddtotalsCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    if command.fields.isEmpty { fetchFollowing(in: &relation) }
    if command.sumsRows {
      let summed = totalled(command.fields, in: &relation)
      let sum = call(ValueListFunctions.sum, summed.map(\.reference), as: .real)
      assign(command.fieldName, sum, in: &relation, at: span)
    }
    if command.sumsColumns {
      var fields = totalled(command.fields, in: &relation)
      if command.sumsRows, !command.fields.isEmpty, let made = relation.existing(command.fieldName) {
        fields.append(made)
      }
      addTotalRow(fields, label: command.label, labelField: command.labelField, in: &relation, at: span)
    }
  }

  func totalled(_ fields: [FieldNameSyntax], in relation: inout Relation) -> [PlanColumn] {
    if !fields.isEmpty { return fields.flatMap { columns($0, in: &relation) } }
    return relation.columns.filter { !$0.name.hasPrefix("_") && $0.type != .datetime }
  }

  func addTotalRow(
    _ fields: [PlanColumn], label: String, labelField: String?, in relation: inout Relation,
    at span: SourceSpan
  ) {
    fetchFollowing(in: &relation)
    guard let sum = AggregateCatalog.function("sum", in: .spl) else { return }
    let items = fields.compactMap { item(sum, [plain($0.reference)], name: $0.name, at: span) }
    var total = Relation(
      .aggregate(Aggregate(input: relation.plan, keys: [], items: items, origin: origin(span))))
    if let labelField {
      assign(labelField, literal(label), in: &total, at: span)
    }
    append(total, to: &relation, at: span)
  }
}
