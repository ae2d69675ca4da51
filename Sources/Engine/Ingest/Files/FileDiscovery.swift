#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that was found below what the user named; another value if it was changed or replaced since.
package struct LogFile: Hashable, Sendable {
  package var path: String
  package var size: Int
  /// Nanoseconds since 1970.
  package var modified: Int64 = 0
  /// 0 for a pipe.
  package var inode: UInt64 = 0

  package init(path: String, size: Int, modified: Int64 = 0, inode: UInt64 = 0) {
    self.path = path
    self.size = size
    self.modified = modified
    self.inode = inode
  }

  /// It is where only the cluster reads.
  package var isRemote: Bool { path.contains("://") }
}

/// Finds the files below folders: all of them, in one order, each once. What is named itself may also be a pipe, or
/// `-` for the standard input.
///
/// Files are sorted by the bytes of their path within what was named; what was named keeps its order. Links are
/// followed, but a folder is entered only once, so that a loop of links ends.
///
/// ```
///   let found = FileDiscovery.files(below: ["logs", "more/events.json.gz"])
///   found.files         // [LogFile(path: "logs/a.json", …), …]
///   found.unreadable    // [("logs/secret", "permission denied")]
/// ```
package struct FileDiscovery: Sendable {
  package private(set) var files: [LogFile] = []
  package private(set) var unreadable: [(path: String, reason: String)] = []
  /// Entries that are neither file nor folder, or that were passed over on purpose.
  package private(set) var skipped: [(path: String, reason: String)] = []

  private struct Identity: Hashable {
    var device: UInt64
    var inode: UInt64
  }
  private var visited: Set<Identity> = []
  /// Folders of packed logs among them.
  private(set) var packedFolders: [String] = []
  private var boundary: FolderBoundary?
  /// The files under the first name that each was found by.
  private var identities: [String: Identity] = [:]

  package init() {}

  /// Files that are known to be there.
  package init(known: [LogFile], unreadable: [(path: String, reason: String)] = []) {
    files = known
    self.unreadable = unreadable
  }

  /// Where relative paths begin; nil if the system does not say.
  package static var currentFolder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// Lets relative paths begin elsewhere; false if that folder is not there.
  package static func enter(folder: String) -> Bool { chdir(folder) == 0 }

  /// Nothing has this path.
  package static func isMissing(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 && errno == ENOENT
  }

  /// Gives files other paths; those that get none are left out.
  mutating func rename(_ path: (LogFile) -> String?) {
    files = files.compactMap { file in
      path(file).map { LogFile(path: $0, size: file.size, modified: file.modified, inode: file.inode) }
    }
  }

  /// Tells those that a reason is given for from the others.
  mutating func refuse(_ reason: (LogFile) -> String?) {
    files.removeAll { file in
      guard let why = reason(file) else { return false }
      unreadable.append((file.path, why))
      return true
    }
  }

  /// Whether the same files stand there, and none was changed since.
  package func isSame(as other: FileDiscovery) -> Bool {
    files == other.files && unreadable.map(\.path) == other.unreadable.map(\.path)
  }

  /// - Parameter boundary: what a path or a link leads to outside of it is unreadable; nil is everywhere.
  package static func files(below paths: [String], within boundary: FolderBoundary? = nil) -> FileDiscovery {
    var discovery = FileDiscovery()
    discovery.boundary = boundary
    for path in paths {
      var name = path
      while name.utf8.count > 1, name.hasSuffix("/") { name.removeLast() }
      let start = discovery.files.count
      discovery.visit(name, depth: 0)
      discovery.files[start...].sort { $0.path.precedes($1.path) }
    }
    return discovery
  }

  /// The files of several wishes, each there once under one name, also where several wishes name it in several ways.
  ///
  /// - Returns: all of them, and the paths of those that belong to each wish.
  package static func files(
    of wishes: [[String]], within boundary: FolderBoundary? = nil
  ) -> (all: FileDiscovery, wished: [Set<String>]) {
    var all = FileDiscovery()
    var names: [Identity: String] = [:]
    var said: Set<String> = []
    var known: [[String]: Set<String>] = [:]
    let wished = wishes.map { paths in
      if let known = known[paths] { return known }
      let found = files(below: paths, within: boundary)
      let isNew = { (entry: (path: String, reason: String)) in
        said.insert(entry.path + "\u{0}" + entry.reason).inserted
      }
      all.unreadable += found.unreadable.filter(isNew)
      all.skipped += found.skipped.filter(isNew)
      let wished = Set(
        found.files.compactMap { file -> String? in
          guard let identity = found.identities[file.path] else { return nil }
          if let name = names[identity] { return name }
          names[identity] = file.path
          all.files.append(file)
          return file.path
        })
      known[paths] = wished
      return wished
    }
    return (all, wished)
  }

  /// - Parameter known: what the system says of it, if it was asked already.
  private mutating func visit(_ path: String, depth: Int, known: stat? = nil) {
    var status = known ?? stat()
    let isStandardInput = path == StreamInput.standardName && depth == 0 && boundary == nil
    let isThere =
      known != nil || (isStandardInput ? fstat(STDIN_FILENO, &status) : stat(path, &status)) == 0
    guard isThere else {
      unreadable.append((path, FileDiscovery.remoteReason(path) ?? FileDiscovery.lastError()))
      return
    }
    if let boundary, depth == 0 || FileDiscovery.isLink(path), !boundary.holds(path) {
      let names = boundary.names.map { "`\($0)`" }.joined(separator: ", ")
      unreadable.append((path, "it leads outside of \(names)"))
      return
    }
    let identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino))
    let kind = status.st_mode & S_IFMT
    if isStandardInput || (kind == S_IFIFO && depth == 0 && boundary == nil) {
      StreamInput.add(path)
      if visited.insert(identity).inserted { files.append(LogFile(path: path, size: 0)) }
      identities[path] = identity
      return
    }
    switch kind {
    case S_IFREG:
      guard visited.insert(identity).inserted else {
        skipped.append((path, "the same file was read under another name"))
        return
      }
      files.append(
        LogFile(
          path: path, size: Int(status.st_size), modified: FileDiscovery.modified(status),
          inode: identity.inode))
      identities[path] = identity
    case S_IFDIR:
      guard depth < 128 else {
        unreadable.append((path, "folders nest too deep"))
        return
      }
      guard visited.insert(identity).inserted else { return }
      let entries = entries(in: path)
      if entries.contains(where: { $0.name == PackManifest.fileName }) {
        return packed(path, entries.map(\.name), depth)
      }
      for entry in entries {
        visit(path == "/" ? "/\(entry.name)" : "\(path)/\(entry.name)", depth: depth + 1, known: entry.status)
      }
    default: skipped.append((path, "neither a file nor a folder"))
    }
  }

  /// Of packed logs only those that are listed count.
  private mutating func packed(_ folder: String, _ names: [String], _ depth: Int) {
    packedFolders.append(folder)
    for name in names where !PackFolder.isOwn(name) {
      skipped.append(("\(folder)/\(name)", "it stands among packed logs and is none of them"))
    }
    guard let listed = PackManifest.listed(in: folder) else {
      unreadable.append(
        ("\(folder)/\(PackManifest.fileName)", "it is damaged, or of another version; pack the logs anew"))
      return
    }
    for name in listed { visit("\(folder)/\(name)", depth: depth + 2) }
  }

  private static func modified(_ status: stat) -> Int64 {
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// What to do instead, for an address that is no path.
  private static func remoteReason(_ path: String) -> String? {
    guard let colon = path.firstRange(of: "://") else { return nil }
    switch path[..<colon.lowerBound].lowercased() {
    case "s3":
      return "nothing is fetched from a bucket; copy it first, as with `aws s3 sync`, or pipe it in: "
        + "`aws s3 cp \(path) - | trawl … -`"
    case "gs", "az", "abfs", "abfss", "wasbs", "http", "https":
      return "nothing is fetched; copy it to a file first and name that"
    default: return nil
    }
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private mutating func entries(in folder: String) -> [Entry] {
    guard let entries = FileDiscovery.entries(of: folder) else {
      unreadable.append((folder, FileDiscovery.lastError()))
      return []
    }
    for name in entries.inexact {
      unreadable.append(("\(folder)/\(name)", "the name is not UTF-8; rename the file"))
    }
    return entries.exact
  }

  struct Entry {
    var name: String
    /// Of what a link leads to; nil if the system did not say, or was not asked.
    var status: stat?
  }

  /// What is in a folder in the order of its names, and the names that are no UTF-8; nil if it cannot be read.
  /// A file is looked up in the open folder, which is faster than from the root.
  static func entries(of folder: String, asksStatus: Bool = true) -> (exact: [Entry], inexact: [String])? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var exact: [Entry] = []
    var inexact: [String] = []
    while let entry = readdir(stream) {
      withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
          bytes in
          guard let name = String(validatingCString: bytes) else {
            inexact.append(String(cString: bytes))
            return
          }
          guard name != ".", name != ".." else { return }
          var status = stat()
          let isKnown = asksStatus && fstatat(dirfd(stream), bytes, &status, 0) == 0
          exact.append(Entry(name: name, status: isKnown ? status : nil))
        }
      }
    }
    return (exact.sorted { $0.name.precedes($1.name) }, inexact)
  }

  /// The system's words for the last failed call.
  static func lastError() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    let number = errno
    guard strerror_r(number, &buffer, buffer.count) == 0 || buffer[0] != 0 else { return "error \(number)" }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.lowercased()
  }
}
