extension ScanOperator.Output: PlanCodable {
  package static var form: PlanForm<ScanOperator.Output> { named }
}

extension ScanOperator.Step: PlanCodable {
  package static let form = PlanForm<ScanOperator.Step>.record(
    ScanOperator.Step.init(condition:assignments:output:row:kept:),
    Member("condition", \.condition), Member("assignments", \.assignments), Member("output", \.output),
    Member("row", \.row), Member("kept", \.kept))
}

extension ScanOperator.RowColumn: PlanCodable {
  package static let form = PlanForm<ScanOperator.RowColumn>.record(
    ScanOperator.RowColumn.init(column:source:), Member("column", \.column), Member("source", \.source))
}

extension ScanOperator.Declared: Equatable {
  package static func == (left: ScanOperator.Declared, right: ScanOperator.Declared) -> Bool {
    left.column == right.column && left.standard == right.standard && left.value.isSame(as: right.value)
  }
}

extension ScanOperator.Declared: PlanCodable {
  package static let form = PlanForm<ScanOperator.Declared>.record(
    ScanOperator.Declared.init(column:standard:value:),
    Member("column", \.column), Member("standard", \.standard), Member("value", \.value))
}
