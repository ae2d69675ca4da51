import Diagnostics

/// Limits of single functions: more than one of them ends the run and says so.
enum FunctionLimit {
  /// Whether a number is within a limit; else the run fails with what there would be too many of.
  static func allows(_ count: Int, _ limit: Int, _ what: StaticString) -> Bool {
    if count <= limit { return true }
    RunLimits.raise(
      .limit(
        "function-limit", "there would be more than \(limit) \(what)",
        suggestion: "leave out the rows whose values are so large"))
    return false
  }
}
