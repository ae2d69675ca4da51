package import Diagnostics
package import Engine

/// What came of a test.
package struct RuleTestResult: Sendable {
  package enum Outcome: Sendable {
    case passed
    /// Each says what was wanted and what is.
    case failed([Advice])
    /// It needs what is not here, such as data from elsewhere; it counts neither as passed nor as failed.
    case notRun(Advice)
    /// The rule or the test is wrong, or a file that it names is not there.
    case broken(QueryFailure, isInput: Bool)
  }

  package var test: RuleTest
  package var outcome: Outcome
  package var seconds: Double

  package var isPassed: Bool { if case .passed = outcome { true } else { false } }

  /// Why it did not pass; none if it passed.
  package var failures: [Advice] {
    switch outcome {
    case .passed: []
    case .failed(let failures): failures
    case .notRun(let reason): [reason]
    case .broken(let failure, _):
      failure.diagnostics.prefix(1).map { Advice(DiagnosticRenderer.oneLine($0, in: failure.source)) }
    }
  }
}

extension RuleTest {
  /// Compares what a rule gave with what it should.
  ///
  /// - Parameter schedule: how many rows make an alert; nil for any.
  package func failures(
    of table: Table, dialect: Dialect, schedule: RuleSchedule? = nil
  ) -> [String] {
    var result: [String] = []
    let hasFired = schedule?.isTriggered(byRows: table.rowCount) ?? (table.rowCount > 0)
    if let fires, fires != hasFired {
      let trigger =
        schedule.map { "; its trigger is \($0.triggerOperator.rawValue) \($0.triggerThreshold)" } ?? ""
      result.append(
        fires
          ? "it should fire and is silent"
            + (trigger.isEmpty ? "" : ": \(rowsText(table.rowCount))\(trigger)")
          : "it should be silent and gives \(rowsText(table.rowCount))\(trigger)")
    }
    if let rows, rows != table.rowCount {
      result.append("wanted \(rowsText(rows)), got \(rowsText(table.rowCount))")
    }
    for row in contains {
      if let unknown = unknownColumn(of: row, in: table) {
        result.append(unknown)
      } else if !(0..<table.rowCount).contains(where: { differences(row, table, $0).isEmpty }) {
        result.append("no row has \(text(of: row))\(closest(row, table))")
      }
    }
    for row in lacks {
      if let unknown = unknownColumn(of: row, in: table) {
        result.append(unknown)
      } else if (0..<table.rowCount).contains(where: { differences(row, table, $0).isEmpty }) {
        result.append("a row has \(text(of: row)), and none should")
      }
    }
    if let recorded = self.result {
      result += RecordedResult.differences(recorded, from: table, dialect: dialect)
    }
    return result
  }

  private func rowsText(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }

  private func text(of row: [Cell]) -> String {
    row.map { "\($0.column) = \($0.text.map { ValueCounts.quoted($0) } ?? "null")" }.joined(separator: ", ")
  }

  private func unknownColumn(of row: [Cell], in table: Table) -> String? {
    let names = table.fields.map(\.name)
    guard let cell = row.first(where: { !names.contains($0.column) }) else { return nil }
    let near = NearestNames.of(cell.column, among: names)
    return "the result has no column `\(cell.column)`"
      + (near.isEmpty ? "" : "; did you mean \(near.map { "`\($0)`" }.joined(separator: ", "))?")
  }

  /// The cells of a wanted row that a row does not have, with what it has.
  private func differences(_ wanted: [Cell], _ table: Table, _ row: Int) -> [(cell: Cell, text: String)] {
    wanted.compactMap { cell in
      guard let index = table.fields.firstIndex(where: { $0.name == cell.column }) else { return (cell, "") }
      let value = table.value(row: row, column: index)
      let texts = [value.scalarText, value.kqlText, value.splText]
      return texts.contains(cell.text ?? "") ? nil : (cell, texts[0])
    }
  }

  private func closest(_ wanted: [Cell], _ table: Table) -> String {
    let candidates = (0..<min(table.rowCount, 1000)).map { differences(wanted, table, $0) }
    guard let best = candidates.min(by: { $0.count < $1.count }) else { return "; there are no rows" }
    let shown = best.map { "\($0.cell.column) is \(ValueCounts.quoted($0.text))" }.joined(separator: ", ")
    return "; in the closest row \(shown)"
  }
}
