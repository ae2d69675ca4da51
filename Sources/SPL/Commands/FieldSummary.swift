import Diagnostics
import Engine

/// `fieldsummary maxvals=10 user src`: figures about fields, a row each.
package struct FieldSummaryCommandSyntax: Hashable, Sendable {
  /// Empty: every field.
  package let fields: [FieldNameSyntax]
  /// How many values of each field are listed; 0 is all.
  package let valueLimit: Int

  static let record = CommandRecord(
    "fieldsummary",
    syntax: "fieldsummary [maxvals=COUNT] [FIELD …]",
    summary: "Makes a row of figures for each field.",
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | table n | fieldsummary | table count",
        gives: #""3""#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    let fields = parser.parseFields(command, ["maxvals": .integer], into: &options)
    return .fieldsummary(
      FieldSummaryCommandSyntax(fields: fields, valueLimit: options.integer("maxvals") ?? 100))
  }
}

extension SPLLowering {
  func lower(_ command: FieldSummaryCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    fetchFollowing(in: &relation)
    let everything = FieldNameSyntax(name: "*", span: span, isQuoted: false)
    let wanted = command.fields.isEmpty ? [everything] : command.fields
    var summed: [PlanColumn] = []
    var known: Set<ColumnID> = []
    for field in wanted {
      for column in columns(field, in: &relation) where known.insert(column.id).inserted {
        summed.append(column)
      }
    }
    relation.close(
      .tabular(
        TabularCall(
          inputs: [relation.plan],
          operator: FieldSummaryOperator(
            fields: summed.map { TitledExpression(name: $0.name, value: $0.reference) },
            valueLimit: command.valueLimit,
            made: FieldSummaryOperator.columns.map { makeColumn($0.name, $0.type) }),
          origin: origin(span))))
  }
}
