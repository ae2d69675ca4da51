/// `transaction`: events with the same values of some fields that lie close together become one.
package struct TransactionOperator: TabularOperator {
  package static let planName = "transaction"
  package struct Limits: Equatable, Sendable {
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

  /// What is made of the values that the events of a transaction have.
  package enum Gathering: String, Sendable, CaseIterable {
    /// Each text once, sorted.
    case distinct
    /// Every event's value in its order, repeated ones too.
    case list
    /// One text, a line for each value in the order of the events.
    case lines
    /// That of the first event.
    case first
  }

  /// A column that is given, with the values of all events.
  package struct Output: Equatable, Sendable {
    package var values: Assignment
    var gathering: Gathering

    package init(values: Assignment, gathering: Gathering) {
      self.values = values
      self.gathering = gathering
    }
  }

  /// The columns that say what a transaction is like.
  package struct Figures: Equatable, Sendable {
    var duration: PlanColumn
    var eventCount: PlanColumn
    var isClosed: PlanColumn
    /// 1 for an event that belongs to no transaction; without it such events are left out.
    var isOrphan: PlanColumn?

    package init(
      duration: PlanColumn, eventCount: PlanColumn, isClosed: PlanColumn, isOrphan: PlanColumn? = nil
    ) {
      self.duration = duration
      self.eventCount = eventCount
      self.isClosed = isClosed
      self.isOrphan = isOrphan
    }

    var columns: [PlanColumn] { [duration, eventCount, isClosed] + [isOrphan].compactMap { $0 } }
  }

  let keys: [Expression]
  let time: Assignment
  /// Whether a row begins and whether it ends a transaction.
  let start: Expression
  let end: Expression
  private(set) var outputs: [Output]
  let figures: Figures
  let limits: Limits

  package init(
    keys: [Expression], time: Assignment, start: Expression, end: Expression, outputs: [Output],
    figures: Figures, limits: Limits
  ) {
    self.keys = keys
    self.time = time
    self.start = start
    self.end = end
    self.outputs = outputs
    self.figures = figures
    self.limits = limits
  }

  package static let form = PlanForm<TransactionOperator>.record(
    TransactionOperator.init(keys:time:start:end:outputs:figures:limits:),
    Member("keys", \.keys), Member("time", \.time), Member("start", \.start), Member("end", \.end),
    Member("outputs", \.outputs), Member("figures", \.figures), Member("limits", \.limits))

  package var label: String { "transaction" }
  package var passes: PassedRows { .none }
  package var made: [PlanColumn] {
    [time.column] + outputs.map(\.values.column) + figures.columns
  }
  package var expressions: [Expression] {
    keys + [time.expression, start, end] + outputs.map(\.values.expression)
  }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> TransactionOperator {
    TransactionOperator(
      keys: keys.map(transform), time: time.mapping(transform), start: transform(start), end: transform(end),
      outputs: outputs.map { Output(values: $0.values.mapping(transform), gathering: $0.gathering) },
      figures: figures, limits: limits)
  }

  /// One field. Of several an event may lack some, and join what others have begun; so may any that lacks the one where
  /// it need not share a value.
  package var ownKeys: [Expression]? {
    keys.count == 1 && keys[0].type == .string && limits.isConnected ? keys : nil
  }

  /// The youngest transaction stands first, and of those of one time the one that began last.
  package func part(giving firsts: [Assignment], inOrder order: [Sort.Key]) -> OperatorPart {
    var part = self
    part.outputs += firsts.map { Output(values: $0, gathering: .first) }
    let youngest = Sort.Key(expression: .column(time.column), descending: true, nullsFirst: true)
    return OperatorPart(
      operator: part,
      order: [youngest]
        + order.map {
          Sort.Key(expression: $0.expression, descending: !$0.descending, nullsFirst: !$0.nullsFirst)
        })
  }

  package func keeping(_ wanted: Set<ColumnID>) -> TransactionOperator {
    var copy = self
    copy.outputs = outputs.filter { wanted.contains($0.values.column.id) }
    return copy
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let rowCount = run.input.rowCount
    let timeColumn = try run.input.column(time.expression)
    let keyColumns = try run.input.columns(keys)
    let starts = try run.input.column(start)
    let ends = try run.input.column(end)
    let times = (0..<rowCount).map { row -> Int64 in
      if case .datetime(let ticks) = timeColumn.value(at: row) { ticks } else { 0 }
    }
    // Oldest first: a transaction begins before it ends.
    let order = (0..<rowCount).sorted { (times[$0], -$0) < (times[$1], -$1) }
    var open = OpenTransactions(fieldCount: keys.count, isConnected: limits.isConnected)
    var closed: [OpenTransactions.Transaction] = []
    func close(_ identity: Int, isComplete: Bool) {
      guard var transaction = open.close(identity) else { return }
      transaction.isComplete = isComplete || transaction.isComplete || (limits.hasStart && !limits.hasEnd)
      if isComplete || !limits.hasEnd || limits.keepsEvicted { closed.append(transaction) }
    }
    func leaveOut(_ row: Int) {
      guard figures.isOrphan != nil else { return }
      closed.append(
        OpenTransactions.Transaction(rows: [row], first: times[row], last: times[row], isOrphan: true))
    }
    for (done, row) in order.enumerated() {
      if done % 4096 == 0 { try run.context.checkpoint() }
      let values = keyColumns.map { key -> String? in
        let value = key.value(at: row)
        return value.isNull ? nil : value.splText
      }
      if !keys.isEmpty, values.allSatisfy({ $0 == nil }) {
        leaveOut(row)
        continue
      }
      let begins = starts.value(at: row) == .bool(true)
      var identity = open.match(values)
      var isCutOff = false
      if let known = identity, let current = open[known] {
        let isTooLong = limits.span.map { times[row] - current.first > $0 } ?? false
        let isTooLate = limits.pause.map { times[row] - current.last > $0 } ?? false
        let isFull = limits.events > 0 && current.rows.count >= limits.events
        if isTooLong || isTooLate || isFull || (begins && limits.hasStart) {
          close(known, isComplete: false)
          identity = nil
          isCutOff = isTooLong || isTooLate || isFull
        }
      }
      if identity == nil, limits.hasStart, !begins {
        leaveOut(row)
        continue
      }
      let joined = identity ?? open.begin(at: times[row])
      // Splunk goes from the newest event to the oldest: what a limit parts is closed on its newer side, and the
      // oldest stays open.
      if isCutOff, !limits.hasEnd { open.complete(joined) }
      open.add(row, at: times[row], values, to: joined)
      if limits.hasEnd, ends.value(at: row) == .bool(true) { close(joined, isComplete: true) }
    }
    for identity in open.identities { close(identity, isComplete: false) }
    closed.sort { ($0.first, $0.rows.first ?? 0) > ($1.first, $1.rows.first ?? 0) }
    return .rows(
      columns(of: closed, try run.input.columns(outputs.map(\.values.expression))), count: closed.count)
  }

  /// `_time`, the outputs, `duration`, `eventcount`, `closed_txn`, and `_txn_orphan` where it is asked for. An event
  /// that belongs to no transaction has its own values, and no figures.
  private func columns(of transactions: [OpenTransactions.Transaction], _ sources: [Column]) -> [Column] {
    var result = [Column.int64(.datetime, transactions.map(\.first))]
    for (output, source) in zip(outputs, sources) {
      result.append(column(output.gathering, of: source, in: transactions))
    }
    func figure(_ type: DataType, _ value: (OpenTransactions.Transaction) -> Value) -> Column {
      Column.of(type, transactions.map { $0.isOrphan ? .null : value($0) })
    }
    result.append(figure(.real) { .real(Double($0.last - $0.first) / Double(Ticks.perSecond)) })
    result.append(figure(.long) { .long(Int64($0.rows.count)) })
    result.append(figure(.long) { .long($0.isComplete ? 1 : 0) })
    if figures.isOrphan != nil {
      result.append(Column.of(.long, transactions.map { $0.isOrphan ? .long(1) : .null }))
    }
    return result
  }

  private func column(
    _ gathering: Gathering, of source: Column, in transactions: [OpenTransactions.Transaction]
  ) -> Column {
    func made(_ value: ([[String]]) -> Value) -> Column {
      Column.of(
        .dynamic,
        transactions.map { transaction in
          let texts = transaction.rows.map { SPLValues.texts(of: source.value(at: $0)) }
          guard transaction.isOrphan else { return value(texts) }
          return SPLValues.value(of: texts.joined().map { .string($0) })
        })
    }
    switch gathering {
    case .first: return source.gather(Vector(transactions.map { UInt32($0.rows.first ?? 0) }))
    case .list: return made(list)
    case .lines:
      return made { texts in
        texts.allSatisfy(\.isEmpty) ? .null : .dynamic(.string(texts.joined().joined(separator: "\n")))
      }
    case .distinct:
      return made { texts in
        SPLValues.value(of: Set(texts.joined()).sorted { $0.precedes($1) }.map { .string($0) })
      }
    }
  }

  private func list(of texts: [[String]]) -> Value {
    let all = texts.flatMap { $0.isEmpty ? [limits.missingText] : $0 }
    return SPLValues.value(of: all.map { .string($0) })
  }
}
