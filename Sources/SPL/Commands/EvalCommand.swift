package import Diagnostics

/// `eval a=1, b=a.":".c`: sets fields, from left to right.
package struct EvalCommandSyntax: Hashable, Sendable {
  package let assignments: [EvalAssignmentSyntax]

  static let record = CommandRecord(
    "eval", summary: "Sets fields to the values of expressions.",
    example: #"eval total=a+b, label=case(total>3, "many", true(), "few"), {label}=1"#
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
