#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Paths as the system knows them.
enum FilePath {
  /// Without links, `.` and `..`, from the root on: the one name that a file has, however it was named. Nil for what is
  /// not there.
  static func resolved(_ path: String) -> String? {
    guard let target = realpath(path, nil) else { return nil }
    defer { free(target) }
    return String(cString: target)
  }

  /// Whether nothing is there, not even a link.
  static func isMissing(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) != 0 && errno == ENOENT
  }

  /// The folder of a path and the name in it.
  static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (
      slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...])
    )
  }
}
