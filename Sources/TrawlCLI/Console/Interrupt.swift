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
    guard ends[0] < 0, pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    clear()
    // Whoever started the process may have them held back.
    var heard = sigset_t()
    sigemptyset(&heard)
    for number in [SIGINT, SIGWINCH, SIGTERM, SIGHUP] { sigaddset(&heard, number) }
    sigprocmask(SIG_UNBLOCK, &heard, nil)
    signal(SIGINT) { _ in
      Interrupt.raised.store(true, ordering: .relaxed)
      Interrupt.wake()
    }
    signal(SIGWINCH) { _ in Interrupt.wake() }
  }

  private static func wake() {
    let code = errno
    var byte: UInt8 = 0
    #if canImport(Glibc)
      _ = Glibc.write(ends[1], &byte, 1)
    #else
      _ = Darwin.write(ends[1], &byte, 1)
    #endif
    errno = code
  }

  /// Forgets what woke someone up.
  static func settle() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(ends[0], &bytes, bytes.count) > 0 {}
  }
}
