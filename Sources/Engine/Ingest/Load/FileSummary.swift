/// What one file gave to one thread.
struct FileSummary {
  var firstRows: [Int] = []
  var rowCounts: [Int] = []
  var events = 0
  var eventsBySource: [Int] = []
  var rejected = 0
  var firstRejected: (reason: String, offset: Int)?
  var earliest: Int64?
  var latest: Int64?
  var eventsWithoutTime = 0
  var days = EventDays()

  /// Adds what a later part of the same file gave; row counts stay with the parts.
  mutating func add(_ later: FileSummary) {
    events += later.events
    rejected += later.rejected
    if firstRejected == nil { firstRejected = later.firstRejected }
    eventsWithoutTime += later.eventsWithoutTime
    days.add(later.days)
    if let time = later.earliest { earliest = min(earliest ?? time, time) }
    if let time = later.latest { latest = max(latest ?? time, time) }
    if eventsBySource.isEmpty {
      eventsBySource = later.eventsBySource
    } else {
      for index in eventsBySource.indices where index < later.eventsBySource.count {
        eventsBySource[index] += later.eventsBySource[index]
      }
    }
  }
}
