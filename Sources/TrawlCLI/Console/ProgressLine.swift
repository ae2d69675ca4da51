import Diagnostics
import Engine
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One line that tells how far a load is, painted again and again by a thread of its own, and gone once someone else
/// writes.
///
/// ```
///   reading logs: 310 of 771 files, 161,000 events, 402,000 a second
/// ```
final class ProgressLine: Sendable {
  private static let pause: UInt32 = 100_000
  private static let firstPauses = 3

  private let meter: LoadMeter
  private let file: FileDescriptor
  private let state = Mutex(State())

  private struct State {
    var isOver = false
    var isPainted = false
  }

  init(_ file: FileDescriptor, _ meter: LoadMeter) {
    self.file = file
    self.meter = meter
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
      guard meter.filesFound > 0 else { return true }
      let seconds =
        Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
      let width = max(1, (file.terminalWidth ?? 80) - 1)
      send("\r\u{1B}[K" + ProgressLine.text(meter, seconds: seconds).prefix(width))
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
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = signal(number) { number in
        let text: StaticString = "\r\u{1B}[K"
        text.withUTF8Buffer { _ = FileDescriptor.error.write(UnsafeRawBufferPointer($0)) }
        signal(number, SIG_DFL)
        raise(number)
      }
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
  }

  private func send(_ text: String) {
    var text = text
    _ = text.withUTF8 { file.write(UnsafeRawBufferPointer($0)) }
  }
}
