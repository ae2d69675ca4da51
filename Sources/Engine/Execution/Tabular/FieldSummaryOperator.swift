/// `fieldsummary`: a row of figures for each column of its input, in the order of their names.
///
/// Columns: field, count, distinct_count, is_exact, max, mean, min, numeric_count, stdev, values.
package struct FieldSummaryOperator: TabularOperator {
  package static let planName = "fieldsummary"
  let fields: [TitledExpression]
  /// How many distinct values are listed; 0 is all.
  let valueLimit: Int
  /// One for each of `columns`.
  package let made: [PlanColumn]

  package static let columns: [(name: String, type: DataType)] = [
    ("field", .string), ("count", .long), ("distinct_count", .long), ("is_exact", .long), ("max", .string),
    ("mean", .string), ("min", .string), ("numeric_count", .long), ("stdev", .string), ("values", .string),
  ]

  package init(fields: [TitledExpression], valueLimit: Int, made: [PlanColumn]) {
    self.fields = fields
    self.valueLimit = valueLimit
    self.made = made
  }

  package static let form = PlanForm<FieldSummaryOperator>.record(
    FieldSummaryOperator.init(fields:valueLimit:made:),
    Member("fields", \.fields), Member("valueLimit", \.valueLimit), Member("made", \.made))

  package var problem: String? {
    made.map(\.type) == Self.columns.map(\.type) ? nil : "it makes \(Self.columns.count) columns"
  }

  package var label: String { "fieldsummary" }
  package var passes: PassedRows { .none }
  package var expressions: [Expression] { fields.map(\.value) }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> FieldSummaryOperator {
    FieldSummaryOperator(fields: fields.map { $0.mapping(transform) }, valueLimit: valueLimit, made: made)
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    var rows: [[Value]] = []
    let fields = fields.sorted { $0.name.precedes($1.name) }
    for (field, column) in zip(fields, try run.input.columns(fields.map(\.value))) {
      try run.context.checkpoint()
      let texts = (0..<run.input.rowCount).flatMap { SPLValues.texts(of: column.value(at: $0)) }
      if !texts.isEmpty { rows.append(summary(of: texts, name: field.name)) }
    }
    return .rows(rows, of: made)
  }

  private func summary(of texts: [String], name: String) -> [Value] {
    var counts: [String: Int] = [:]
    for text in texts { counts[text, default: 0] += 1 }
    let numbers = texts.compactMap { SPLValue.number(.string($0)) }
    let mean = numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
    let deviation = mean.map { mean -> Double in
      let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return numbers.count > 1 ? (squares / Double(numbers.count - 1)).squareRoot() : 0
    }
    func text(_ number: Double?) -> Value { number.map { .string(Value.splText(of: $0)) } ?? .null }
    return [
      .string(name), .long(Int64(texts.count)), .long(Int64(counts.count)), .long(1), text(numbers.max()),
      text(mean), text(numbers.min()), .long(Int64(numbers.count)), text(deviation), .string(list(counts)),
    ]
  }

  /// The most frequent values with their counts, as a JSON array.
  private func list(_ counts: [String: Int]) -> String {
    let ranked = counts.sorted {
      $0.value != $1.value
        ? $0.value > $1.value : $0.key.precedes($1.key)
    }
    let shown = valueLimit > 0 ? Array(ranked.prefix(valueLimit)) : ranked
    return JSONValue.array(
      shown.map {
        .object([
          JSONValue.Member("value", .string($0.key)), JSONValue.Member("count", .long(Int64($0.value))),
        ])
      }
    ).text
  }
}
