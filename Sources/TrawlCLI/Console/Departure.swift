import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is cleared away before the process goes: where it was stopped (Ctrl-C, SIGTERM, SIGHUP), and where it ends with
/// the reader of its output.
enum Departure {
  private struct Duty: Sendable {
    var stop: @Sendable () -> Void
    var remove: @Sendable () -> Void
  }

  private static let duty = Mutex<Duty?>(nil)
  private static let raised = Atomic<Bool>(false)
  nonisolated(unsafe) private static var ends: [Int32] = [-1, -1]

  /// The process was told to stop, and will.
  static var isNear: Bool { raised.load(ordering: .relaxed) }

  /// - Parameters:
  ///   - stop: called on a thread of its own once the process was told to stop; it may take its time.
  ///   - remove: called where the process ends by itself.
  static func prepare(stop: @escaping @Sendable () -> Void, remove: @escaping @Sendable () -> Void) {
    duty.withLock { $0 = Duty(stop: stop, remove: remove) }
    guard ends[0] < 0, Signals.wakePipe(&ends) else { return }
    // Made here and not first in the handler.
    raised.store(false, ordering: .relaxed)
    atexit { Departure.clear() }
    Thread.detach { waitForSignal() }
    let numbers = [SIGINT, SIGTERM, SIGHUP]
    Signals.unblock(numbers)
    Signals.handle(numbers) { number in
      Departure.raised.store(true, ordering: .relaxed)
      Signals.wake(Departure.ends[1], UInt8(truncatingIfNeeded: number))
    }
  }

  /// Removes what would be left, where the process ends at once.
  static func clear() { duty.withLock { $0 }?.remove() }

  /// Nothing is there any more that were to be cleared away.
  static func forget() { duty.withLock { $0 = nil } }

  /// What was told to stop waits here for its end.
  static func comes() -> Never {
    while true { pause() }
  }

  private static func waitForSignal() {
    var byte: UInt8 = 0
    while read(ends[0], &byte, 1) != 1 { if errno != EINTR { return } }
    duty.withLock { $0 }?.stop()
    let number = Int32(byte)
    signal(number, SIG_DFL)
    kill(getpid(), number)
  }
}
