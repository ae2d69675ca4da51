import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The two output streams: results on one, everything else on the other.
///
/// Results are buffered. When the reader of the results closes the pipe, as `head` does, the process ends at once
/// with 0 and without a word: nobody waits for the rest.
final class Console {
  private static let bufferSize = 1 << 16

  private let output: FileDescriptor
  private let error: FileDescriptor
  private var buffer: [UInt8] = []
  private var showsProgress = false
  /// No progress line.
  var isQuiet = false

  init(output: FileDescriptor = .output, error: FileDescriptor = .error) {
    self.output = output
    self.error = error
    // Writing to a closed pipe then fails with EPIPE instead of killing the process.
    signal(SIGPIPE, SIG_IGN)
    // The runtime takes it for itself, and would go on.
    signal(SIGQUIT, SIG_DFL)
  }

  /// Columns of the terminal that results go to; nil if they go elsewhere.
  var terminalWidth: Int? { output.terminalWidth }

  /// Writes results.
  func write(_ bytes: [UInt8]) {
    clearProgress()
    // Formats for programs leave cells as they are; a terminal would obey them.
    let bytes =
      output.isTerminal ? Array(Console.harmlessCells(String(decoding: bytes, as: UTF8.self)).utf8) : bytes
    if buffer.isEmpty, bytes.count >= Console.bufferSize {
      bytes.withUnsafeBytes { send($0) }
      return
    }
    buffer += bytes
    if buffer.count >= Console.bufferSize { flush() }
  }

  func write(_ text: String) { write(Array(text.utf8)) }

  func flush() {
    if buffer.isEmpty { return }
    buffer.withUnsafeBytes { send($0) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes messages, after the results so far; whatever they quote (a path, a rule) cannot drive the terminal.
  func printError(_ text: String) {
    clearProgress()
    flush()
    var text = Console.harmless(text)
    // Nothing can be said about a closed error stream.
    _ = text.withUTF8 { error.write(UnsafeRawBufferPointer($0)) }
  }

  /// The text with all that a terminal obeys spelt out, save the ends of lines.
  static func harmless(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { DisplayText.escaped(String($0)) }.joined(separator: "\n")
  }

  /// The same for results, whose columns may be tabs.
  static func harmlessCells(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        line.split(separator: "\t", omittingEmptySubsequences: false).map { DisplayText.escaped(String($0)) }
          .joined(separator: "\t")
      }
      .joined(separator: "\n")
  }

  /// Shows how many files have been begun, from any thread, while no one else writes; nil without a terminal.
  func fileProgress() -> (@Sendable (Int) -> Void)? {
    guard !isQuiet, error.isTerminal else { return nil }
    showsProgress = true
    let error = error
    return { count in
      guard count % 16 == 0 else { return }
      var line = "\r\u{1B}[Kreading logs: file \(count)"
      _ = line.withUTF8 { error.write(UnsafeRawBufferPointer($0)) }
    }
  }

  private func clearProgress() {
    guard showsProgress else { return }
    showsProgress = false
    var line = "\r\u{1B}[K"
    _ = line.withUTF8 { error.write(UnsafeRawBufferPointer($0)) }
  }

  private func send(_ bytes: UnsafeRawBufferPointer) {
    switch output.write(bytes) {
    case .done: break
    case .closed: exit(ExitCode.success.rawValue)
    case .failed(let code):
      var text = "error[cannot-write]: the output cannot be written: \(String(cString: strerror(code)))\n"
      _ = text.withUTF8 { error.write(UnsafeRawBufferPointer($0)) }
      exit(ExitCode.unreadable.rawValue)
    }
  }

  /// Writes what is left and ends the process.
  func finish(_ code: ExitCode) -> Never {
    clearProgress()
    flush()
    exit(code.rawValue)
  }
}
