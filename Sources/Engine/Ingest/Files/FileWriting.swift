#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes whole files. A file is replaced at once or not at all; a link stays a link, and a pipe or a device is written
/// to and stays what it is.
package enum FileWriting {
  /// - Parameter followsLinks: false: a link is not written through, as it may lead anywhere.
  /// - Returns: why it failed.
  package static func replace(_ path: String, with bytes: [UInt8], followsLinks: Bool = true) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      return errno == ENOENT
        ? replaceFile(path, with: bytes, mode: 0o666, keepsMode: false) : FileDiscovery.lastError()
    }
    var target = path
    if status.st_mode & S_IFMT == S_IFLNK {
      if !followsLinks { return "it is a link" }
      guard stat(path, &status) == 0 else { return FileDiscovery.lastError() }
      // What a link of the system's leads to may have no path, as the pipe behind `/dev/stdout`.
      target = FilePath.resolved(path) ?? path
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      return replaceFile(target, with: bytes, mode: status.st_mode & 0o777, keepsMode: true)
    case S_IFDIR: return "it is a folder"
    default:
      return write(bytes, to: open(path, O_WRONLY | O_CLOEXEC))
    }
  }

  /// Writes beside the file and puts the result in its place.
  private static func replaceFile(_ path: String, with bytes: [UInt8], mode: mode_t, keepsMode: Bool)
    -> String?
  {
    let draft = "\(path).\(getpid()).new"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard file >= 0 else {
      // The folder takes no further file, but the file may be writable.
      return keepsMode
        ? write(bytes, to: open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)) : FileDiscovery.lastError()
    }
    if keepsMode { fchmod(file, mode) }
    var failure = write(bytes, to: file)
    if failure == nil, rename(draft, path) != 0 { failure = FileDiscovery.lastError() }
    if failure != nil { unlink(draft) }
    return failure
  }

  /// Writes beside the file and puts the result in its place, all of it on the disk: the file is there whole or not at
  /// all, also after the power went.
  ///
  /// - Returns: why it failed.
  static func replaceDurably(_ path: String, with bytes: [UInt8]) -> String? {
    let (folder, name) = FilePath.parts(path)
    // Engines that read folders pass over names that begin so.
    let draft = "\(folder)/.\(name).new"
    unlink(draft)
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
    var failure = write(bytes, to: file, isDurable: true)
    if failure == nil, rename(draft, path) != 0 { failure = FileDiscovery.lastError() }
    if failure != nil {
      if file >= 0 { unlink(draft) }
      return failure
    }
    // The names in the folder go to the disk too.
    let handle = open(folder, O_RDONLY | O_CLOEXEC)
    guard handle >= 0 else { return FileDiscovery.lastError() }
    defer { close(handle) }
    return fsync(handle) == 0 ? nil : FileDiscovery.lastError()
  }

  private static func write(_ bytes: [UInt8], to file: Int32, isDurable: Bool = false) -> String? {
    guard file >= 0 else { return FileDiscovery.lastError() }
    var written = 0
    var failure = bytes.withUnsafeBytes { bytes -> String? in
      while written < bytes.count {
        guard let start = bytes.baseAddress else { return nil }
        #if canImport(Glibc)
          let count = Glibc.write(file, start + written, bytes.count - written)
        #else
          let count = Darwin.write(file, start + written, bytes.count - written)
        #endif
        if count < 0 {
          if errno == EINTR { continue }
          return FileDiscovery.lastError()
        }
        written += count
      }
      return nil
    }
    if isDurable, failure == nil, fsync(file) != 0 { failure = FileDiscovery.lastError() }
    return close(file) == 0 ? failure : failure ?? FileDiscovery.lastError()
  }
}
