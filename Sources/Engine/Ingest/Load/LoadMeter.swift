import Synchronization

/// How far a load is; written by its threads, and read by whoever shows it.
package final class LoadMeter: Sendable {
  private let found = Atomic<Int>(0)
  private let begun = Atomic<Int>(0)
  private let records = Atomic<Int>(0)

  package init() {}

  package var filesFound: Int { found.load(ordering: .relaxed) }
  package var filesBegun: Int { begun.load(ordering: .relaxed) }
  /// Records that were looked at.
  package var events: Int { records.load(ordering: .relaxed) }

  /// Nothing was done yet.
  package func reset() { begin(files: 0) }

  /// Another load begins.
  func begin(files: Int) {
    found.store(files, ordering: .relaxed)
    begun.store(0, ordering: .relaxed)
    records.store(0, ordering: .relaxed)
  }

  func addFile() { begun.wrappingAdd(1, ordering: .relaxed) }
  func add(events: Int) { records.wrappingAdd(events, ordering: .relaxed) }
}
