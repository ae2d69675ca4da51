#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What every listener to signals needs.
enum Signals {
  /// A handler may do little: what is safe is written in the system's manual (signal-safety).
  typealias Handler = @convention(c) (Int32) -> Void

  /// Whoever started the process may have them held back.
  static func unblock(_ numbers: [Int32]) {
    var heard = sigset_t()
    sigemptyset(&heard)
    for number in numbers { sigaddset(&heard, number) }
    sigprocmask(SIG_UNBLOCK, &heard, nil)
  }

  /// What was to be ignored stays ignored.
  static func handle(_ numbers: [Int32], _ handler: Handler) {
    for number in numbers {
      let before = signal(number, handler)
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
  }

  /// Two ends by which a handler wakes whoever waits; no process that is started later gets them.
  static func wakePipe(_ ends: inout [Int32]) -> Bool {
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return true
  }

  /// Safe in a handler.
  static func wake(_ end: Int32, _ byte: UInt8) {
    let code = errno
    var byte = byte
    #if canImport(Glibc)
      _ = Glibc.write(end, &byte, 1)
    #else
      _ = Darwin.write(end, &byte, 1)
    #endif
    errno = code
  }
}
