#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes files that are there whole or not at all, also after the power went: beside their place, to the disk, and then
/// under their name.
enum DurableWriting {
  /// - Returns: why it failed.
  static func write(_ bytes: [UInt8], to path: String) -> String? {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let name = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    // Engines that read folders pass over names that begin so.
    let draft = "\(folder)/.\(name).new"
    unlink(draft)
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard file >= 0 else { return FileDiscovery.lastError() }
    var failure: String?
    bytes.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count, failure == nil, let start = bytes.baseAddress {
        #if canImport(Glibc)
          let count = Glibc.write(file, start + written, bytes.count - written)
        #else
          let count = Darwin.write(file, start + written, bytes.count - written)
        #endif
        if count < 0, errno == EINTR { continue }
        if count < 0 { failure = FileDiscovery.lastError() } else { written += count }
      }
    }
    if failure == nil, fsync(file) != 0 { failure = FileDiscovery.lastError() }
    if close(file) != 0, failure == nil { failure = FileDiscovery.lastError() }
    if failure == nil, rename(draft, path) != 0 { failure = FileDiscovery.lastError() }
    if failure != nil { unlink(draft) } else { sync(folder: folder) }
    return failure
  }

  /// The names in a folder go to the disk.
  static func sync(folder: String) {
    let handle = open(folder, O_RDONLY | O_CLOEXEC)
    guard handle >= 0 else { return }
    fsync(handle)
    close(handle)
  }

  /// - Returns: why it failed; nil if the folder is there.
  static func makeFolder(_ path: String) -> String? {
    if mkdir(path, 0o777) == 0 { return nil }
    let reason = FileDiscovery.lastError()
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR ? nil : reason
  }

  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
          String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.precedes($1) }
  }

  static func resolved(_ path: String) -> String? {
    guard let target = realpath(path, nil) else { return nil }
    defer { free(target) }
    return String(cString: target)
  }

  static func remove(_ path: String) { unlink(path) }

  /// Holds a folder for one process as long as it lives; nil if another one has it.
  static func lock(_ folder: String) -> Int32? {
    let file = open("\(folder)/.trawl-pack.lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard file >= 0 else { return nil }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
    close(file)
    return nil
  }

  static func unlock(_ file: Int32) { close(file) }
}
