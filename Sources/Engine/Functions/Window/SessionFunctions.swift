/// Sessions: `row_window_session`.
package enum SessionFunctions {
  package static let all: [WindowFunction] = [windowSession]

  static let windowSession = WindowFunction(
    [.kql("row_window_session")],
    Signature(
      [
        .datetime("time"), .timespan("max_distance_from_first"), .timespan("max_distance_between_neighbors"),
        .bool("restart").optional,
      ], returns: .fixed(.datetime)),
    "Gives the time of the first row of the session that a row belongs to.",
    notes: [
      "A session ends before a row that lies the first distance or more behind its start, or the second distance "
        + "or more behind the row before, or whose restart is true."
    ],
    compute: { call in
      let restarts = RestartRows.flags(call, argument: 3)
      let times = call.arguments[0].materialized
      var builder = ColumnBuilder(type: .datetime)
      var start: Int64?
      var previous: Int64?
      for row in 0..<call.count {
        guard case .datetime(let time) = times.value(at: row) else {
          previous = nil
          builder.appendNull()
          continue
        }
        var isNew = restarts[row]
        if let first = start, let last = previous {
          if case .timespan(let limit) = call.arguments[1].value(at: row), time &- first >= limit {
            isNew = true
          }
          if case .timespan(let limit) = call.arguments[2].value(at: row), time &- last >= limit {
            isNew = true
          }
        } else {
          isNew = true
        }
        if isNew { start = time }
        previous = time
        builder.append(start.map { .datetime($0) } ?? .null)
      }
      return builder.finish()
    },
    examples: [
      .kql("row_window_session(datetime(2024-01-01), 1h, 5m)", gives: "datetime(2024-01-01)"),
      .kqlQuery(
        "datatable(t:datetime)[datetime(2024-01-01 00:00), datetime(2024-01-01 00:04), "
          + "datetime(2024-01-01 00:10)] | serialize s = row_window_session(t, 1h, 5m) | project bin(s, 1m)",
        gives: "datetime(2024-01-01), datetime(2024-01-01), datetime(2024-01-01 00:10)"),
      .kql("row_window_session(datetime(null), 1h, 5m)", gives: "datetime(null)"),
    ])
}
