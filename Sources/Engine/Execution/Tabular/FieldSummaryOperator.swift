/// `fieldsummary`: a row of figures for each column of its input, in the order of their names.
///
/// Columns: field, count, distinct_count, is_exact, max, mean, min, numeric_count, stdev, values.
package struct FieldSummaryOperator: TabularOperator {
  let names: [String]
  /// How many distinct values are listed; 0 is all.
  let valueLimit: Int

  package static let columns: [(name: String, type: DataType)] = [
    ("field", .string), ("count", .long), ("distinct_count", .long), ("is_exact", .long), ("max", .string),
    ("mean", .string), ("min", .string), ("numeric_count", .long), ("stdev", .string), ("values", .string),
  ]

  package init(names: [String], valueLimit: Int) {
    self.names = names
    self.valueLimit = valueLimit
  }

  package var label: String { "fieldsummary" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let table = inputs.first else { return [] }
    var rows: [[Value]] = []
    let order = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
    for column in order {
      try context.checkpoint()
      let texts = (0..<table.rowCount).flatMap { SPLValues.texts(of: table.value(row: $0, column: column)) }
      if !texts.isEmpty { rows.append(summary(of: texts, name: names[column])) }
    }
    return FieldSummaryOperator.columns.indices.map { index in
      Column.of(FieldSummaryOperator.columns[index].type, rows.map { $0[index] })
    }
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
        ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
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
