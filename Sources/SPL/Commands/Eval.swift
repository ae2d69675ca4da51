package import Diagnostics
import Engine

/// `eval a=1, b=a.":".c`: sets fields, from left to right.
package struct EvalCommandSyntax: Hashable, Sendable {
  package let assignments: [EvalAssignmentSyntax]

  static let record = CommandRecord(
    "eval",
    syntax: "eval FIELD=EXPRESSION, …",
    summary: "Sets fields to the values of expressions.",
    notes: [
      "Later assignments see earlier ones.",
      "`{field}=…` names the new field by the value of another.",
    ],
    examples: [
      .splQuery(
        "| makeresults | eval a=2, b=a*3 | table b",
        gives: #""6""#)
    ], takesSubsearch: true
  ) { parser, command in
    var assignments: [EvalAssignmentSyntax] = []
    repeat {
      guard let assignment = parser.parseAssignment(command) else { break }
      assignments.append(assignment)
    } while parser.take(.comma, .eval) != nil
    parser.requireEvalEnd()
    return .eval(EvalCommandSyntax(assignments: assignments))
  }
}

/// `target = value`.
package struct EvalAssignmentSyntax: Hashable, Sendable {
  package let target: EvalTargetSyntax
  package let value: EvalExpressionSyntax
  package let span: SourceSpan
}

/// The field that `eval` sets; a name may hold the value of other fields, as in `{key}_total`.
package struct EvalTargetSyntax: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case text(String)
    case valueOf(field: String)
  }

  package let field: FieldNameSyntax
  /// A single text unless the name is made from values.
  package let parts: [Part]
  package var isComposed: Bool { parts.contains { if case .valueOf = $0 { true } else { false } } }

  init(_ field: FieldNameSyntax) {
    self.field = field
    var parts: [Part] = []
    var rest = Substring(field.name)
    while let open = rest.firstIndex(of: "{"),
      let close = rest[open...].firstIndex(of: "}"), rest.index(after: open) < close
    {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      parts.append(.valueOf(field: String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty || parts.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
  }
}

extension SPLParser {
  mutating func parseAssignment(_ command: SPLToken) -> EvalAssignmentSyntax? {
    let begin = start
    guard let target = parseField() else {
      syntaxError(SPLMessages.missingArgument("`field = expression`", of: command, at: peek()))
      return nil
    }
    let sign = peek(.eval)
    guard sign.isSymbol("=") else {
      syntaxError(SPLMessages.missingAssignment(target, sign))
      return nil
    }
    take(.eval)
    let value = parseEvalExpression()
    return EvalAssignmentSyntax(target: EvalTargetSyntax(target), value: value, span: span(from: begin))
  }
}

extension SPLLowering {
  /// Up to so many fields come of one `eval {name}=…`.
  static let composedLimit = 1000

  /// Each assignment sees those before it; a null removes the value.
  func lower(_ command: EvalCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    for assignment in command.assignments {
      guard let value = lower(assignment.value, in: &relation) else { continue }
      if value.type == .bool, value.constantValue != .null {
        report(SPLMessages.booleanField(assignment.target.field.name, at: assignment.value.span))
        continue
      }
      if assignment.target.isComposed {
        compose(assignment.target, value, in: &relation, at: assignment.span)
      } else if !assignment.target.field.name.isEmpty {
        let digits = digits(of: assignment.value, in: &relation)
        assign(assignment.target.field.name, typed(value), in: &relation, at: span)
        if let digits, let made = relation.existing(assignment.target.field.name) {
          roundedDigits[made.id] = digits
        }
      }
    }
  }

  private func typed(_ value: Expression) -> Expression {
    if value.type == .bool { return .literal(.null, .string) }
    return value
  }

  /// `eval {key}_seen=1`: one field for each value that the names of the target have.
  private func compose(
    _ target: EvalTargetSyntax, _ value: Expression, in relation: inout Relation, at span: SourceSpan
  ) {
    var texts: [Expression] = []
    for part in target.parts {
      switch part {
      case .text(let text): texts.append(literal(text))
      case .valueOf(let field):
        guard let column = read(field, in: &relation, at: target.field.span) else { return }
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
    guard let table = ask(distinct, "`\(target.field.name)`", isAboutNames: true, at: span) else {
      relation.isOpaque = true
      return
    }
    let names = (0..<table.rowCount).map { table.value(row: $0, column: 0).splText }.sorted()
    relation.plan = named
    var made: [Assignment] = []
    for fieldName in names.prefix(SPLLowering.composedLimit) where !fieldName.isEmpty {
      let isHere = call(SPLRowFunctions.sameText, [name.reference, literal(fieldName)], as: .bool)
      let other = column(fieldName, in: &relation)?.reference ?? .literal(.null, value.type)
      let chosen = choose([(isHere, value)], otherwise: other)
      made.append(Assignment(column: makeColumn(fieldName, chosen.type), expression: chosen))
    }
    assign(made, in: &relation, at: span)
    drop([name], in: &relation, at: span)
  }
}

extension SPLMessages {
  static func booleanField(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "boolean-field", "the field `\(name)` cannot hold true or false", at: span,
      suggestions: [.init("`if(condition, 1, 0)` gives a value")])
  }
}
