import Diagnostics
import Engine

extension SPLLowering {
  /// Up to so many fields come of one `eval {name}=…`.
  static let composedLimit = 1000

  /// Each assignment sees those before it; a null removes the value.
  func lower(_ command: EvalCommandSyntax, in relation: Relation, at span: SourceSpan) {
    for assignment in command.assignments {
      guard let value = lower(assignment.value, in: relation) else { continue }
      if value.type == .bool, value.constantValue != .null {
        report(SPLMessages.booleanField(assignment.target.field.name, assignment.value.span))
        continue
      }
      if assignment.target.isComposed {
        compose(assignment.target, value, in: relation, at: assignment.span)
      } else if !assignment.target.field.name.isEmpty {
        assign(assignment.target.field.name, typed(value), in: relation, at: span)
      }
    }
  }

  private func typed(_ value: Expression) -> Expression {
    if value.type == .bool { return .literal(.null, .string) }
    return value
  }

  /// `eval {key}_seen=1`: one field for each value that the names of the target have.
  private func compose(
    _ target: EvalTargetSyntax, _ value: Expression, in relation: Relation, at span: SourceSpan
  ) {
    var texts: [Expression] = []
    for part in target.parts {
      switch part {
      case .text(let text): texts.append(literal(text))
      case .valueOf(let field):
        guard let column = read(field, in: relation, at: target.field.span) else { return }
        texts.append(text(plain(column.reference)))
      }
    }
    let name = makeColumn("", .string)
    let joined = call(SPLRowFunctions.joinTexts, texts, as: .string)
    var assignments = relation.columns.map { Assignment(keeping: $0) }
    assignments.append(Assignment(column: name, expression: joined))
    let named = LogicalPlan.project(
      Project(input: relation.plan, assignments: assignments, origin: origin(span)))
    let distinct = LogicalPlan.aggregate(
      Aggregate(
        input: named, keys: [Assignment(column: makeColumn("name", .string), expression: name.reference)],
        items: [],
        dropsNullKeys: true, origin: origin(span)))
    guard let table = evaluate(distinct, "`\(target.field.name)`", at: span) else {
      relation.isOpaque = true
      return
    }
    let names = (0..<table.rowCount).map { table.value(row: $0, column: 0).splText }.sorted()
    relation.plan = named
    var made: [Assignment] = []
    for fieldName in names.prefix(SPLLowering.composedLimit) where !fieldName.isEmpty {
      let isHere = call(SPLRowFunctions.sameText, [name.reference, literal(fieldName)], as: .bool)
      let other = column(fieldName, in: relation)?.reference ?? .literal(.null, value.type)
      let chosen = choose([(isHere, value)], otherwise: other)
      made.append(Assignment(column: makeColumn(fieldName, chosen.type), expression: chosen))
    }
    assign(made, in: relation, at: span)
    drop([name], in: relation, at: span)
  }
}

extension SPLMessages {
  static func booleanField(_ name: String, _ span: SourceSpan) -> Diagnostic {
    .error(
      "boolean-field", "the field `\(name)` cannot hold true or false", at: span,
      suggestions: [.init("`if(condition, 1, 0)` gives a value")])
  }
}
