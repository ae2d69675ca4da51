/// An operator that works on whole tables and is none of the plan's basic ones: make-series, pivot, scan, …
///
/// It sees its inputs with the columns in the order of the input plans, and gives as many columns as the
/// call declares. One operator, one file, in `Execution/Tabular`.
package protocol TabularOperator: Sendable {
  /// For `explain`, e.g. `make-series step 1h`.
  var label: String { get }
  func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column]
}

/// An operator that gives all columns of its first input, in their order, and its own behind them.
///
/// Its input may gain columns at the end while a plan is made: it finds what it reads by position.
package protocol PassingOperator: TabularOperator {}
