/// What columns tell of events that are not read as records.
extension LoadWorker {
  /// Counts events that were not looked at, all of a day or without a time.
  func noteSkipped(_ count: Int, _ sources: UInt64, _ times: ClosedRange<Int64>? = nil) {
    summary.events += count
    for number in layout.sources.indices where sources & (1 << UInt64(number)) != 0 {
      summary.eventsBySource[number] += count
    }
    if let times {
      summary.earliest = min(summary.earliest ?? times.lowerBound, times.lowerBound)
      summary.latest = max(summary.latest ?? times.upperBound, times.upperBound)
      summary.days.add(times.lowerBound, count: count)
    } else if sources != 0, !layout.sources[sources.trailingZeroBitCount].timeSlots.isEmpty {
      summary.eventsWithoutTime += count
    }
  }

  /// Rows that come next were in another file.
  func setFile(_ path: FieldValue) {
    for request in plan.requests {
      for column in request.columns where column.fallback == .file {
        fallbackCodes[column.fallbackPlace] = interners[column.group].intern(path)
      }
    }
  }
}
