/// A function that a language's lowering knows by itself, because its arguments are no plain values: `iff`, `case`,
/// `toscalar`, SPL's `if`. The record is for the reference and for suggestions.
package struct SpecialFunction: Sendable {
  package var names: [FunctionName]
  /// `(condition: bool, then, else) -> common type`.
  package var signature: String
  package var summary: String
  package var notes: [String]
  package var differs: [String]
  package var examples: [FunctionExample]

  package init(
    _ names: [FunctionName], _ signature: String, _ summary: String, notes: [String] = [],
    differs: [String] = [], examples: [FunctionExample]
  ) {
    self.names = names
    self.signature = signature
    self.summary = summary
    self.notes = notes
    self.differs = differs
    self.examples = examples
  }
}
