package import Diagnostics

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
