/// One table to be made from log files.
package struct LoadRequest: Sendable, Hashable {
  package var source: LogSource
  package var fields: [FieldRequest]
  /// Records that certainly do not satisfy it are left out.
  package var predicate: RecordPredicate?
  /// The paths of the files that this table is made from; nil means all.
  package var files: Set<String>?
  /// Only so many rows are wanted: the first ones. All events are still counted (but see `stopsWhenFull`).
  package var rowLimit: Int?

  package init(
    source: LogSource, fields: [FieldRequest], predicate: RecordPredicate? = nil, files: Set<String>? = nil,
    rowLimit: Int? = nil
  ) {
    self.rowLimit = rowLimit
    self.source = source
    self.fields = fields
    self.predicate = predicate
    self.files = files
  }
}

/// How a load may use the machine.
package struct LoadOptions: Sendable {
  /// Nil means one for each core.
  package var threads: Int?
  /// Larger files are refused by name, unless they have one record a line.
  package var limits = FileLimits()
  /// A file with one record a line that is more than twice as large is read in parts of this size.
  package var partBytes = 32 << 20
  /// Files are read in their order and only until each table has its `rowLimit` rows; the report then says nothing
  /// of the others. Without effect if a table has no limit.
  package var stopsWhenFull = false
  /// Told before each file, from any thread.
  package var begins: (@Sendable () -> Void)?
  /// Counts what was done so far.
  package var meter: LoadMeter?
  /// Asked before each file and every few thousand records, from any thread: the load ends if it is not wanted any more.
  package var isCancelled: (@Sendable () -> Bool)?
  /// The load ends with a failure if files are left to read by then.
  package var deadline: ContinuousClock.Instant?
  /// Sources that are not wanted here: files of theirs are read as what they are, and skipped by their name.
  package var otherSources: [LogSource] = []
  /// What may carry the records of any source.
  package var carriers = RecordFraming()
  /// The report says of each file what it was taken for.
  package var accountsForFiles = false
  /// Rows of packed logs are of the file that they were in before they were packed; false: of the packed one.
  var readsPackedSources = true
  /// Row groups of Parquet are left out where their bounds say that no row is wanted. The rows are the same without.
  var usesBounds = true

  package init() {}
}
