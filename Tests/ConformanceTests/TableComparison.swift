import Engine

/// Whether a result is the table that a page prints.
enum TableComparison {
  struct Options {
    var isOrdered = false
    var hasUnorderedArrays = false
    var isSubset = false
    var ignoresNames = false
  }

  /// - Returns: what differs; nil if nothing does.
  static func difference(columns: [String], rows: [[String]], actual: Table, options: Options) -> String? {
    let expectedNames = columns.map(\.trimmed)
    let names = actual.fields.map(\.name.trimmed)
    guard expectedNames.count == names.count else {
      return "columns: expected \(expectedNames), got \(names)"
    }
    var found = (0..<actual.rowCount).map { actual.row($0) }
    var nameProblem: String?
    if expectedNames != names {
      if expectedNames.sorted() == names.sorted(), Set(expectedNames).count == expectedNames.count {
        let order = expectedNames.compactMap { names.firstIndex(of: $0) }
        found = found.map { row in order.map { row[$0] } }
      } else if expectedNames.map({ $0.lowercased() }) != names.map({ $0.lowercased() }),
        !options.ignoresNames
      {
        nameProblem = "names: values agree, columns are \(names), expected \(expectedNames)"
      }
    }
    if options.isSubset ? rows.count > found.count : rows.count != found.count {
      return "rows: expected \(rows.count), got \(found.count)"
    }
    if options.isOrdered {
      for (index, (expected, row)) in zip(rows, found).enumerated() {
        if let column = mismatch(expected, row, options) {
          return
            "row \(index + 1): \(expectedNames[column]): expected \(expected[column]), got \(text(row[column]))"
        }
      }
      return nameProblem
    }
    let verdict = Matching.perfect(rows, found) { expected, row in
      mismatch(expected, row, options) == nil ? .equal : .different
    }
    if verdict.isEqual { return nameProblem }
    for (index, expected) in rows.enumerated()
    where !found.contains(where: { mismatch(expected, $0, options) == nil }) {
      let nearest = found.max { agreement(expected, $0, options) < agreement(expected, $1, options) }
      guard let nearest, let column = mismatch(expected, nearest, options) else {
        return "row \(index + 1): expected \(expected), got no rows"
      }
      return "row \(index + 1): \(expectedNames[column]): expected \(expected[column]), "
        + "got \(text(nearest[column])) (nearest row)"
    }
    return "rows: no one-to-one match (repeated rows differ in number)"
  }

  private static func text(_ value: Value) -> String { value.isNull ? "null" : value.kqlText }

  private static func mismatch(_ expected: [String], _ row: [Value], _ options: Options) -> Int? {
    zip(expected, row).enumerated().first { _, cells in
      !CellComparison.compare(cells.0, cells.1, unorderedArrays: options.hasUnorderedArrays).isEqual
    }?.offset
  }

  private static func agreement(_ expected: [String], _ row: [Value], _ options: Options) -> Int {
    zip(expected, row).count {
      CellComparison.compare($0, $1, unorderedArrays: options.hasUnorderedArrays).isEqual
    }
  }
}
