import Diagnostics

/// Why a file cannot be read.
struct ReadFailure: Hashable, Error {
  var reason: String
  /// It may be read where a limit is larger.
  var isLimit = false
  /// What sets another limit.
  var remedy: Remedy?

  /// What the system said last.
  static var lastError: ReadFailure { ReadFailure(reason: FileDiscovery.lastError()) }

  static func larger(than maximum: Int) -> ReadFailure {
    ReadFailure(reason: "larger than the limit of \(maximum) bytes", isLimit: true, remedy: .fileLimit)
  }

  static func lineLonger(than maximum: Int) -> ReadFailure {
    ReadFailure(
      reason: "has a line longer than the limit of \(maximum) bytes", isLimit: true, remedy: .fileLimit)
  }

  static var beyondMemory: ReadFailure {
    let limit = RunLimits.size(RunLimits.memoryLimit)
    return ReadFailure(
      reason: "larger than the memory limit of \(limit) lets it be", isLimit: true, remedy: .memoryLimit)
  }
}
