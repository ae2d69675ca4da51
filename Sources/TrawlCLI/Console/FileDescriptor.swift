#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An open file of the process. Writes are complete or fail.
struct FileDescriptor: Sendable {
  enum WriteResult: Hashable, Sendable {
    case done
    /// The reader is gone.
    case closed
    case failed(Int32)
  }

  static let input = FileDescriptor(number: 0)
  static let output = FileDescriptor(number: 1)
  static let error = FileDescriptor(number: 2)

  let number: Int32

  var isTerminal: Bool { isatty(number) == 1 }

  func write(_ bytes: UnsafeRawBufferPointer) -> WriteResult {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(number, start, rest.count)
      #else
        let count = Darwin.write(number, start, rest.count)
      #endif
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var request = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, -1)
      case EPIPE: return .closed
      default: return .failed(errno)
      }
    }
    return .done
  }

  /// Lines of the terminal; nil if it is none, or does not say.
  var terminalHeight: Int? {
    guard isTerminal else { return nil }
    var size = winsize()
    guard ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return nil }
    return Int(size.ws_row)
  }

  /// Columns of the terminal; nil if it is none, or does not say.
  var terminalWidth: Int? {
    guard isTerminal else { return nil }
    var size = winsize()
    if ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    guard let text = getenv("COLUMNS"), let width = Int(String(cString: text)), width > 0 else { return nil }
    return width
  }
}
