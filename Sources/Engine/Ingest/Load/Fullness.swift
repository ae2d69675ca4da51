import Synchronization

/// Whether the files read so far give all rows that are wanted, without a gap in their order.
///
/// ```
///   limit 10      file 0: 4 rows   file 1: still being read   file 2: 9 rows     not full: file 1 may give 7
///                 file 0: 4 rows   file 1: 6 rows                                full
/// ```
final class Fullness: Sendable {
  private struct State {
    /// Rows of parts whose predecessors are not all read, by position.
    var waiting: [Int: [Int]] = [:]
    var next = 0
    /// Rows that are still missing for each table.
    var missing: [Int]
  }

  private let state: Mutex<State>

  /// Nil if a table wants all rows, or none: then the load only says what there is.
  init?(limits: [Int?]) {
    let known = limits.compactMap { $0 }
    guard known.count == limits.count, !known.isEmpty, known.allSatisfy({ $0 > 0 }) else { return nil }
    state = Mutex(State(missing: known))
  }

  var isFull: Bool { state.withLock { state in state.missing.allSatisfy { $0 <= 0 } } }

  func add(_ rowCounts: [Int], at position: Int) {
    state.withLock { state in
      state.waiting[position] = rowCounts
      while let counts = state.waiting.removeValue(forKey: state.next) {
        for (table, count) in counts.enumerated() where table < state.missing.count {
          state.missing[table] -= count
        }
        state.next += 1
      }
    }
  }
}
