import Foundation

/// Wall and CPU time of a piece of work, as medians over several runs.
struct Stopwatch {
  struct Reading {
    var milliseconds: Double
    var cpuMilliseconds: Double
  }

  static func median(of runs: Int, _ work: () throws -> Void) rethrows -> Reading {
    var walls: [Double] = []
    var cpus: [Double] = []
    for _ in 0..<max(1, runs) {
      let start = ContinuousClock.now
      let cpu = cpuSeconds()
      try work()
      cpus.append((cpuSeconds() - cpu) * 1000)
      let elapsed = start.duration(to: .now).components
      walls.append(Double(elapsed.seconds) * 1000 + Double(elapsed.attoseconds) * 1e-15)
    }
    return Reading(milliseconds: middle(walls), cpuMilliseconds: middle(cpus))
  }

  /// User and system time of the process so far.
  static func cpuSeconds() -> Double {
    var time = timespec()
    _ = clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// In MiB, as Linux says; 0 elsewhere.
  static func peakMemory() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (line.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) / 1024
  }

  private static func middle(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted[sorted.count / 2]
  }
}
