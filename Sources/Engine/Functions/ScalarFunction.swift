/// One scalar function or operator: all that binding, running, documentation and tests need, in one record.
///
/// A new function is one `static let` in a family's file and one entry in that family's `all`.
package final class ScalarFunction: Sendable {
  package let names: [FunctionName]
  package let signature: Signature
  package let summary: String
  /// What a reader must know beside the summary.
  package let notes: [String]
  /// Where it differs from the language as documented.
  package let differs: [String]
  package let nulls: NullRule
  package let stability: Stability
  package let naming: NamingRule
  package let notation: Notation
  package let kernel: Kernel
  /// What a predicate says; nil for what says nothing of one value.
  package let meaning: PredicateMeaning?
  /// The one case of letters that it leaves.
  package let casing: LetterCase?
  /// What its arguments may be for it to give a wanted value; nil for what is simply tried.
  package let inverse: FunctionInverse?
  /// How languages that have no such function write a call.
  package let spellings: [Spelling]
  package let examples: [FunctionExample]

  package init(
    _ names: [FunctionName], _ signature: Signature, _ summary: String, notes: [String] = [],
    differs: [String] = [], nulls: NullRule = .nullIfAnyNull, stability: Stability = .immutable,
    naming: NamingRule = .none, notation: Notation = .call, kernel: Kernel, meaning: PredicateMeaning? = nil,
    casing: LetterCase? = nil, inverse: FunctionInverse? = nil, spellings: [Spelling] = [],
    examples: [FunctionExample]
  ) {
    self.names = names
    self.signature = signature
    self.summary = summary
    self.notes = notes
    self.differs = differs
    self.nulls = nulls
    self.stability = stability
    self.naming = naming
    self.notation = notation
    self.kernel = kernel
    self.meaning = meaning
    self.casing = casing
    self.inverse = inverse
    self.spellings = spellings
    self.examples = examples
  }

  package func name(in language: Language) -> String {
    names.shown(in: language)
  }
}

/// What a function makes of null arguments.
package enum NullRule: String, Sendable {
  /// Any null gives null (in KQL "" if the result is a string); the kernel never sees one.
  case nullIfAnyNull
  /// Nulls are passed over.
  case ignoresNulls
  /// The kernel sees nulls and decides.
  case handlesNulls
  /// The kernel sees nulls and never gives one.
  case neverNull
}

package enum Stability: String, Sendable {
  case immutable
  /// The same throughout one run: `now()`.
  case stablePerQuery
  /// May differ from row to row: `rand()`.
  case volatile
}

/// The name that KQL gives a column made by a call without a name.
package enum NamingRule: Sendable {
  /// No name: `Column1`.
  case none
  /// The name of the first argument.
  case firstArgument
  /// The function's name, an underscore, and the name of the first argument.
  case prefixed
  /// A word of its own, an underscore, and the name of the first argument.
  case prefix(String)
  /// The name of the argument where it is the only one.
  case onlyArgument
  /// A name of its own.
  case fixed(String)
}
