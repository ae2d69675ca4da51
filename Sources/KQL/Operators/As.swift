package import Diagnostics
import Engine

/// `as T`: names the table for the rest of the statement.
package struct AsSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var name: NameSyntax
  package var span: SourceSpan
}

extension KQLParser {
  func parseAs(_ start: SourceSpan) -> AsSyntax {
    let options = self.options([])
    let name = self.name("a table's name", after: "as")
    return AsSyntax(options: options, name: name, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: AsSyntax, on input: Relation) -> Relation? {
    var named = input
    named.name = node.name.text
    scope.bind(node.name.text, to: .relation(named))
    return named
  }

  /// Runs its input and gives nothing.
  func lower(_ node: ConsumeSyntax, on input: Relation) -> Relation? {
    input.with(.limit(Limit(input: input.plan, count: 0, origin: origin(node.span))))
  }

  /// A chart is kept as metadata of the result.
  func lower(_ node: RenderSyntax, on input: Relation) -> Relation? {
    var result = input
    result.chart = node.chart.text
    return result
  }
}
