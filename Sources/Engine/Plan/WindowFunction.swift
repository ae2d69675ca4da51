/// A function of a row's place and neighbours in an ordered table: `row_number`, `prev`, running sums.
package final class WindowFunction: Sendable {
  package let names: [FunctionName]
  package let signature: Signature
  package let summary: String
  package let notes: [String]
  /// Where it differs from the language as documented.
  package let differs: [String]
  /// Rows matter to each other only where their arguments from this one on are equal; nil if any rows may.
  package let keysFrom: Int?
  /// Whole columns in, one column of the same length out.
  package let compute: @Sendable (VectorCall) -> Column
  package let examples: [FunctionExample]

  package init(
    _ names: [FunctionName], _ signature: Signature, _ summary: String, notes: [String] = [],
    differs: [String] = [], keysFrom: Int? = nil, compute: @escaping @Sendable (VectorCall) -> Column,
    examples: [FunctionExample] = []
  ) {
    self.names = names
    self.signature = signature
    self.summary = summary
    self.notes = notes
    self.differs = differs
    self.keysFrom = keysFrom
    self.compute = compute
    self.examples = examples
  }
}
