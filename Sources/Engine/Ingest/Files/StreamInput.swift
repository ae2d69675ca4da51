import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `read` of the system, which a function here is named like.
func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, buffer, count)
}

/// What comes through pipes, as `-` for the standard input, a named pipe, or `<(…)` of a shell. A pipe gives its bytes
/// once and a run may read its files more than once, so that they are kept until the process ends.
enum StreamInput {
  /// How the standard input is named.
  static let standardName = "-"

  private final class Kept: Sendable {
    private let content = Mutex<(bytes: [UInt8], failure: ReadFailure?)?>(nil)

    /// Whoever asks first reads; the others wait.
    func content(_ path: String, maximum: Int) -> (bytes: [UInt8], failure: ReadFailure?) {
      content.withLock { known in
        if let known { return known }
        let read = StreamInput.read(path, maximum: maximum)
        known = read
        return read
      }
    }
  }

  /// Most runs read no pipe.
  private static let isUsed = Atomic<Bool>(false)
  private static let known = Mutex<[String: Kept]>([:])

  /// From now on the path is read once.
  static func add(_ path: String) {
    known.withLock { if $0[path] == nil { $0[path] = Kept() } }
    isUsed.store(true, ordering: .releasing)
  }

  /// Fills the buffer if the path is that of a pipe; nil if it is not.
  static func load(_ path: String, into buffer: PaddedBuffer, maximum: Int) -> ReadFailure?? {
    guard isUsed.load(ordering: .acquiring), let kept = known.withLock({ $0[path] }) else { return nil }
    let (bytes, failure) = kept.content(path, maximum: maximum)
    buffer.reserve(bytes.count)
    bytes.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { buffer.append(base, count: source.count) }
    }
    return .some(failure)
  }

  private static func read(_ path: String, maximum: Int) -> (bytes: [UInt8], failure: ReadFailure?) {
    let isStandard = path == standardName
    let file = isStandard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return ([], .lastError) }
    defer { if !isStandard { close(file) } }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let got = systemRead(file, &block, block.count)
      if got < 0 {
        if errno == EINTR { continue }
        return ([], .lastError)
      }
      if got == 0 { return (bytes, nil) }
      guard bytes.count + got <= maximum else { return ([], .larger(than: maximum)) }
      guard RunLimits.admits(bytes.count / 2) else { return ([], .beyondMemory) }
      bytes.append(contentsOf: block[..<got])
    }
  }
}
