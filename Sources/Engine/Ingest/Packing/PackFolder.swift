#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder of packed logs on the disk.
enum PackFolder {
  private static let lockName = ".trawl-pack.lock"

  /// Held by one process at a time; given back when it ends, too.
  final class Lock {
    private let file: Int32

    fileprivate init(_ file: Int32) { self.file = file }

    deinit { close(file) }
  }

  enum Locking {
    case held(Lock)
    case busy
    case failed(String)
  }

  static func lock(_ folder: String) -> Locking {
    let file = open("\(folder)/\(lockName)", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard file >= 0 else { return .failed(FileDiscovery.lastError()) }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { return .held(Lock(file)) }
    let isBusy = errno == EWOULDBLOCK
    let reason = FileDiscovery.lastError()
    close(file)
    return isBusy ? .busy : .failed(reason)
  }

  /// Whether something of this name in the folder is part of the packed logs.
  static func isOwn(_ name: String) -> Bool {
    name == PackManifest.fileName || name == ".\(PackManifest.fileName).new" || name == lockName
      || name.hasPrefix("day=")
  }

  /// - Returns: why it failed; nil if the folder is there.
  static func make(_ path: String) -> String? {
    if mkdir(path, 0o777) == 0 { return nil }
    let reason = FileDiscovery.lastError()
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR ? nil : reason
  }

  static func names(in folder: String) -> [String] {
    let entries = FileDiscovery.entries(of: folder, asksStatus: false)
    return (entries?.exact.map(\.name) ?? []) + (entries?.inexact ?? [])
  }

  static func remove(_ path: String) { unlink(path) }
}
