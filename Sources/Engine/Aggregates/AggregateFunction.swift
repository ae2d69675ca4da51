/// One aggregate function: all that binding, running, documentation and tests need, in one record.
package final class AggregateFunction: Sendable {
  package let names: [FunctionName]
  package let signature: Signature
  package let summary: String
  package let notes: [String]
  /// Where it differs from the language as documented.
  package let differs: [String]
  package let nulls: AggregateNullRule
  /// How many columns it gives, and of which types.
  package let results: ResultRule
  /// What a column without a name is called in KQL: `count_`, `sum_x`; nil keeps the argument's name.
  package let prefix: String?
  /// Makes the state for a number of groups that grows.
  package let makeState: @Sendable (AggregateArguments) -> any AggregateState
  /// The result does not depend on the order of the rows.
  package let ignoresOrder: Bool
  /// What it says of the values of its first argument; nil for all else.
  package let meaning: AggregateMeaning?
  /// How languages that have no such aggregate write a call.
  package let spellings: [Spelling]
  package let examples: [FunctionExample]

  package init(
    _ names: [FunctionName], _ signature: Signature, _ summary: String, notes: [String] = [],
    differs: [String] = [], nulls: AggregateNullRule = .passedOver, prefix: String?,
    results: ResultRule = .one, ignoresOrder: Bool = true, meaning: AggregateMeaning? = nil,
    spellings: [Spelling] = [],
    examples: [FunctionExample],
    makeState: @escaping @Sendable (AggregateArguments) -> any AggregateState
  ) {
    self.names = names
    self.signature = signature
    self.summary = summary
    self.notes = notes
    self.differs = differs
    self.nulls = nulls
    self.prefix = prefix
    self.results = results
    self.makeState = makeState
    self.ignoresOrder = ignoresOrder
    self.meaning = meaning
    self.spellings = spellings
    self.examples = examples
  }

  package func name(in language: Language) -> String {
    names.shown(in: language)
  }
}

/// What an aggregate makes of its first argument, for what must know more than its type.
package enum AggregateMeaning: Sendable {
  /// It gives one of the values.
  case oneOfThem
  /// It counts the distinct ones.
  case distinctCount
  /// It counts them, or the rows; of a condition those for which it is true.
  case count
  /// It gives all of them.
  case list
  /// It adds them up, or gives their mean.
  case total
}

/// What an aggregate makes of the rows whose value is null.
package enum AggregateNullRule: String, Sendable {
  case passedOver
  /// A row counts whether it has a value or not.
  case counted
  /// Nulls are part of the result.
  case kept
  /// Taken only where no row has a value.
  case lastChoice
}

/// How many columns an aggregate gives.
package enum ResultRule: Hashable, Sendable {
  /// One, of the type that the signature returns.
  case one
  /// One for each argument, of its type: `arg_max(x, a, b)`.
  case eachArgument
  /// One of the first argument's type for each argument from an index on: `percentiles(x, 50, 95)`.
  case eachConstant(from: Int)
}

extension AggregateFunction {
  /// The types of the result columns of a call; nil if there is no such combination.
  package func resultTypes(of types: [DataType], constants: [Value?]) -> [DataType]? {
    switch results {
    case .one: FunctionBinder.resultType(signature.returns, types: types, constants: constants).map { [$0] }
    case .eachArgument: types
    case .eachConstant(let start):
      types.first.map { Array(repeating: $0, count: max(0, types.count - start)) }
    }
  }
}

/// What a state knows before the first row.
package struct AggregateArguments: Sendable {
  package var types: [DataType]
  package var constants: [Value?]
  /// The types of the results.
  package var resultTypes: [DataType]
  package var dialect: Dialect

  package init(types: [DataType], constants: [Value?], resultTypes: [DataType], dialect: Dialect) {
    self.types = types
    self.constants = constants
    self.resultTypes = resultTypes
    self.dialect = dialect
  }
}

/// The running values of one aggregate over all groups.
///
/// `update` sees rows in their order; `merge` adds a state that saw later rows.
package protocol AggregateState: AnyObject {
  /// `groups[row]` is the group of a row, below `groupCount`; `arguments` have one row for each.
  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column])
  /// `mapping[theirGroup]` is the group here.
  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int)
  /// One column for each result type, each with `groupCount` rows.
  func finish(groupCount: Int) -> [Column]
  /// What was seen so far, for a state elsewhere that saw other rows.
  func partial(groupCount: Int) -> PartialRows
  /// Adds what a state elsewhere saw of later rows; the groups of `rows` are those here, below `groupCount`.
  func absorb(_ rows: PartialRows, groupCount: Int)
}

extension AggregateState {
  /// What another thread worked out for the same aggregate. States of two kinds never meet: their sum would be wrong
  /// rows that no one notices.
  static func same(_ other: any AggregateState) -> Self {
    guard let other = other as? Self else {
      preconditionFailure("a partial result of \(type(of: other)) meets one of \(Self.self)")
    }
    return other
  }
}
