/// The number of rows at which another engine cuts: cuts there too, or only says so.
///
/// ```
///   what "Splunk's `sort` keeps 10,000 rows", cap 10,000, 12,345 rows
///   note: Splunk's `sort` keeps 10,000 rows, and there were 12,345: all of them are here
/// ```
package struct RowCapOperator: PassingOperator {
  let cap: Int
  let what: String
  let isApplied: Bool

  package init(cap: Int, what: String, isApplied: Bool) {
    self.cap = cap
    self.what = what
    self.isApplied = isApplied
  }

  package var label: String { isApplied ? "at most \(cap) rows" : "note above \(cap) rows" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let input = inputs.first else { return [] }
    if input.rowCount <= cap { return input.columns }
    context.notes.add(
      "\(what), and there were \(input.rowCount): "
        + (isApplied ? "the others are left out" : "all of them are here (`--splunk-limits` cuts)"))
    return isApplied ? input.slice(0..<cap).columns : input.columns
  }
}
