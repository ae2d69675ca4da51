package import Diagnostics
package import Engine

/// What a task has to say beside its rows: what it read, notes, and plans that failed.
package struct WorkReport: Sendable {
  package var load: LoadReport
  /// By the number of the plan.
  package var notes: [(plan: Int, note: Advice)] = []
  package var failures: [(plan: Int, failure: ExecutionFailure)] = []

  package init(load: LoadReport = LoadReport()) { self.load = load }

  private static let noteKind = "note"
  private static let failureKind = "failure"

  package var bytes: [UInt8] {
    var said: [[Value]] = notes.map { plan, note in
      [
        .long(Int64(plan)), .string(WorkReport.noteKind),
        .string(PlanDocument.text(of: note, "note", kind: "trawlNote")),
      ]
    }
    said += failures.map { plan, failure in
      [
        .long(Int64(plan)), .string(WorkReport.failureKind),
        .string(WorkReport.text(of: failure)),
      ]
    }
    let fields = [Field("plan", .long), Field("kind", .string), Field("text", .string)]
    return ColumnBlock.bytes(of: load.tables + [Table(fields: fields, rows: said)])
  }

  package init(_ bytes: [UInt8]) throws(ExecutionFailure) {
    do {
      let tables = try ColumnBlock.tables(from: bytes[...])
      guard let said = tables.last, said.fields.count == 3 else {
        throw BlockFailure.damaged("it is no report")
      }
      load = try LoadReport(Array(tables.dropLast()))
      for row in 0..<said.rowCount {
        guard case .long(let plan) = said.value(row: row, column: 0),
          case .string(let kind) = said.value(row: row, column: 1),
          case .string(let text) = said.value(row: row, column: 2)
        else { throw BlockFailure.damaged("it says nothing") }
        if kind == WorkReport.noteKind {
          notes.append(
            (Int(plan), try PlanDocument.read(Advice.self, "note", kind: "trawlNote", from: text)))
        } else {
          failures.append((Int(plan), try WorkReport.failure(from: text)))
        }
      }
    } catch let failure as BlockFailure {
      throw ExecutionFailure("damaged-block", failure.message)
    } catch {
      throw ExecutionFailure("damaged-block", "a report of a task cannot be read: \(error)")
    }
  }

  package static func text(of failure: ExecutionFailure) -> String {
    PlanDocument.text(of: failure, "failure", kind: "trawlFailure")
  }

  package static func failure(from text: String) throws(PlanReadingFailure) -> ExecutionFailure {
    try PlanDocument.read(ExecutionFailure.self, "failure", kind: "trawlFailure", from: text)
  }
}
