import Engine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files below some paths as they were at one time; tells which are others now.
///
/// Times of change are looked at again and again: that works on every file system, and takes little where the files of
/// rules and their tests are meant.
struct WatchedFiles {
  private struct State: Hashable {
    var seconds: Int
    var nanoseconds: Int
    var size: Int
    var inode: UInt64
  }

  private static let pause: UInt32 = 300_000

  private let paths: [String]
  private let states: [String: State]

  var count: Int { states.count }

  init(_ paths: [String]) {
    var seen: Set<String> = []
    self.paths = paths.filter { seen.insert($0).inserted }
    states = WatchedFiles.states(of: self.paths)
  }

  /// Ctrl-C ends the process, also where whoever started it had that switched off.
  static func endOnInterrupt() {
    signal(SIGINT, SIG_DFL)
    Signals.unblock([SIGINT])
  }

  /// Waits until files are new, gone or changed, and says which.
  func changes() -> [String] {
    while true {
      let start = ContinuousClock.now
      let now = WatchedFiles.states(of: paths)
      let changed = Set(now.keys).union(states.keys).filter { now[$0] != states[$0] }
      if !changed.isEmpty { return changed.sorted() }
      // Large folders are looked at less often.
      let spent = start.duration(to: .now).components.attoseconds / 1_000_000_000_000
      usleep(max(WatchedFiles.pause, UInt32(clamping: spent * 10)))
    }
  }

  private static func states(of paths: [String]) -> [String: State] {
    var states: [String: State] = [:]
    for file in FileDiscovery.files(below: paths).files {
      var status = stat()
      guard stat(file.path, &status) == 0 else { continue }
      #if canImport(Glibc)
        let time = status.st_mtim
      #else
        let time = status.st_mtimespec
      #endif
      states[file.path] = State(
        seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec), size: Int(status.st_size),
        inode: UInt64(truncatingIfNeeded: status.st_ino))
    }
    return states
  }
}
