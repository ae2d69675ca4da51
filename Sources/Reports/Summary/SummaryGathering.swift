import Engine
import LogSources

/// Puts the answers of several tables together: an address of two logs is one address.
struct SummaryGathering {
  private struct Place: Hashable {
    var identity: String
    var address: String
  }

  private var sources: [LogSummary.Source] = []
  private var entries: [SourceAspect.Kind: [String: LogSummary.Entry]] = [:]
  private var visits: [Place: LogSummary.Visit] = [:]
  private var moments: [Int64: LogSummary.Moment] = [:]

  mutating func add(
    _ rows: Table, _ question: SummaryQuestion, of table: SourceTable
  ) throws(ExecutionFailure) {
    switch question {
    case .count:
      let count = SummaryGathering.whole(rows, 0, 0)
      if count > 0 {
        sources.append(
          LogSummary.Source(table: table.name, events: count, errors: SummaryGathering.whole(rows, 0, 1)))
      }
    case .aspect(let kind):
      // value, events, errors, first, last
      for row in 0..<rows.rowCount {
        if row % 4096 == 0 { try RunLimits.checkpoint() }
        let value = rows.value(row: row, column: 0).kqlText
        var entry = entries[kind]?[value] ?? LogSummary.Entry(value: value)
        SummaryGathering.add(rows, row, from: 1, to: &entry)
        entries[kind, default: [:]][value] = entry
      }
    case .visits:
      // who, address, events, errors, first, last, services, actions, regions
      for row in 0..<rows.rowCount {
        if row % 4096 == 0 { try RunLimits.checkpoint() }
        let place = Place(
          identity: rows.value(row: row, column: 0).kqlText, address: rows.value(row: row, column: 1).kqlText)
        var visit =
          visits[place]
          ?? LogSummary.Visit(
            identity: place.identity, address: place.address,
            entry: LogSummary.Entry(value: "\(place.identity) \(place.address)"))
        SummaryGathering.add(rows, row, from: 2, to: &visit.entry)
        visit.services += SummaryGathering.texts(rows, row, 6)
        visit.actions += SummaryGathering.texts(rows, row, 7)
        visit.regions += SummaryGathering.texts(rows, row, 8)
        visits[place] = visit
      }
    case .timeline: addTimeline(rows)
    }
  }

  mutating func addTimeline(_ rows: Table) {
    // time, events, errors
    for row in 0..<rows.rowCount {
      guard case .datetime(let time) = rows.value(row: row, column: 0) else { continue }
      moments[time, default: LogSummary.Moment(time: time)].events += SummaryGathering.whole(rows, row, 1)
      moments[time]?.errors += SummaryGathering.whole(rows, row, 2)
    }
  }

  var timeline: [LogSummary.Moment] { moments.values.sorted { $0.time < $1.time } }

  var summary: LogSummary {
    var summary = LogSummary()
    summary.sources = sources
    for kind in SourceAspect.Kind.allCases {
      guard let found = entries[kind] else { continue }
      summary.groups.append(
        LogSummary.Group(kind: kind, entries: found.values.sorted { SummaryGathering.precedes($0, $1) }))
    }
    summary.visits = visits.values.sorted { SummaryGathering.precedes($0.entry, $1.entry) }
    return summary
  }

  // MARK: - Cells

  private static func precedes(_ left: LogSummary.Entry, _ right: LogSummary.Entry) -> Bool {
    left.events != right.events ? left.events > right.events : left.value.precedes(right.value)
  }

  private static func add(_ rows: Table, _ row: Int, from column: Int, to entry: inout LogSummary.Entry) {
    entry.events += whole(rows, row, column)
    entry.errors += whole(rows, row, column + 1)
    if let first = time(rows, row, column + 2) { entry.first = min(entry.first ?? first, first) }
    if let last = time(rows, row, column + 3) { entry.last = max(entry.last ?? last, last) }
  }

  private static func whole(_ rows: Table, _ row: Int, _ column: Int) -> Int {
    if case .long(let number) = rows.value(row: row, column: column) { return Int(number) }
    return 0
  }

  private static func time(_ rows: Table, _ row: Int, _ column: Int) -> Int64? {
    if case .datetime(let ticks) = rows.value(row: row, column: column) { return ticks }
    return nil
  }

  private static func texts(_ rows: Table, _ row: Int, _ column: Int) -> [String] {
    guard case .dynamic(.array(let elements)) = rows.value(row: row, column: column) else { return [] }
    return elements.map(\.scalarText).filter { !$0.isEmpty }
  }
}
