/// What a load did: nothing that was not read is left unsaid.
package struct LoadReport: Sendable {
  package struct Place: Sendable, Hashable {
    package var path: String
    package var reason: String
    /// In the file's decompressed bytes; in the compressed file for a damaged gzip.
    package var offset: Int
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
  /// Files that went beyond a limit; part of `damaged` or `unreadable` too.
  package var limited: [(path: String, reason: String)] = []
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
  package var isCancelled = false
  package var timings = Timings()

  package init() {}
}
