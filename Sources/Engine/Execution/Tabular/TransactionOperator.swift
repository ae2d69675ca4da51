/// `transaction`: events with the same values of some fields that lie close together become one.
///
/// Its input has the fields, then `_time`, then whether a row begins and whether it ends a transaction.
package struct TransactionOperator: TabularOperator {
  package struct Limits: Sendable {
    package var span: Int64?
    package var pause: Int64?
    package var events = 1000
    package var keepsEvicted = false
    package var hasStart = false
    package var hasEnd = false
    /// Whether an event must share a value with a transaction, rather than only contradict none.
    package var isConnected = true
    /// Stands for a value that an event lacks, in fields that list every event's value.
    package var missingText = "NULL"

    package init() {}
  }

  let keys: [Int]
  let time: Int
  let start: Int
  let end: Int
  /// The columns that are given, each with the values of all events.
  let outputs: [Int]
  /// Those of the outputs that list every event's value in its order, repeated ones too.
  let lists: Set<Int>
  let limits: Limits

  package init(
    keys: [Int], time: Int, start: Int, end: Int, outputs: [Int], lists: Set<Int>, limits: Limits
  ) {
    self.keys = keys
    self.time = time
    self.start = start
    self.end = end
    self.outputs = outputs
    self.lists = lists
    self.limits = limits
  }

  package var label: String { "transaction" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let table = inputs.first else { return [] }
    let times = (0..<table.rowCount).map { row -> Int64 in
      if case .datetime(let ticks) = table.value(row: row, column: time) { ticks } else { 0 }
    }
    // Oldest first: a transaction begins before it ends.
    let order = (0..<table.rowCount).sorted { (times[$0], -$0) < (times[$1], -$1) }
    var open = OpenTransactions(fieldCount: keys.count, isConnected: limits.isConnected)
    var closed: [OpenTransactions.Transaction] = []
    func close(_ identity: Int, isComplete: Bool) {
      guard var transaction = open.close(identity) else { return }
      transaction.isComplete = isComplete || !limits.hasEnd
      if isComplete || !limits.hasEnd || limits.keepsEvicted { closed.append(transaction) }
    }
    for (done, row) in order.enumerated() {
      if done % 4096 == 0 { try context.checkpoint() }
      let values = keys.map { key -> String? in
        let value = table.value(row: row, column: key)
        return value.isNull ? nil : value.splText
      }
      if !keys.isEmpty, values.allSatisfy({ $0 == nil }) { continue }
      let begins = table.value(row: row, column: start) == .bool(true)
      var identity = open.match(values)
      if let known = identity, let current = open[known] {
        let isTooLong = limits.span.map { times[row] - current.first > $0 } ?? false
        let isTooLate = limits.pause.map { times[row] - current.last > $0 } ?? false
        let isFull = limits.events > 0 && current.rows.count >= limits.events
        if isTooLong || isTooLate || isFull || (begins && limits.hasStart) {
          close(known, isComplete: false)
          identity = nil
        }
      }
      if identity == nil, limits.hasStart, !begins { continue }
      let joined = identity ?? open.begin(at: times[row])
      open.add(row, at: times[row], values, to: joined)
      if limits.hasEnd, table.value(row: row, column: end) == .bool(true) { close(joined, isComplete: true) }
    }
    for identity in open.identities { close(identity, isComplete: false) }
    closed.sort { ($0.first, $0.rows.first ?? 0) > ($1.first, $1.rows.first ?? 0) }
    return columns(of: closed, in: table)
  }

  /// `_time`, the outputs, `duration`, `eventcount`, `closed_txn`.
  private func columns(of transactions: [OpenTransactions.Transaction], in table: Table) -> [Column] {
    var result = [Column.int64(.datetime, transactions.map(\.first))]
    for output in outputs {
      result.append(
        Column.of(
          .dynamic,
          transactions.map { transaction -> Value in
            var seen: Set<String> = []
            var texts: [String] = []
            if lists.contains(output) { return list(of: output, transaction.rows, in: table) }
            for row in transaction.rows {
              for text in SPLValues.texts(of: table.value(row: row, column: output))
              where seen.insert(text).inserted {
                texts.append(text)
              }
            }
            texts.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            return SPLValues.value(of: texts.map { .string($0) })
          }))
    }
    result.append(.reals(transactions.map { Double($0.last - $0.first) / Double(Ticks.perSecond) }))
    result.append(.int64(.long, transactions.map { Int64($0.rows.count) }))
    result.append(.int64(.long, transactions.map { $0.isComplete ? 1 : 0 }))
    return result
  }

  private func list(of output: Int, _ rows: [Int], in table: Table) -> Value {
    let texts = rows.flatMap { row -> [String] in
      let own = SPLValues.texts(of: table.value(row: row, column: output))
      return own.isEmpty ? [limits.missingText] : own
    }
    return SPLValues.value(of: texts.map { .string($0) })
  }
}
