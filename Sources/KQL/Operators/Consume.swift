package import Diagnostics
import Engine

/// `consume`: reads the rows and gives none.
package struct ConsumeSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["consume"],
    syntax: "T | consume",
    summary: "Reads all rows and gives none.",
    examples: [
      .kqlQuery(
        "range n from 1 to 3 step 1 | consume | count",
        gives: "0")
    ],
    stage: { .consume($0.parseConsume($1)) })
}

extension KQLParser {
  func parseConsume(_ start: SourceSpan) -> ConsumeSyntax {
    ConsumeSyntax(options: options(["decodeblocks"]), span: span(from: start))
  }
}

extension KQLLowering {
  /// Runs its input and gives nothing.
  func lower(_ node: ConsumeSyntax, on input: Relation) -> Relation? {
    input.with(.limit(Limit(input: input.plan, count: 0, origin: origin(node.span))))
  }
}
