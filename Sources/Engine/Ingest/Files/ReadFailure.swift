/// Why a file cannot be read.
struct ReadFailure: Hashable, Error {
  var reason: String
  /// It may be read where a limit is larger.
  var isLimit = false

  /// What the system said last.
  static var lastError: ReadFailure { ReadFailure(reason: FileDiscovery.lastError()) }

  static func larger(than maximum: Int) -> ReadFailure {
    ReadFailure(reason: "larger than the limit of \(maximum) bytes", isLimit: true)
  }
}
