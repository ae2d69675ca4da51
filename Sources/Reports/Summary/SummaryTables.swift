package import Engine
package import LogSources

/// A summary for programs.
package enum SummaryTables {
  /// One row for each value of each kind.
  package static func entries(_ summary: LogSummary, of kinds: [SourceAspect.Kind]? = nil) -> Table {
    let groups = summary.groups.filter { kinds?.contains($0.kind) ?? true }
    return Table(
      fields: [Field("kind", .string), Field("value", .string)] + figures,
      rows: groups.flatMap { group in
        group.entries.map { [.string(group.kind.rawValue), .string($0.value)] + values($0) }
      })
  }

  package static func visits(_ summary: LogSummary) -> Table {
    Table(
      fields: [Field("identity", .string), Field("address", .string)] + figures
        + [Field("services", .dynamic), Field("actions", .dynamic), Field("regions", .dynamic)],
      rows: summary.visits.map { visit in
        [.string(visit.identity), .string(visit.address)] + values(visit.entry)
          + [list(visit.services), list(visit.actions), list(visit.regions)]
      })
  }

  package static func timeline(_ summary: LogSummary) -> Table {
    Table(
      fields: [Field("time", .datetime), Field("events", .long), Field("errors", .long)],
      rows: summary.timeline.map { [.datetime($0.time), .long(Int64($0.events)), .long(Int64($0.errors))] })
  }

  /// ```
  /// {"sources":[{"table":"AWSCloudTrail","events":12}],"earliest":"…","latest":"…","newFrom":"…",
  ///  "entries":[{"kind":"identity","value":"…","events":3,"errors":0,"first":"…","last":"…","new":false}],
  ///  "visits":[…],"timeline":[{"time":"…","events":3,"errors":0}]}
  /// ```
  package static func document(_ summary: LogSummary) -> JSONValue {
    .object([
      .init(
        "sources",
        .array(
          summary.sources.map {
            .object([.init("table", .string($0.table)), .init("events", .long(Int64($0.events)))])
          })),
      .init("earliest", time(summary.report.earliest).json),
      .init("latest", time(summary.report.latest).json), .init("newFrom", time(summary.newFrom).json),
      .init("entries", rows(entries(summary))), .init("visits", rows(visits(summary))),
      .init("timeline", rows(timeline(summary))),
    ])
  }

  private static func rows(_ table: Table) -> JSONValue {
    .array(
      (0..<table.rowCount).map { row in
        .object(zip(table.fields, table.row(row)).map { JSONValue.Member($0.name, $1.json) })
      })
  }

  private static let figures = [
    Field("events", .long), Field("errors", .long), Field("first", .datetime), Field("last", .datetime),
    Field("new", .bool),
  ]

  private static func values(_ entry: LogSummary.Entry) -> [Value] {
    [
      .long(Int64(entry.events)), .long(Int64(entry.errors)), time(entry.first), time(entry.last),
      .bool(entry.isNew),
    ]
  }

  private static func time(_ ticks: Int64?) -> Value { ticks.map { .datetime($0) } ?? .null }

  private static func list(_ texts: [String]) -> Value { .dynamic(.array(texts.map { .string($0) })) }
}
