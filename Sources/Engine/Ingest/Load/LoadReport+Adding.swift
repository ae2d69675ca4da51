extension LoadReport {
  /// What is counted of all files, by a name that travels.
  static let numberNames: [(String, any WritableKeyPath<LoadReport, Int> & Sendable)] = [
    ("filesFound", \.filesFound), ("filesOpened", \.filesOpened), ("filesNotNeeded", \.filesNotNeeded),
    ("filesRead", \.filesRead), ("storedBytes", \.storedBytes), ("bytes", \.bytes),
    ("filesWithoutBeginning", \.filesWithoutBeginning), ("eventsRead", \.eventsRead),
    ("otherRecords", \.otherRecords), ("rejected", \.rejected), ("eventsWithoutTime", \.eventsWithoutTime),
  ]
  /// What is said of some files.
  static let pathNames:
    [(String, any WritableKeyPath<LoadReport, [(path: String, reason: String)]> & Sendable)] = [
      ("skipped", \.skipped), ("unreadable", \.unreadable), ("limited", \.limited), ("notes", \.notes),
      ("withoutTimes", \.filesWithoutTimes),
    ]

  /// Adds what another load did with other files.
  package mutating func add(_ other: LoadReport) {
    for (_, path) in LoadReport.numberNames { self[keyPath: path] += other[keyPath: path] }
    for (_, path) in LoadReport.pathNames { self[keyPath: path] += other[keyPath: path] }
    for (name, count) in other.eventsBySource { eventsBySource[name, default: 0] += count }
    damaged += other.damaged
    remedies.formUnion(other.remedies)
    emptyTables += other.emptyTables
    files += other.files
    days.add(other.days)
    firstRejected = firstRejected ?? other.firstRejected
    if let time = other.earliest { earliest = min(earliest ?? time, time) }
    if let time = other.latest, time > latest ?? .min { (latest, newestFile) = (time, other.newestFile) }
    stopped = stopped ?? other.stopped
  }
}
