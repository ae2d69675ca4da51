/// Hands its rows to a writer and passes them on: `outputlookup`.
package struct WriteOperator: TabularOperator {
  package typealias Writer = @Sendable (_ name: String, _ rows: Table, _ appends: Bool) throws -> Void

  let name: String
  let names: [String]
  let appends: Bool
  /// Whether no rows at all are written too.
  let writesEmpty: Bool
  let write: Writer

  package init(name: String, names: [String], appends: Bool, writesEmpty: Bool, write: @escaping Writer) {
    self.name = name
    self.names = names
    self.appends = appends
    self.writesEmpty = writesEmpty
    self.write = write
  }

  package var label: String { "outputlookup \(name)" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let table = inputs.first else { return [] }
    if table.rowCount == 0, !writesEmpty { return table.columns }
    let fields = zip(names, table.fields).map { Field($0, $1.type) }
    do {
      try write(name, Table(fields: fields, columns: table.columns, rowCount: table.rowCount), appends)
    } catch {
      throw ExecutionFailure("lookup-write", "the lookup table `\(name)` cannot be written: \(error)")
    }
    return table.columns
  }
}
