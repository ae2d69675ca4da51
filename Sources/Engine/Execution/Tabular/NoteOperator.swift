/// Passes its rows on and says something if there are more than so many.
package struct NoteOperator: PassingOperator {
  let limit: Int
  let note: String

  package init(limit: Int, note: String) {
    self.limit = limit
    self.note = note
  }

  package var label: String { "note above \(limit) rows" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let input = inputs.first else { return [] }
    if input.rowCount > limit { context.notes.add("\(note): there were \(input.rowCount)") }
    return input.columns
  }
}
