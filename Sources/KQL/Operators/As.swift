package import Diagnostics
import Engine

/// `as T`: names the table for the rest of the statement.
package struct AsSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var name: NameSyntax
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["as"],
    syntax: "T | as NAME",
    summary: "Names the rows for the rest of the statement.",
    examples: [
      .kqlQuery(
        "datatable(a:long)[1] | as T | union (T | extend a = a + 1) | sort by a asc",
        gives: "1, 2")
    ],
    stage: { .as($0.parseAs($1)) })
}

extension KQLParser {
  func parseAs(_ start: SourceSpan) -> AsSyntax {
    let options = self.options([])
    let name = self.name("a table's name", after: "as", as: .binding)
    return AsSyntax(options: options, name: name, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: AsSyntax, on input: Relation) -> Relation? {
    var named = define(input)
    named.name = node.name.text
    scope.bind(node.name.text, to: .relation(named))
    return named
  }
}
