/// The number of values at which Splunk's `list` ends: cuts there too, or only says so.
package struct ListCapOperator: PassingOperator {
  package static let cap = 100

  /// Columns of the input.
  let lists: [Int]
  let isApplied: Bool

  package init(lists: [Int], isApplied: Bool) {
    self.lists = lists
    self.isApplied = isApplied
  }

  package var label: String {
    isApplied ? "lists of at most \(ListCapOperator.cap)" : "note lists above \(ListCapOperator.cap)"
  }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let input = inputs.first else { return [] }
    var columns = input.columns
    var longest = 0
    for place in lists where place < columns.count {
      let column = columns[place]
      var wasCut = false
      let values = (0..<column.count).map { row -> Value in
        let value = column.value(at: row)
        guard case .dynamic(.array(let elements)) = value, elements.count > ListCapOperator.cap else {
          return value
        }
        longest = max(longest, elements.count)
        wasCut = true
        return .dynamic(.array(Array(elements.prefix(ListCapOperator.cap))))
      }
      if isApplied, wasCut { columns[place] = Column.of(column.type, values) }
    }
    if longest > 0 {
      context.notes.add(
        "Splunk's `list` keeps \(ListCapOperator.cap) values, and there were up to \(longest): "
          + (isApplied ? "the others are left out" : "all of them are here (`--splunk-limits` cuts)"))
    }
    return columns
  }
}
