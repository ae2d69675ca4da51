import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ctrl-C while a shell runs: it stops what was asked, and not the process.
enum Interrupt {
  private static let raised = Atomic<Bool>(false)
  /// Signals wake up whoever waits for keys, whatever thread they came to.
  nonisolated(unsafe) private static var ends: [Int32] = [-1, -1]

  static var isRaised: Bool { raised.load(ordering: .relaxed) }
  static func clear() { raised.store(false, ordering: .relaxed) }

  /// What waits for keys waits for this file too.
  static var wakes: Int32 { ends[0] }

  static func install() {
    guard ends[0] < 0, Signals.wakePipe(&ends) else { return }
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    clear()
    Signals.unblock([SIGINT, SIGWINCH, SIGTERM, SIGHUP])
    signal(SIGINT) { _ in
      Interrupt.raised.store(true, ordering: .relaxed)
      Interrupt.wake()
    }
    signal(SIGWINCH) { _ in Interrupt.wake() }
  }

  private static func wake() { Signals.wake(ends[1], 0) }

  /// Forgets what woke someone up.
  static func settle() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(ends[0], &bytes, bytes.count) > 0 {}
  }
}
