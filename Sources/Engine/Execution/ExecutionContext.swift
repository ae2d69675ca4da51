package import Diagnostics
import Synchronization

/// What a run is given beside its plan: the clock, threads, limits, and bindings.
package final class ExecutionContext: Sendable {
  package static let defaultChunkSize = 65_536

  /// `now` of the run in ticks; never read from a clock in the engine.
  package let now: Int64
  package let threads: Int
  /// Rows that streaming operators handle at a time.
  package let chunkSize: Int
  package let limits: ExecutionLimits
  package let resources: RunResources
  /// Rows bound to the `argument` nodes of enclosing `apply`s.
  let arguments: [Int: Table]
  package let notes: NoteCollector
  package let profile: Profile?
  /// Why the rows of scans may lack what the logs hold: nothing that is kept may be replaced by them.
  package let incompleteness: String?

  /// - Parameter threads: nil for one on each core.
  package init(
    now: Int64, threads: Int? = 1, chunkSize: Int = ExecutionContext.defaultChunkSize,
    limits: ExecutionLimits = ExecutionLimits(), resources: RunResources = RunResources(),
    profile: Profile? = nil, incompleteness: String? = nil
  ) {
    self.now = now
    self.incompleteness = incompleteness
    self.threads = max(1, threads ?? FileReading.coreCount())
    self.chunkSize = max(1, chunkSize)
    self.limits = limits
    self.resources = resources
    self.profile = profile
    arguments = [:]
    notes = NoteCollector()
  }

  private init(_ outer: ExecutionContext, arguments: [Int: Table], threads: Int) {
    now = outer.now
    self.threads = threads
    chunkSize = outer.chunkSize
    limits = outer.limits
    resources = outer.resources
    profile = nil
    incompleteness = outer.incompleteness
    self.arguments = arguments
    notes = outer.notes
  }

  /// The same run over rows that came from elsewhere, by the arguments that stand for them.
  func binding(_ tables: [Int: Table]) -> ExecutionContext {
    ExecutionContext(self, arguments: arguments.merging(tables) { $1 }, threads: threads)
  }

  /// The same run, inside an `apply`.
  func binding(_ table: Table, to argument: Int) -> ExecutionContext {
    var arguments = arguments
    arguments[argument] = table
    return ExecutionContext(self, arguments: arguments, threads: 1)
  }

  /// Stops a run that is out of time, holds too much or is not wanted any more; called once a chunk.
  func checkpoint() throws(ExecutionFailure) {
    if let isCancelled = limits.isCancelled, isCancelled() { throw .cancelled }
    try RunLimits.checkpoint()
    if let deadline = limits.deadline, ContinuousClock.now > deadline {
      throw RunLimits.outOfTime
    }
  }

  /// Stops an operator that would hold more rows than allowed.
  func check(rows: Int, in operation: String) throws(ExecutionFailure) {
    if rows > limits.rows {
      throw ExecutionFailure.limit(
        "row-limit", "\(operation) would hold more than \(limits.rows) rows",
        suggestion: "filter earlier, or join on more columns")
    }
  }
}

extension ExecutionContext {
  /// Stops an expansion whose rows, all made at once, would fill the memory.
  func check(expandedRows: Int) throws(ExecutionFailure) {
    if expandedRows > limits.expandedRows {
      throw ExecutionFailure.limit(
        "row-limit", "an expansion would give more than \(limits.expandedRows) rows at once",
        suggestion: "filter earlier, or expand shorter arrays")
    }
  }
}

package struct ExecutionLimits: Sendable {
  package var deadline: ContinuousClock.Instant?
  /// Asked from any thread whether the run is still wanted.
  package var isCancelled: (@Sendable () -> Bool)?
  /// Rows that one operator may hold.
  package var rows = 500_000_000
  /// Rows that the expansion of one chunk may give.
  package var expandedRows = 50_000_000

  package init() {}
}

/// Things a run has to say beside its rows: a cut list, a lookup without data. Each is said once.
package final class NoteCollector: Sendable {
  private let collected = Mutex<[Advice]>([])

  package init() {}

  package func add(_ note: Advice) {
    collected.withLock { if !$0.contains(note) { $0.append(note) } }
  }

  package var notes: [Advice] { collected.withLock { $0 } }
}

/// Rows and time of each operator, in the order in which they finished.
package final class Profile: Sendable {
  package struct Entry: Sendable {
    package var label: String
    package var rows: Int
    package var seconds: Double
    /// Bytes that the rows hold.
    package var bytes: Int
  }

  private let collected = Mutex<[Entry]>([])

  package init() {}

  package func add(_ entry: Entry) { collected.withLock { $0.append(entry) } }
  package var entries: [Entry] { collected.withLock { $0 } }
}
