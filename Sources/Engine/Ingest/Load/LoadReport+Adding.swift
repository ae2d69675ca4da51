extension LoadReport {
  /// Adds what another load did with other files.
  package mutating func add(_ other: LoadReport) {
    filesFound += other.filesFound
    filesOpened += other.filesOpened
    filesNotNeeded += other.filesNotNeeded
    filesRead += other.filesRead
    storedBytes += other.storedBytes
    bytes += other.bytes
    skipped += other.skipped
    unreadable += other.unreadable
    damaged += other.damaged
    filesWithoutBeginning += other.filesWithoutBeginning
    limited += other.limited
    eventsRead += other.eventsRead
    for (name, count) in other.eventsBySource { eventsBySource[name, default: 0] += count }
    otherRecords += other.otherRecords
    rejected += other.rejected
    firstRejected = firstRejected ?? other.firstRejected
    if let time = other.earliest { earliest = min(earliest ?? time, time) }
    if let time = other.latest, time > latest ?? .min { (latest, newestFile) = (time, other.newestFile) }
    eventsWithoutTime += other.eventsWithoutTime
    filesWithoutTimes += other.filesWithoutTimes
    files += other.files
    notes += other.notes
    emptyTables += other.emptyTables
    days.add(other.days)
    stopped = stopped ?? other.stopped
  }
}
