import Diagnostics
package import Engine

/// Everything the parser and the reference know about one operator.
///
/// Example: `sort` and `order` are the names of one record; `union` stands behind a pipe and at the beginning.
package struct KQLOperatorRecord: Sendable {
  typealias Parse<Syntax> = @Sendable (KQLParser, SourceSpan) -> Syntax

  /// How an operator begins a pipeline.
  struct Source: Sendable {
    /// Whether what follows the word makes it the operator's, and not a table's or a function's name.
    let begins: @Sendable (KQLParser) -> Bool
    let parse: Parse<TabularSourceSyntax>
  }

  package let reference: StageReference
  /// Reads the rest of the operator behind a pipe, whose word was taken; nil if it only begins a pipeline.
  let stage: Parse<OperatorSyntax>?
  let source: Source?

  /// - Parameter old: spellings that are read and not suggested.
  init(
    _ names: [String], old: [String] = [], syntax: String, summary: String, notes: [String] = [],
    differs: [String] = [], examples: [FunctionExample], stage: Parse<OperatorSyntax>? = nil,
    source: Source? = nil
  ) {
    reference = StageReference(
      names: names.map { .kql($0) } + old.map { .kqlAlias($0) }, syntax: syntax, summary: summary,
      notes: notes, differs: differs, examples: examples)
    self.stage = stage
    self.source = source
  }
}
