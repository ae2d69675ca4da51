package import Diagnostics
import Engine

/// `sample n`: any n rows.
package struct SampleSyntax: Hashable, Sendable {
  package var count: ExpressionSyntax
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["sample"],
    syntax: "T | sample COUNT",
    summary: "Gives any rows of that number.",
    differs: [
      "The first rows are taken, so that the answer is the same every time."
    ],
    examples: [
      .kqlQuery(
        "range n from 1 to 5 step 1 | sample 2 | count",
        gives: "2")
    ],
    stage: { .sample($0.parseSample($1)) })
}

extension KQLParser {
  func parseSample(_ start: SourceSpan) -> SampleSyntax {
    SampleSyntax(count: expression(), span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: SampleSyntax, on input: Relation) -> Relation? {
    // Any rows will do: the first ones, so that the answer is the same every time.
    guard let count = rowCount(node.count, of: "sample") else { return nil }
    return input.with(.limit(Limit(input: input.plan, count: count, origin: origin(node.span))))
  }
}
