import Synchronization

/// How a caller follows a question and ends it.
///
/// ```
///   let cancellation = Cancellation()
///   let control = RunControl(progress: { files in print("\(files) files") }, cancellation: cancellation)
/// ```
public struct RunControl: Sendable {
  /// Told the number of files begun so far, from any thread; not at all where no file is read.
  public var progress: (@Sendable (_ files: Int) -> Void)?
  public var cancellation: Cancellation?

  public init(progress: (@Sendable (Int) -> Void)? = nil, cancellation: Cancellation? = nil) {
    self.progress = progress
    self.cancellation = cancellation
  }
}

/// Ends the questions that were given it, from any thread: they throw a `TrawlError` of the kind `cancelled`.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  public init() {}

  public func cancel() { flag.store(true, ordering: .relaxed) }

  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
