import Engine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ends the process where a limit was met and what runs did not notice: the limits hold whatever it does.
enum LimitWatch {
  /// What runs is asked first, and has this share of the time limit, or of the memory limit, to end by itself.
  private static let slack = 0.04
  private static let interval: UInt32 = 20_000

  static func start() {
    let total = RunLimits.secondsLeft
    let memory = Int(Double(RunLimits.memoryLimit) * (1 + slack))
    Thread.detach {
      while true {
        if let total, let left = RunLimits.secondsLeft, left < -max(0.05, min(30, total * slack)) {
          end("time-limit", "the run took longer than its time limit", "--timeout DURATION sets another")
        }
        if ProcessMemory.inUse() > memory {
          end(
            "memory-limit", "the memory limit of \(RunLimits.size(RunLimits.memoryLimit)) is reached",
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
