package import Diagnostics

/// Rows on their way out of a search, and how they meet those that are there already.
///
/// Example: of `outputlookup key_field=user seen` the name is `seen`, the key `user`, and `appends` is true.
package struct WrittenRows: Equatable, Sendable {
  package var name: String
  package var table = Table(fields: [], columns: [], rowCount: 0)
  /// The rows come behind those that are there.
  package var appends = false
  /// A row takes the place of the one with the same value in this field.
  package var keyField: String?
  /// False: rows whose key is there already are left out.
  package var updates = true
  /// Nothing at all: the older table goes.
  package var overridesIfEmpty = true
  /// Nothing at all: a table without rows is made.
  package var createsEmpty = false
  package var maximumRows: Int?
  /// Several values of a field can be read back one by one.
  package var keepsValuesApart = false

  package init(name: String) { self.name = name }
}

/// Why rows cannot be written, and what would work.
package struct WriteFailure: Error, Hashable, Sendable {
  package var message: String
  package var suggestion: Advice

  package init(_ message: String, suggestion: Advice) {
    self.message = message
    self.suggestion = suggestion
  }
}

/// Hands its rows to the writer of the run and passes them on: `outputlookup`.
package struct WriteOperator: TabularOperator {
  package static let planName = "outputlookup"
  /// Gives what there is to say of it.
  package typealias Writer = @Sendable (WrittenRows) throws(WriteFailure) -> Advice?

  let rows: WrittenRows
  let fields: [TitledExpression]

  package init(_ rows: WrittenRows, fields: [TitledExpression]) {
    self.rows = rows
    self.fields = fields
  }

  package static let form = PlanForm<WriteOperator>.record(
    { WriteOperator($0, fields: $1) }, Member("rows", \.rows), Member("fields", \.fields))

  package var label: String { "outputlookup \(rows.name)" }
  package var passes: PassedRows { .all }
  package var made: [PlanColumn] { [] }
  package var expressions: [Expression] { fields.map(\.value) }
  package var hasEffect: Bool { true }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> WriteOperator {
    WriteOperator(rows, fields: fields.map { $0.mapping(transform) })
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    if let reason = run.context.incompleteness, !rows.appends {
      run.context.notes.add("the lookup table `\(rows.name)` is not replaced: \(reason)")
      return .beside(run.input, [])
    }
    guard let write = run.context.resources.lookupWriter else {
      throw ExecutionFailure(
        "no-lookup-folder",
        "the lookup table `\(rows.name)` cannot be written: no folder was opened for writing",
        suggestion: "open a folder for lookup tables")
    }
    var rows = rows
    rows.table = Table(
      fields: fields.map { Field($0.name, $0.value.type) }, columns: try run.input.columns(expressions),
      rowCount: run.input.rowCount)
    do throws(WriteFailure) {
      if let note = try write(rows) { run.context.notes.add(note) }
    } catch {
      throw ExecutionFailure(
        "lookup-write", "the lookup table `\(rows.name)` cannot be written: \(error.message)",
        suggestion: error.suggestion)
    }
    return .beside(run.input, [])
  }
}
