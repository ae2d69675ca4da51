package import Diagnostics

/// What a load did: nothing that was not read is left unsaid.
package struct LoadReport: Sendable {
  package struct Place: Sendable, Hashable {
    package var path: String
    package var reason: String
    /// In the file's decompressed bytes; in the compressed file for a damaged gzip.
    package var offset: Int
  }

  /// What one file, or one inside of it, was taken for.
  package struct FileAccount: Sendable {
    package var path: String
    /// Events of each source that has some, by its name.
    package var events: [(source: String, count: Int)]
    /// What carried the events.
    package var carriers: [String]
    package var rejected = 0
    /// Why it was not read, or what is wrong with it.
    package var trouble: [String]
  }

  package struct Timings: Sendable, Hashable {
    /// Seconds, summed over all threads.
    package var read = 0.0
    package var inflate = 0.0
    /// Scanning and filtering of records.
    package var scan = 0.0
    /// Numbering and storing the values of kept records: estimated from every 64th.
    package var encode = 0.0
    /// Putting the threads' columns together.
    package var merge = 0.0
    /// From start to end.
    package var wall = 0.0

    package init() {}
  }

  package var filesFound = 0
  /// Files that were opened for this answer; none where memory had all that it needs.
  package var filesOpened = 0
  /// Files that were not opened, since others gave all rows that are wanted (`LoadOptions.stopsWhenFull`).
  package var filesNotNeeded = 0
  /// Files with at least one event of a wanted table.
  package var filesRead = 0
  /// Bytes as they are stored, and decompressed.
  package var storedBytes = 0
  package var bytes = 0
  /// Files that hold no logs, and why.
  package var skipped: [(path: String, reason: String)] = []
  package var unreadable: [(path: String, reason: String)] = []
  /// Files that ended early or are broken around their records; what came before counts.
  package var damaged: [Place] = []
  /// Those of `damaged` that are no log from their first byte.
  package var filesWithoutBeginning = 0
  /// Files that went beyond a limit; part of `damaged` or `unreadable` too.
  package var limited: [(path: String, reason: String)] = []
  /// What sets other limits than those.
  package var remedies: Set<Remedy> = []
  package var eventsRead = 0
  /// Events of each source, by its name.
  package var eventsBySource: [String: Int] = [:]
  /// Well-formed records that no wanted table takes, in files that hold others.
  package var otherRecords = 0
  package var rejected = 0
  package var firstRejected: Place?
  /// Ticks, over all events, also those that the predicate dropped.
  package var earliest: Int64?
  package var latest: Int64?
  package var eventsWithoutTime = 0
  /// The files that such events stand in.
  package var filesWithoutTimes: [(path: String, reason: String)] = []
  /// All files in their order, where they are wanted (`LoadOptions.accountsForFiles`).
  package var files: [FileAccount] = []
  /// How files were read where that is not plain.
  package var notes: [(path: String, reason: String)] = []
  /// The file that holds the newest event.
  package var newestFile: String?
  /// Files that are a table without rows: a header alone, an empty list.
  package var emptyTables: [String] = []
  var days = EventDays()
  /// The limit that ended the load early.
  package var stopped: ExecutionFailure?
  package var timings = Timings()

  package init() {}

  /// What would help where files went beyond limits.
  package var limitHelp: [Advice] {
    [Remedy.fileLimit, .ratioLimit, .memoryLimit].filter(remedies.contains).map { "\($0) sets another limit" }
  }

  /// The newest events, if they lie so far behind all others that what counts from the newest sees nothing else.
  package var outlyingEvents: EventDays.Outlying? { days.outlying }

  /// Why rows may lack what the logs hold; nil if all of it was read.
  package func incompleteness(allowsDamage: Bool) -> String? {
    if let stopped { return "\(stopped.message)" }
    if filesFound + unreadable.count + skipped.count > 0, filesRead == 0, emptyTables.isEmpty {
      return "no event was read"
    }
    if allowsDamage { return nil }
    if let file = limited.first ?? unreadable.first { return "`\(file.path)` was not read" }
    if let place = damaged.first { return "`\(place.path)` is damaged" }
    return firstRejected.map { "an event of `\($0.path)` could not be read" }
  }
}
