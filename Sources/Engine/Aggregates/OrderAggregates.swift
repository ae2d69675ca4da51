/// SPL's functions of order: `first`, `last` by arrival; `earliest`, `latest`, `rate` by time.
package enum OrderAggregates {
  package static let all: [AggregateFunction] = [
    first, last, earliest, latest, earliestTime, latestTime, rate,
  ]

  private static let timed = Signature([.any("value"), .any("_time")], returns: .argument(0))
  private static let timeOf = Signature([.any("value"), .any("_time")], returns: .argument(1))

  package static let first = AggregateFunction(
    [.spl("first")], Signature([.any("value")], returns: .argument(0)),
    "The value of the first row that has one; the newest where rows come newest first.", prefix: nil,
    ignoresOrder: false, meaning: .oneOfThem,
    examples: [
      .splQuery("| makeresults count=3 | streamstats count as n | stats first(n) as x", gives: "1")
    ],
    makeState: { ChosenRowState($0) { ChosenRowState.Keys(keys: nil, validity: $0[0].validity) } })

  package static let last = AggregateFunction(
    [.spl("last")], Signature([.any("value")], returns: .argument(0)),
    "The value of the last row that has one; the oldest where rows come newest first.", prefix: nil,
    ignoresOrder: false, meaning: .oneOfThem,
    examples: [
      .splQuery("| makeresults count=3 | streamstats count as n | stats last(n) as x", gives: "3")
    ],
    makeState: {
      ChosenRowState($0, lastWins: true) { ChosenRowState.Keys(keys: nil, validity: $0[0].validity) }
    })

  package static let earliest = AggregateFunction(
    [.spl("earliest")], timed, "The value with the least time; of equal times the first row's.", prefix: nil,
    ignoresOrder: false, meaning: .oneOfThem,
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval _time=10-n | stats earliest(n) as x",
        gives: "3")
    ],
    makeState: { byTime($0, output: 0, greatest: false) })

  package static let latest = AggregateFunction(
    [.spl("latest")], timed, "The value with the greatest time; of equal times the first row's.", prefix: nil,
    ignoresOrder: false, meaning: .oneOfThem,
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval _time=10-n | stats latest(n) as x", gives: "1")
    ],
    makeState: { byTime($0, output: 0, greatest: true) })

  package static let earliestTime = AggregateFunction(
    [.spl("earliest_time")], timeOf, "The least time of the rows that have a value.", prefix: nil,
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval _time=10-n | stats earliest_time(n) as x",
        gives: "7")
    ],
    makeState: { byTime($0, output: 1, greatest: false) })

  package static let latestTime = AggregateFunction(
    [.spl("latest_time")], timeOf, "The greatest time of the rows that have a value.", prefix: nil,
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval _time=10-n | stats latest_time(n) as x",
        gives: "9")
    ],
    makeState: { byTime($0, output: 1, greatest: true) })

  package static let rate = AggregateFunction(
    [.spl("rate")], Signature([.any("value"), .any("_time")], returns: .fixed(.real)),
    "How much a value changes a second, from its earliest row to its latest.", prefix: nil,
    ignoresOrder: false,
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval _time=2*n | stats rate(n) as x", gives: "0.5")
    ],
    makeState: { _ in RateState() })

  private static func byTime(
    _ arguments: AggregateArguments, output: Int, greatest: Bool
  ) -> any AggregateState {
    ChosenRowState(arguments, outputs: [output]) { columns in
      var keys = ChosenRowState.Keys(numeric(columns[1]), greatest: greatest)
      // A row without a value counts only where no row has one; its cell is null either way.
      if let valid = columns[0].validity {
        keys.validity =
          keys.validity.map { times in
            Vector((0..<valid.count).map { valid[$0] && times[$0] })
          } ?? valid
      }
      return keys
    }
  }

  /// A time column as one with sortable keys: texts are read as numbers.
  private static func numeric(_ column: Column) -> Column {
    if SortableKey.fits(column.type) { return column }
    return Column.of(
      .real,
      (0..<column.count).map { row in NumberReader.number(column.value(at: row)).map { .real($0) } ?? .null })
  }
}
