import Engine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ends the process where a limit was met and what runs did not notice: the limits hold whatever it does.
enum LimitWatch {
  /// What runs is asked first, and has this share of the time limit to end by itself, so that the other rules of a run
  /// keep their alerts.
  private static let slack = 0.04
  /// Seconds that it has to give memory back, as long as it takes no more than this share above the limit.
  private static let patience = 1.0
  private static let excess = 0.25
  private static let interval: UInt32 = 20_000

  static func start() {
    let total = RunLimits.secondsLeft
    let limit = RunLimits.memoryLimit
    Thread.detach {
      var secondsAbove = 0.0
      while true {
        if let total, let left = RunLimits.secondsLeft, left < -max(0.05, min(30, total * slack)) {
          end("time-limit", "the run took longer than its time limit", "--timeout DURATION sets another")
        }
        let memory = ProcessMemory.inUse()
        secondsAbove = memory > limit ? secondsAbove + Double(interval) * 1e-6 : 0
        if secondsAbove > patience || Double(memory) > Double(limit) * (1 + excess),
          let inUse = ProcessMemory.inUse(above: limit)
        {
          end(
            "memory-limit",
            "the memory limit of \(RunLimits.size(limit)) is reached: \(RunLimits.size(inUse)) are in use",
            "filter earlier, keep fewer columns, or read fewer logs; --memory-limit SIZE sets another")
        }
        usleep(interval)
      }
    }
  }

  private static func end(_ id: String, _ message: String, _ help: String) -> Never {
    TerminalMode.restore()
    Departure.clear()
    var text = "error[\(id)]: \(message)\n  help: \(help)\n"
    _ = text.withUTF8 { FileDescriptor.error.write(UnsafeRawBufferPointer($0)) }
    _exit(ExitCode.limit.rawValue)
  }
}
