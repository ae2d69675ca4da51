/// `untable`: each row becomes one row for each of its other fields that has a value.
package struct UntableOperator: TabularOperator {
  package static let planName = "untable"
  /// The column that is kept, and those that become rows.
  let row: Assignment
  let others: [TitledExpression]
  /// Where their names and their values go.
  let title: PlanColumn
  let value: PlanColumn

  package init(row: Assignment, others: [TitledExpression], title: PlanColumn, value: PlanColumn) {
    self.row = row
    self.others = others
    self.title = title
    self.value = value
  }

  package static let form = PlanForm<UntableOperator>.record(
    UntableOperator.init(row:others:title:value:),
    Member("row", \.row), Member("others", \.others), Member("title", \.title), Member("value", \.value))

  package var label: String { "untable" }
  package var passes: PassedRows { .none }
  package var made: [PlanColumn] { [row.column, title, value] }
  package var expressions: [Expression] { [row.expression] + others.map(\.value) }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> UntableOperator {
    UntableOperator(
      row: row.mapping(transform), others: others.map { $0.mapping(transform) }, title: title, value: value)
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let kept = try run.input.column(row.expression)
    let cells = try run.input.columns(others.map(\.value))
    var rows: [UInt32] = []
    var titles: [Value] = []
    var values: [Value] = []
    for index in 0..<run.input.rowCount {
      for (other, column) in zip(others, cells) {
        let value = column.value(at: index)
        if value.isNull { continue }
        rows.append(UInt32(index))
        titles.append(.string(other.name))
        values.append(.dynamic(value.json.isList ? value.json : .string(value.splText)))
      }
    }
    return .rows(
      [kept.gather(Vector(rows)), Column.of(.string, titles), Column.of(.dynamic, values)], count: rows.count)
  }
}

extension JSONValue {
  var isList: Bool { if case .array = self { true } else { false } }
}

/// `mvcombine`: one row of those that differ in one field only, which gets all their values.
package struct CombineOperator: TabularOperator {
  package static let planName = "mvcombine"
  /// The column that is combined, among the others of its row.
  let combined: Assignment
  let before: [Assignment]
  let after: [Assignment]

  package init(before: [Assignment], combined: Assignment, after: [Assignment]) {
    self.before = before
    self.combined = combined
    self.after = after
  }

  package static let form = PlanForm<CombineOperator>.record(
    CombineOperator.init(before:combined:after:),
    Member("before", \.before), Member("combined", \.combined), Member("after", \.after))

  package var label: String { "mvcombine" }
  package var passes: PassedRows { .none }
  package var made: [PlanColumn] { (before + [combined] + after).map(\.column) }
  package var expressions: [Expression] { (before + [combined] + after).map(\.expression) }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> CombineOperator {
    CombineOperator(
      before: before.map { $0.mapping(transform) }, combined: combined.mapping(transform),
      after: after.map { $0.mapping(transform) })
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let keys = try run.input.columns((before + after).map(\.expression))
    let column = try run.input.column(combined.expression)
    var groupTable = GroupTable(types: keys.map(\.type))
    let groups = groupTable.groups(of: keys, count: run.input.rowCount)
    var first: [UInt32?] = Array(repeating: nil, count: groupTable.count)
    var values: [[JSONValue]] = Array(repeating: [], count: groupTable.count)
    for (row, group) in groups.enumerated() {
      if first[Int(group)] == nil { first[Int(group)] = UInt32(row) }
      values[Int(group)] += SPLValues.elements(of: column.value(at: row))
    }
    let picked = Vector(first.compactMap { $0 })
    let shown = values.indices.filter { first[$0] != nil }
    var result = keys.map { $0.gather(picked) }
    result.insert(
      Column.of(.dynamic, shown.map { SPLValues.value(of: values[$0]) }), at: before.count)
    return .rows(result, count: picked.count)
  }
}
