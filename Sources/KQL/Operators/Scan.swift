package import Diagnostics
import Engine

/// `scan with_match_id=m declare (a:long = 0) with (step s1: x > 1 => a = s1.a + 1; step s2 output=all: true;)`.
package struct ScanSyntax: Hashable, Sendable {
  package struct Step: Hashable, Sendable {
    package var name: NameSyntax
    /// `output=all`, `last` or `none`.
    package var options: [OptionSyntax]
    package var condition: ExpressionSyntax
    package var assignments: [NamedExpressionSyntax]
    package var span: SourceSpan
  }

  package var options: [OptionSyntax]
  package var declarations: [ParameterSyntax]
  package var steps: [Step]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["scan"],
    syntax: "T | scan [with_match_id=NAME] [declare (NAME:TYPE = VALUE, …)] with (step NAME "
      + "[output=all|last|none]: CONDITION [=> NAME = EXPRESSION, …]; …)",
    summary: "Follows the rows in their order through steps, which may carry values along.",
    examples: [
      .kqlQuery(
        "range n from 1 to 3 step 1 | scan declare (total:long = 0) with (step s: true => total = n + "
          + "s.total;)",
        gives: "1, 3, 6")
    ],
    stage: { .scan($0.parseScan($1)) })
}

extension KQLParser {
  func parseScan(_ start: SourceSpan) -> ScanSyntax {
    let options = self.options(["with_match_id"])
    let declarations = take("declare") != nil ? parameterList() : []
    expect("with", after: "scan")
    let opening = currentSpan
    var steps: [ScanSyntax.Step] = []
    if expect(.leftParenthesis, after: "with") {
      while at("step") {
        steps.append(scanStep())
        if take(.semicolon) == nil { break }
      }
      if steps.isEmpty { reportExpected("`step`") }
      close(.rightParenthesis, opening: opening)
    }
    return ScanSyntax(
      options: options, declarations: declarations, steps: steps, span: span(from: start))
  }

  private func scanStep() -> ScanSyntax.Step {
    let start = cursor.advance().span
    let name = self.name("a name", after: "step")
    let options = self.options(["output"])
    expect(.colon, after: "the step's name")
    let condition = predicate()
    let assignments = take(.arrow) != nil ? commaSeparated { $0.namedExpression() } : []
    return ScanSyntax.Step(
      name: name, options: options, condition: condition, assignments: assignments, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: ScanSyntax, on input: Relation) -> Relation? {
    guard let declared = scanDeclarations(node) else { return nil }
    let rowNames = Set(input.columns.map(\.name))
    // For each step the columns of its row and those declared, unless a declared one takes the name.
    var steps: [String: [PlanColumn]] = [:]
    var views: [(row: [ScanOperator.RowColumn], kept: [PlanColumn])] = []
    for step in node.steps {
      let row = input.columns.map {
        ScanOperator.RowColumn(column: makeColumn($0.name, $0.type), source: $0.id)
      }
      let kept = declared.map { makeColumn($0.name, $0.type) }
      views.append((row, kept))
      // Declared names come first where both have them.
      steps[step.name.text] = kept + row.map(\.column)
    }
    let standards = declared.map { makeColumn($0.name, $0.type) }
    var row = RowScope(input.columns + standards.filter { !rowNames.contains($0.name) })
    row.steps = steps
    var lowered: [ScanOperator.Step] = []
    for (step, view) in zip(node.steps, views) {
      guard let condition = lowerCondition(step.condition, in: row),
        let assignments = scanAssignments(step, declared: declared, in: row)
      else { return nil }
      let word = step.options[named: "output"]?.word ?? "all"
      guard let output = ScanOperator.Output(rawValue: word) else {
        return fail(
          KQLMessages.unknownKind(
            word, of: "step", known: ScanOperator.Output.allCases.map(\.rawValue), at: step.span))
      }
      lowered.append(
        ScanOperator.Step(
          condition: condition, assignments: assignments, output: output, row: view.row, kept: view.kept))
    }
    let matchName = node.options[named: "with_match_id"]?.word
    let scan = ScanOperator(
      steps: lowered,
      declared: zip(declared, standards).map { declared, standard in
        ScanOperator.Declared(
          column: makeColumn(declared.name, declared.type), standard: standard, value: declared.value)
      }, matchID: matchName.map { makeColumn($0, .long) })
    let call = LogicalPlan.tabular(
      TabularCall(inputs: [input.plan], operator: scan, origin: origin(node.span)))
    // A declared column with the name of an input's takes its place.
    var shown: [PlanColumn] = []
    for column in call.columns {
      if let place = shown.firstIndex(where: { $0.name == column.name }) {
        shown[place] = column
      } else {
        shown.append(column)
      }
    }
    return Relation(
      .project(
        Project(input: call, assignments: shown.map { Assignment(keeping: $0) }, origin: origin(node.span))),
      isSerialized: true)
  }

  private struct ScanColumn {
    var name: String
    var type: DataType
    var value: Value
  }

  private func scanDeclarations(_ node: ScanSyntax) -> [ScanColumn]? {
    var result: [ScanColumn] = []
    for declaration in node.declarations {
      guard case .scalar(let typeName) = declaration.kind, let type = typeName.dataType else {
        return fail(KQLMessages.unknownType(declaration.name.text, at: declaration.span))
      }
      var value: Value = type == .string ? .string("") : .null
      if let standard = declaration.defaultValue {
        guard let constant = lowerConstant(standard) else { return nil }
        value = ValueConversion.convert(constant, to: type)
      }
      result.append(ScanColumn(name: declaration.name.text, type: type, value: value))
    }
    return result
  }

  private func scanAssignments(
    _ step: ScanSyntax.Step, declared: [ScanColumn], in row: RowScope
  ) -> [Expression?]? {
    var result = [Expression?](repeating: nil, count: declared.count)
    for assignment in step.assignments {
      guard let name = assignment.name, let place = declared.firstIndex(where: { $0.name == name.text })
      else {
        return fail(
          KQLMessages.undeclaredScanColumn(
            assignment.name?.text ?? "", known: declared.map(\.name), at: assignment.span))
      }
      guard let value = lower(assignment.value, in: row) else { return nil }
      let type = declared[place].type
      guard let fitting = Coercion.convert(value, to: type, dialect: .kql) else {
        return fail(
          KQLMessages.argumentType(name.text, type: type, given: value.type, at: assignment.value.span))
      }
      result[place] = fitting
    }
    return result
  }
}
