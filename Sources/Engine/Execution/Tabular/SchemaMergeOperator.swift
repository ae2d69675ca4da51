/// KQL's `schema_merge`: one schema out of the rows that `getschema` gave for several tables.
///
/// A column that stands at different places is an error in its row, unless the order is not to be kept; one of
/// different types always is.
package struct SchemaMergeOperator: TabularOperator {
  package static let planName = "schema_merge"
  /// What `getschema` gives: name, ordinal, storage type, type; and the columns that the same goes to.
  let fields: [Assignment]
  let keepsOrder: Bool

  package init(fields: [Assignment], keepsOrder: Bool) {
    self.fields = fields
    self.keepsOrder = keepsOrder
  }

  package static let form = PlanForm<SchemaMergeOperator>.record(
    SchemaMergeOperator.init(fields:keepsOrder:),
    Member("fields", \.fields), Member("keepsOrder", \.keepsOrder))

  package var problem: String? { fields.count == 4 ? nil : "it reads four columns" }

  package var label: String { "schema_merge" }
  package var passes: PassedRows { .none }
  package var made: [PlanColumn] { fields.map(\.column) }
  package var expressions: [Expression] { fields.map(\.expression) }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> SchemaMergeOperator {
    SchemaMergeOperator(fields: fields.map { $0.mapping(transform) }, keepsOrder: keepsOrder)
  }

  private struct Entry {
    var name: Value
    var ordinals: Set<Int64>
    var lastOrdinal: Int64
    var storage: Value
    var types: Set<Value>
    var type: Value
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let columns = try run.input.columns(expressions)
    var entries: [Entry] = []
    var places: [Value: Int] = [:]
    for row in 0..<run.input.rowCount {
      let values = columns.map { $0.value(at: row) }
      guard case .long(let ordinal) = values[1] else { continue }
      if let place = places[values[0]] {
        entries[place].ordinals.insert(ordinal)
        entries[place].lastOrdinal = max(entries[place].lastOrdinal, ordinal)
        entries[place].types.insert(values[3])
      } else {
        places[values[0]] = entries.count
        entries.append(
          Entry(
            name: values[0], ordinals: [ordinal], lastOrdinal: ordinal, storage: values[2],
            types: [values[3]],
            type: values[3]))
      }
    }
    var good: [[Value]] = []
    var bad: [[Value]] = []
    for entry in entries.sorted(by: { $0.lastOrdinal < $1.lastOrdinal }) {
      if entry.types.count > 1 {
        let types = entry.types.map(\.kqlText).sorted().joined(separator: ",")
        bad.append(error(entry.name, "type mismatch: \(types)"))
      } else if keepsOrder, entry.ordinals.count > 1 {
        bad.append(error(entry.name, "columns are out of order"))
      } else {
        good.append([entry.name, .long(Int64(good.count)), entry.storage, entry.type])
      }
    }
    return .rows(good + bad, of: made)
  }

  private func error(_ name: Value, _ reason: String) -> [Value] {
    [name, .long(-1), .string("ERROR(unknown CSL type:ERROR(\(reason)))"), .string("ERROR(\(reason))")]
  }
}
