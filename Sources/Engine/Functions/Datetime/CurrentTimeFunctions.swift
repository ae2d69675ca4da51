/// The time of the run and distances from it: `now`, `ago`.
package enum CurrentTimeFunctions {
  package static let all: [ScalarFunction] = [now, ago, ingestionTime]

  package static let now = ScalarFunction(
    [.kql("now")], Signature([.timespan("offset").optional], returns: .fixed(.datetime)),
    "Gives the time of the run, the same throughout it; with an offset, that much later.",
    stability: .stablePerQuery,
    kernel: .vector { call in
      guard let offset = call.arguments.first else {
        return .constant(TickKernels.value(Ticks.inRange(call.now), .datetime), .datetime, count: call.count)
      }
      return shifted(offset, count: call.count, now: call.now, sign: 1)
    },
    spellings: [.spl("now()")],
    examples: [
      .kql("now() == now()", gives: "true", why: "it does not change within a run"),
      .kql("now(-1d) == now() - 1d", gives: "true"),
      .kql("now(timespan(null))", gives: "datetime(null)"),
    ])

  package static let ago = ScalarFunction(
    [.kql("ago")], Signature([.timespan("span")], returns: .fixed(.datetime)),
    "Gives the time a span before the time of the run.",
    notes: ["A run whose time is the end of a second counts from the beginning of that second."],
    stability: .stablePerQuery,
    kernel: .vector { call in
      shifted(call.arguments[0], count: call.count, now: Ticks.spanBase(ofNow: call.now), sign: -1)
    },
    spellings: [.spl("now() - $1")],
    examples: [
      .kql("ago(1h) == now() - 1h", gives: "true"),
      .kql("ago(-1h) > now()", gives: "true", why: "a negative span lies ahead"),
      .kql("ago(timespan(null))", gives: "datetime(null)"),
    ])

  static let ingestionTime = ScalarFunction(
    [.kql("ingestion_time")], Signature([], returns: .fixed(.datetime)),
    "Gives the time at which a record was taken in.",
    notes: ["Nulls: without a column `TimeGenerated` it is null."],
    differs: ["Files do not tell that time: `TimeGenerated` stands in, and a warning says so."],
    nulls: .handlesNulls, naming: .fixed("$IngestionTime"),
    kernel: .vector { call in .constant(.null, .datetime, count: call.count) },
    examples: [
      .kql("ingestion_time()", gives: "datetime(null)"),
      .kqlQuery(
        "datatable(TimeGenerated:datetime)[datetime(2024-01-01)] | project t = ingestion_time()",
        gives: "datetime(2024-01-01)"),
    ])

  private static func shifted(_ span: Column, count: Int, now: Int64, sign: Int64) -> Column {
    TickKernels.map(span, to: .datetime, count: count) { ticks in
      let (result, overflow) = now.addingReportingOverflow(ticks &* sign)
      return overflow ? nil : Ticks.inRange(result)
    }
  }
}
