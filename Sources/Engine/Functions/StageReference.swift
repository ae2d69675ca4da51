/// What the reference says of a step of a pipeline: an operator of KQL or a command of SPL.
///
/// Example: `take`, also called `limit`, is written `T | take COUNT`.
package struct StageReference: Sendable {
  /// The first is the usual one.
  package let names: [FunctionName]
  /// How it is written: words in capitals stand for what the query says, brackets for what may be left out.
  package let syntax: String
  /// One sentence.
  package let summary: String
  package let notes: [String]
  /// What is not as in the documented language.
  package let differs: [String]
  package let examples: [FunctionExample]

  package init(
    names: [FunctionName], syntax: String, summary: String, notes: [String] = [], differs: [String] = [],
    examples: [FunctionExample]
  ) {
    self.names = names
    self.syntax = syntax
    self.summary = summary
    self.notes = notes
    self.differs = differs
    self.examples = examples
  }
}
