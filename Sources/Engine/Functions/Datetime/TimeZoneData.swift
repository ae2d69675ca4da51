import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The time zones that this machine has data of.
enum TimeZoneData {
  private static let folders = [
    "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/var/db/timezone/zoneinfo",
  ]

  /// Nil on a machine without such data.
  static let folder: String? = folders.first { access("\($0)/Europe/London", R_OK) == 0 }

  private static let known = Mutex<[String: TimeZoneRules?]>([:])

  /// Nil for a name that no zone has.
  static func rules(of name: String) -> TimeZoneRules? {
    if name == "UTC" || name == "GMT" { return .utc }
    if let rules = known.withLock({ $0[name] }) { return rules }
    let rules = isName(name) ? folder.flatMap { TimeZoneRules(contents(of: "\($0)/\(name)")) } : nil
    known.withLock { if $0.count < 10_000 { $0[name] = .some(rules) } }
    return rules
  }

  /// All names, in order.
  static let names: [String] = {
    guard let folder else { return ["GMT", "UTC"] }
    var found: Set<String> = ["GMT", "UTC"]
    collect(in: folder, "", &found)
    return found.sorted { $0.precedes($1) }
  }()

  /// `Europe/London`, `Etc/GMT+3`: a path that stays below the folder.
  private static func isName(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
    return name.utf8.count < 100
      && (parts.first.map { !excluded.contains(String(decoding: $0, as: UTF8.self)) } ?? false)
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy { byte in
            let letter = byte | 0x20
            return (letter >= 0x61 && letter <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
              || [0x5F, 0x2B, 0x2D].contains(byte)
          }
      }
  }

  /// The same zones once more, counted otherwise.
  private static let excluded: Set<String> = ["posix", "right"]

  private static func collect(in folder: String, _ prefix: String, _ found: inout Set<String>) {
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let path = "\(folder)/\(name)"
      guard isName(prefix + name) else { continue }
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        collect(in: path, prefix + name + "/", &found)
      } else if contents(of: path, limit: 4).elementsEqual("TZif".utf8) {
        found.insert(prefix + name)
      }
    }
  }

  private static func contents(of path: String, limit: Int = 1 << 20) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: min(limit, 1 << 14))
    while bytes.count < limit {
      let count = read(file, &block, block.count)
      guard count > 0 else { break }
      bytes += block[..<count]
    }
    return bytes
  }
}
