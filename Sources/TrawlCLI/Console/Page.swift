#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A result that is shown at once if it fits the screen, and else by the reader's pager.
final class Page {
  private let command: String
  private let room: Int
  private let output: FileDescriptor
  private var bytes: [UInt8] = []
  private var lines = 0
  private var pipe: UnsafeMutablePointer<FILE>?
  /// The reader has seen enough.
  private var isClosed = false

  /// - Parameter height: lines of the screen; two are for what follows.
  init(_ command: String, height: Int, to output: FileDescriptor) {
    self.command = command
    self.output = output
    room = max(1, height - 2)
  }

  func add(_ more: [UInt8]) {
    if isClosed { return }
    bytes += more
    if pipe == nil {
      lines += more.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
      if lines <= room { return }
      // Colours stay colours, and what fits after all is left on the screen.
      setenv("LESS", "FRX", 0)
      pipe = popen(command, "w")
    }
    guard let pipe else { return }
    let result = bytes.withUnsafeBytes { FileDescriptor(number: fileno(pipe)).write($0) }
    bytes = []
    if result != .done { isClosed = true }
  }

  func finish() {
    if let pipe {
      pclose(pipe)
    } else {
      _ = bytes.withUnsafeBytes { output.write($0) }
    }
  }
}
