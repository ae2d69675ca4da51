package import Diagnostics

extension Expression: PlanCodable {
  package static let form = PlanForm<Expression>(
    write: { expression, writer in
      writer.nested(PlanWriter.expressionKey) { cases.write(expression, writer) }
    },
    read: { (json, reader) throws(PlanReadingFailure) in
      try reader.expression(json) { () throws(PlanReadingFailure) in try cases.read(json, reader) }
    })

  private static let cases = PlanForm<Expression>.choice(
    "expression",
    [
      PlanCase<Expression>(
        "literal",
        { expression -> Literal? in
          if case .literal(let value, let type) = expression {
            Literal(value: value, type: type)
          } else {
            nil
          }
        }, { .literal($0.value, $0.type) }),
      PlanCase<Expression>(
        "column",
        { expression -> PlanColumn? in if case .column(let part) = expression { part } else { nil } },
        { .column($0) }),
      PlanCase<Expression>(
        "call", { expression -> FunctionCall? in if case .call(let part) = expression { part } else { nil } },
        { .call($0) }),
      PlanCase<Expression>(
        "conditional",
        { expression -> Conditional? in if case .conditional(let part) = expression { part } else { nil } },
        { .conditional($0) }),
      PlanCase<Expression>(
        "subquery",
        { expression -> ScalarSubquery? in if case .subquery(let part) = expression { part } else { nil } },
        { .subquery($0) }),
      PlanCase<Expression>(
        "binding",
        { expression -> Binding? in if case .binding(let part) = expression { part } else { nil } },
        { .binding($0) }),
    ])

  private struct Literal: PlanCodable {
    var value: Value
    var type: DataType

    static let form = PlanForm<Literal>.record(
      Literal.init(value:type:), Member("value", \.value), Member("type", \.type))
  }
}

extension FunctionCall: PlanCodable {
  package static let form = PlanForm<FunctionCall>.record(
    FunctionCall.init(function:arguments:type:dialect:span:),
    Member("function", \.function), Member("arguments", \.arguments), Member("type", \.type),
    Member("dialect", \.dialect), Member("span", \.span))
}

extension Conditional: PlanCodable {
  package static let form = PlanForm<Conditional>.record(
    Conditional.init(branches:otherwise:type:),
    Member("branches", \.branches), Member("otherwise", \.otherwise), Member("type", \.type))
}

extension Conditional.Branch: PlanCodable {
  package static let form = PlanForm<Conditional.Branch>.record(
    Conditional.Branch.init(condition:value:), Member("condition", \.condition), Member("value", \.value))
}

extension Binding: PlanCodable {
  package static let form = PlanForm<Binding>.record(
    Binding.init(column:value:body:reading:),
    Member("column", \.column), Member("value", \.value), Member("body", \.body),
    Member("reading", \.reading))
}

extension Binding.Reading: PlanCodable {
  package static var form: PlanForm<Binding.Reading> { named }
}

extension ScalarSubquery: PlanCodable {
  package static let form = PlanForm<ScalarSubquery>.record(
    ScalarSubquery.init(plan:type:id:), Member("plan", \.plan), Member("type", \.type), Member("id", \.id))
}

extension ColumnID: PlanCodable {
  package static let form = PlanForm<ColumnID>.by({ $0.rawValue }, "column") { ColumnID($0) }
}

extension ColumnID: Comparable {
  package static func < (left: ColumnID, right: ColumnID) -> Bool { left.rawValue < right.rawValue }
}

extension PlanColumn: PlanCodable {
  package static let form = PlanForm<PlanColumn>.record(
    PlanColumn.init(id:name:type:), Member("id", \.id), Member("name", \.name), Member("type", \.type))
}

extension SourceSpan: PlanCodable {
  /// `[12,20]`.
  package static let form = PlanForm<SourceSpan>.by({ [$0.lowerBound, $0.upperBound] }, "span") {
    $0.count == 2 && $0[0] >= 0 && $0[0] <= $0[1] ? SourceSpan($0[0], $0[1]) : nil
  }
}
