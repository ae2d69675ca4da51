import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The modes of the terminal while a line is typed: keys come one by one and nothing is echoed. Whatever ends the
/// process, the terminal is given back as it was.
enum TerminalMode {
  nonisolated(unsafe) private static var before = termios()
  private static let isRaw = Atomic<Bool>(false)

  /// What ends a process and can be heard of.
  private static let deadly: [Int32] = [
    SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGILL, SIGSEGV, SIGBUS, SIGTRAP, SIGFPE,
  ]

  /// False where the terminal has no such modes.
  static func enter(_ file: FileDescriptor) -> Bool {
    var modes = termios()
    guard tcgetattr(file.number, &modes) == 0 else { return false }
    before = modes
    modes.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN)
    modes.c_iflag &= ~tcflag_t(ICRNL | INLCR | IXON)
    // Ctrl-C stays a signal, since it also ends what a completion asks; what would stop the process is a key.
    withUnsafeMutableBytes(of: &modes.c_cc) { keys in
      keys[Int(VMIN)] = 1
      keys[Int(VTIME)] = 0
      keys[Int(VSUSP)] = 0
      keys[Int(VQUIT)] = 0
    }
    guard tcsetattr(file.number, TCSADRAIN, &modes) == 0 else { return false }
    isRaw.store(true, ordering: .sequentiallyConsistent)
    for number in deadly {
      signal(number) { number in
        TerminalMode.restore()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    send("\u{1B}[?2004h")
    return true
  }

  /// May be called from a signal handler.
  static func restore() {
    guard isRaw.exchange(false, ordering: .sequentiallyConsistent) else { return }
    var modes = before
    tcsetattr(0, TCSANOW, &modes)
    send("\u{1B}[?2004l")
  }

  /// The line is done.
  static func leave() {
    restore()
    for number in deadly { signal(number, SIG_DFL) }
  }

  /// Whether pasted text comes between marks.
  private static func send(_ text: StaticString) {
    text.withUTF8Buffer { bytes in
      #if canImport(Glibc)
        _ = Glibc.write(1, bytes.baseAddress, bytes.count)
      #else
        _ = Darwin.write(1, bytes.baseAddress, bytes.count)
      #endif
    }
  }
}
