import Diagnostics

/// Why compressed data could not be decoded to their end.
enum UnpackFailure: Error, Hashable, Sendable {
  case truncated
  case invalid(String)
  case outputLimit
  /// The process may not hold more.
  case memoryLimit
  /// Nobody waits any more.
  case outOfTime
}

/// What is wrong with what files are packed in; everything unpacked up to there is kept.
struct PackDamage: Hashable, Sendable {
  var reason: String
  /// Where in the packed bytes.
  var offset: Int
  var isLimit = false
  /// What sets another limit.
  var remedy: Remedy?

  init(reason: String, offset: Int, isLimit: Bool = false, remedy: Remedy? = nil) {
    (self.reason, self.offset, self.isLimit, self.remedy) = (reason, offset, isLimit, remedy)
  }

  /// A stream that did not come to its end.
  init(_ failure: UnpackFailure, _ what: String, at offset: Int, limit: Int) {
    switch failure {
    case .truncated: self.init(reason: "\(what) data is cut off", offset: offset)
    case .invalid(let why): self.init(reason: "\(what) data is damaged: \(why)", offset: offset)
    case .outputLimit:
      self.init(
        reason: "decompressed size exceeds the limit of \(limit) bytes", offset: offset, isLimit: true,
        remedy: .fileLimit)
    case .memoryLimit:
      let size = RunLimits.size(RunLimits.memoryLimit)
      self.init(
        reason: "decompressing it would go beyond the memory limit of \(size)", offset: offset, isLimit: true,
        remedy: .memoryLimit)
    case .outOfTime: self.init(reason: "the time was over", offset: offset)
    }
  }
}
