import Diagnostics
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The time and memory that this process may take: looked at wherever much of either goes, also where no run is known,
/// as in a kernel or while a file is inflated.
///
/// Where nothing can be thrown, `raise` keeps the failure for the thread; whoever called throws it at its next
/// checkpoint, before what came out is used.
package enum RunLimits {
  /// Nanoseconds of the monotonic clock.
  private static let deadline = Atomic<Int64>(.max)
  private static let memory = Atomic<Int>(ProcessMemory.standardLimit)

  /// - Parameters:
  ///   - seconds: from now on; nil for no end.
  ///   - memory: bytes; nil for the standard.
  package static func set(seconds: Double?, memory bytes: Int?) {
    let nanoseconds = seconds.map { Int64(min($0, 1e9) * 1e9) }
    deadline.store(nanoseconds.map { now() &+ $0 } ?? .max, ordering: .relaxed)
    memory.store(bytes ?? ProcessMemory.standardLimit, ordering: .relaxed)
  }

  package static var memoryLimit: Int { memory.load(ordering: .relaxed) }

  /// Seconds until the time is over, if it is limited.
  package static var secondsLeft: Double? {
    let end = deadline.load(ordering: .relaxed)
    return end == .max ? nil : Double(end - now()) * 1e-9
  }

  /// Ends what runs if its time is over, if it holds too much, or if a limit was met on this thread.
  package static func checkpoint() throws(ExecutionFailure) {
    if let failure = take() { throw failure }
    if isOutOfTime { throw outOfTime }
    if let inUse = ProcessMemory.inUse(above: memoryLimit) { throw outOfMemory(inUse, needed: 0, for: nil) }
  }

  static var isOutOfTime: Bool {
    let end = deadline.load(ordering: .relaxed)
    return end != .max && now() > end
  }

  /// Whether so many bytes more may be taken at once. Small amounts are not worth the question.
  static func admits(_ bytes: Int) -> Bool {
    bytes < 1 << 24 || ProcessMemory.inUse(above: memoryLimit - bytes) == nil
  }

  /// Before an operator takes much memory at once.
  static func reserve(_ bytes: Int, for operation: String) throws(ExecutionFailure) {
    if !admits(bytes) { throw outOfMemory(ProcessMemory.inUse(), needed: bytes, for: operation) }
  }

  static var outOfTime: ExecutionFailure {
    ExecutionFailure.limit(
      "time-limit", "the run took longer than its time limit",
      suggestion: "narrow the query, or read fewer logs; \(Remedy.timeLimit) sets another limit")
  }

  static func outOfMemory(_ inUse: Int, needed: Int, for operation: String?) -> ExecutionFailure {
    let wanted = needed > 0 ? ", and \(operation ?? "the next step") needs \(size(needed)) more" : ""
    return ExecutionFailure.limit(
      "memory-limit",
      "the memory limit of \(size(memoryLimit)) is reached: \(size(inUse)) are in use\(wanted)",
      suggestion:
        "filter earlier, keep fewer columns, or read fewer logs; \(Remedy.memoryLimit) sets another limit")
  }

  /// `1.5 GiB`.
  package static func size(_ bytes: Int) -> String {
    let (unit, name) = bytes >= 1 << 30 ? (30, "GiB") : (20, "MiB")
    let tenths = ((bytes &>> (unit - 4)) &* 10) &>> 4
    return "\(tenths / 10).\(tenths % 10) \(name)"
  }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}

// MARK: - What cannot be thrown

extension RunLimits {
  private final class Raised {
    let failure: ExecutionFailure
    init(_ failure: ExecutionFailure) { self.failure = failure }
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { pointer in
      #if canImport(Glibc)
        if let pointer { Unmanaged<Raised>.fromOpaque(pointer).release() }
      #else
        Unmanaged<Raised>.fromOpaque(pointer).release()
      #endif
    }
    return key
  }()

  /// Keeps the first failure of this thread until its next checkpoint.
  static func raise(_ failure: ExecutionFailure) {
    if pthread_getspecific(key) != nil { return }
    pthread_setspecific(key, Unmanaged.passRetained(Raised(failure)).toOpaque())
  }

  /// Throws what was raised on this thread.
  static func throwRaised() throws(ExecutionFailure) {
    if let failure = take() { throw failure }
  }

  private static func take() -> ExecutionFailure? {
    guard let pointer = pthread_getspecific(key) else { return nil }
    pthread_setspecific(key, nil)
    return Unmanaged<Raised>.fromOpaque(pointer).takeRetainedValue().failure
  }
}

// MARK: - Sizes of single values

/// How long a text may be that a function makes.
package enum TextLimit {
  package static let bytes = 64 << 20

  /// A text of this size would be too long; the run ends.
  static func refuse() {
    RunLimits.raise(
      ExecutionFailure.limit(
        "text-limit", "a text would be longer than \(bytes >> 20) MiB",
        suggestion: "cut texts before they are joined or repeated"))
  }

  /// Whether a text of so many bytes may be made; if not, the run ends.
  static func admits(_ count: Int) -> Bool {
    if count <= bytes { return true }
    refuse()
    return false
  }
}

/// How many values a list may have that a function makes.
package enum DynamicLimit {
  package static let elements = 1_048_576

  /// Whether a list of so many values may be made; if not, the run ends.
  static func admits(_ count: Int) -> Bool {
    if count <= elements { return true }
    RunLimits.raise(
      ExecutionFailure.limit(
        "list-limit", "a list would have more than 1,048,576 values",
        suggestion: "filter or summarize before values are put into a list"))
    return false
  }
}
