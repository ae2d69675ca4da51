import Diagnostics
import Engine
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One line that tells how far a load or a job is, painted again and again by a thread of its own, and gone once someone else
/// writes.
///
/// ```
///   reading logs: 310 of 771 files, 161,000 events, 402,000 a second
/// ```
final class ProgressLine: Sendable {
  private static let pause: UInt32 = 100_000
  private static let firstPauses = 3

  private let text: @Sendable (_ seconds: Double) -> String?
  private let file: FileDescriptor
  private let state = Mutex(State())

  private struct State {
    var isOver = false
    var isPainted = false
  }

  /// - Parameter text: what the line says so many seconds after its beginning; nil for nothing yet.
  init(_ file: FileDescriptor, _ text: @escaping @Sendable (_ seconds: Double) -> String?) {
    self.file = file
    self.text = text
    let start = ContinuousClock.now
    Thread.detach { [self] in
      // What is quick needs no line.
      for _ in 0..<ProgressLine.firstPauses { usleep(ProgressLine.pause) }
      while paint(start.duration(to: .now)) { usleep(ProgressLine.pause) }
    }
  }

  /// False once it is over.
  private func paint(_ elapsed: Duration) -> Bool {
    state.withLock { state in
      if state.isOver { return false }
      let seconds =
        Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
      guard let text = text(seconds) else { return true }
      let width = max(1, (file.terminalWidth ?? 80) - 1)
      send("\r\u{1B}[K" + text.prefix(width))
      state.isPainted = true
      return true
    }
  }

  static func text(_ meter: LoadMeter, seconds: Double) -> String {
    let rate = seconds > 0 ? Int(Double(meter.events) / seconds) : 0
    return "reading logs: \(meter.filesBegun.grouped) of \(meter.filesFound.grouped) files, "
      + "\(meter.events.grouped) events, \(rate.grouped) a second"
  }

  /// Clears the line for good.
  func end() {
    state.withLock { state in
      if state.isPainted, !state.isOver { send("\r\u{1B}[K") }
      state.isOver = true
    }
  }

  /// Whoever stops the process finds no rest of a line. What was to be ignored stays ignored.
  static func clearOnSignals() {
    Signals.handle([SIGINT, SIGTERM, SIGHUP]) { number in
      ProgressLine.clear()
      signal(number, SIG_DFL)
      raise(number)
    }
  }

  /// Takes away what stands of a line; a signal handler may do it too.
  static func clear() {
    let text: StaticString = "\r\u{1B}[K"
    text.withUTF8Buffer { _ = FileDescriptor.error.write(UnsafeRawBufferPointer($0)) }
  }

  private func send(_ text: String) {
    var text = text
    _ = text.withUTF8 { file.write(UnsafeRawBufferPointer($0)) }
  }
}
