/// What the command line knows of a verb: its operands, its help and examples.
struct VerbDefinition: Sendable {
  /// Operands as the usage line shows them; usage lines are the forms a call may have.
  var name: VerbName
  var usages: [String]
  var summary: String
  var details: String
  /// Fewest operands, and most; nil has no end.
  var fewest: Int
  var most: Int?
  /// The only operands there are; empty for any.
  var operandWords: [String]
  var examples: [String]

  init(
    _ name: VerbName, usages: [String], summary: String, details: String = "", fewest: Int = 0,
    most: Int? = nil, operandWords: [String] = [], examples: [String] = []
  ) {
    self.name = name
    self.usages = usages
    self.summary = summary
    self.details = details
    self.fewest = fewest
    self.most = most
    self.operandWords = operandWords
    self.examples = examples
  }
}
