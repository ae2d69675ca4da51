package import Engine
import Formats

/// The rows of a rule as a test file keeps them, and how the rows of a run differ from them.
///
/// ```
///     result:
///       - UserIdentityArn: arn:aws:iam::111122223333:user/marketing-sync
///         EventCount: 101
/// ```
package enum RecordedResult {
  /// More rows than this are no example that a person reads.
  package static let mostRows = 500
  private static let mostDifferences = 20

  /// The rows of a table as cells.
  package static func rows(of table: Table, dialect: Dialect) -> [[RuleTest.Cell]] {
    (0..<table.rowCount).map { row in
      table.fields.indices.map { column in
        let value = table.value(row: row, column: column)
        return RuleTest.Cell(column: table.fields[column].name, text: text(of: value, dialect: dialect))
      }
    }
  }

  private static func text(of value: Value, dialect: Dialect) -> String? {
    switch value {
    case .null, .dynamic(.null): nil
    // Seconds since 1970 are hard to read.
    case .datetime: value.kqlText
    case .bool, .long, .real, .decimal, .timespan, .guid, .string, .dynamic:
      value.text(in: dialect)
    }
  }

  // MARK: - As YAML

  /// - Parameter indentation: blanks before the key.
  package static func lines(_ rows: [[RuleTest.Cell]], indentation: Int) -> [String] {
    let blanks = String(repeating: " ", count: indentation)
    if rows.isEmpty { return [blanks + "result: []"] }
    var lines = [blanks + "result:"]
    for row in rows {
      for (index, cell) in row.enumerated() {
        let value = cell.text.map { YAMLScalar.text($0) } ?? "null"
        lines.append("\(blanks)  \(index == 0 ? "- " : "  ")\(YAMLScalar.text(cell.column)): \(value)")
      }
    }
    return lines
  }

  // MARK: - Differences

  /// What is not as recorded, row by row and column by column; none if all is.
  package static func differences(
    _ recorded: [[RuleTest.Cell]], from table: Table, dialect: Dialect
  ) -> [String] {
    let actual = rows(of: table, dialect: dialect)
    var result = columnDifferences(recorded, actual)
    let columns = Set(recorded.first?.map(\.column) ?? []).intersection(actual.first?.map(\.column) ?? [])
    let isComparable = !columns.isEmpty || recorded.isEmpty || actual.isEmpty
    if isComparable { result += rowDifferences(recorded, actual, columns) }
    guard result.count > mostDifferences else { return result }
    return result.prefix(mostDifferences) + ["and \(result.count - mostDifferences) more differences"]
  }

  private static func columnDifferences(
    _ recorded: [[RuleTest.Cell]], _ actual: [[RuleTest.Cell]]
  ) -> [String] {
    guard let old = recorded.first?.map(\.column), let new = actual.first?.map(\.column) else { return [] }
    return old.filter { !new.contains($0) }.map { "the column `\($0)` is gone" }
      + new.filter { !old.contains($0) }.map { "the column `\($0)` is new" }
  }

  /// Rows that are the same in both are put aside; the others are paired by their likeness.
  private static func rowDifferences(
    _ recorded: [[RuleTest.Cell]], _ actual: [[RuleTest.Cell]], _ columns: Set<String>
  ) -> [String] {
    var free = Array(actual.indices)
    var pairs: [Int: Int] = [:]
    for old in recorded.indices {
      guard
        let place = free.firstIndex(where: { changes(recorded[old], actual[$0], columns).isEmpty })
      else { continue }
      pairs[old] = free.remove(at: place)
    }
    let order = recorded.indices.compactMap { pairs[$0] }
    var result = order == order.sorted() ? [] : ["the rows stand in another order"]
    for old in recorded.indices where pairs[old] == nil {
      let nearest = free.min { first, second in
        let left = changes(recorded[old], actual[first], columns).count
        let right = changes(recorded[old], actual[second], columns).count
        return left == right ? first < second : left < right
      }
      guard let nearest, changes(recorded[old], actual[nearest], columns).count * 2 <= columns.count + 1
      else {
        result.append("row \(old + 1) is missing: \(text(of: recorded[old]))")
        continue
      }
      free.removeAll { $0 == nearest }
      for change in changes(recorded[old], actual[nearest], columns) {
        result.append("row \(old + 1), \(change.column): \(quoted(change.old)) → \(quoted(change.new))")
      }
    }
    return result + free.map { "row \($0 + 1) is new: \(text(of: actual[$0]))" }
  }

  private static func changes(
    _ recorded: [RuleTest.Cell], _ actual: [RuleTest.Cell], _ columns: Set<String>
  ) -> [(column: String, old: String?, new: String?)] {
    recorded.compactMap { cell in
      guard columns.contains(cell.column), let new = actual.first(where: { $0.column == cell.column }),
        new.text != cell.text
      else { return nil }
      return (cell.column, cell.text, new.text)
    }
  }

  private static func text(of row: [RuleTest.Cell]) -> String {
    row.map { "\($0.column) = \(quoted($0.text))" }.joined(separator: ", ")
  }

  private static func quoted(_ text: String?) -> String { text.map { ValueCounts.quoted($0) } ?? "null" }
}
