/// How a function computes. The framework makes the loops, handles constants and nulls, and runs whatever
/// depends on one string column once for each distinct text; a kernel writes what is special.
package enum Kernel: Sendable {
  /// One row from its argument values.
  case scalar(@Sendable ([Value]) -> Value)
  /// As `.scalar`, after work on the constant arguments (compiling a regex) done once.
  case prepared(@Sendable (PreparedArguments) throws(FunctionFailure) -> @Sendable ([Value]) -> Value)
  /// A test of the first argument's UTF-8; all others are constants, seen once.
  case textTest(@Sendable (PreparedArguments) throws(FunctionFailure) -> TextTest)
  /// Whole columns at a time, for what runs per row in hot paths. Sees nulls itself.
  case vector(@Sendable (VectorCall) throws(FunctionFailure) -> Column)
}

/// A test of a text's bytes.
package typealias TextTest = @Sendable (UnsafeBufferPointer<UInt8>) -> Bool

/// The arguments of a call, as far as they are known before it runs.
package struct PreparedArguments: Sendable {
  /// The value of each constant argument; nil for one that varies.
  package var constants: [Value?]
  package var types: [DataType]
  /// The type of the result.
  package var type: DataType
  package var dialect: Dialect
  package var now: Int64
  /// What the run has beside the plan; nothing before it.
  package var resources = RunResources()
  /// Where the call stands in the query, so that two calls of `rand()` differ.
  package var site = 0

  package func text(_ index: Int) -> String? {
    guard index < constants.count, case .string(let text)? = constants[index] else { return nil }
    return text
  }
}

/// A call over columns of one length.
package struct VectorCall: Sendable {
  package var arguments: [Column]
  package var count: Int
  package var type: DataType
  package var dialect: Dialect
  /// `now` of the run, in ticks.
  package var now: Int64

  package init(arguments: [Column], count: Int, type: DataType, dialect: Dialect, now: Int64) {
    self.arguments = arguments
    self.count = count
    self.type = type
    self.dialect = dialect
    self.now = now
  }
}

/// A call that cannot be made with its constant arguments: a pattern that does not compile, a bad unit.
package struct FunctionFailure: Error, Hashable, Sendable {
  package var id: String
  package var message: String
  /// The argument to blame.
  package var argument: Int?
  /// UTF-8 offsets inside that argument's text.
  package var range: Range<Int>?
  package var suggestion: String?

  package init(
    _ id: String, _ message: String, argument: Int? = nil, range: Range<Int>? = nil, suggestion: String? = nil
  ) {
    self.id = id
    self.message = message
    self.argument = argument
    self.range = range
    self.suggestion = suggestion
  }
}
