import Diagnostics

/// Packs the events of a log into a folder of Parquet files by day, and keeps it up to date: a file of logs is read again
/// only if it changed. What was packed stays when its file of logs is gone, or cannot be read any more.
///
/// A file of logs is known by its resolved path, however it was named, and rows carry that path.
///
/// A run that does not come to its end leaves the folder as it was before the last batch: packed files are written under
/// new names, then the manifest that lists them, and only then are those removed that it lists no more.
package struct Packer {
  /// Bytes of logs, unpacked, that are in memory at a time.
  private static let batchBytes = 192 << 20

  package struct Report: Sendable {
    package var load = LoadReport()
    package var events = 0
    package var sourcesRead = 0
    package var sourcesUnchanged = 0
    package var sourcesGone = 0
    package var filesWritten = 0
    /// Small packed files that larger ones took the place of.
    package var filesJoined = 0
    package var totalEvents = 0
    package var totalFiles = 0
    package var bytes = 0
    /// Files of logs that were damaged when they were packed, and have not changed since.
    package var knownTrouble: [(path: String, reason: String)] = []
    /// Files of logs that have changed and cannot be read, or not as far as before: what was packed of them stays.
    package var kept: [(path: String, reason: String)] = []
    /// Files of logs that are gone, and a packed file with events of theirs too.
    package var lost: [(path: String, reason: String)] = []
    package var leftovers = 0
    /// What was left undone, and why: everything is packed all the same.
    package var notes: [ExecutionFailure] = []

    package init() {}
  }

  let folder: String
  private let source: LogSource
  let layout: PackLayout
  let compression: ParquetCompression
  private let options: LoadOptions
  var manifest = PackManifest()
  var report = Report()
  private var written = PackManifest()

  package init(
    to folder: String, source: LogSource, layout: PackLayout, _ compression: ParquetCompression,
    options: LoadOptions
  ) {
    self.compression = compression
    self.folder = folder
    self.source = source
    self.layout = layout
    self.options = options
  }

  package mutating func run(_ paths: [String]) throws(ExecutionFailure) -> Report {
    let lock = try open()
    let found = discover(paths)
    report.load.filesFound = found.files.count
    report.load.skipped = found.skipped
    report.load.unreadable = found.unreadable
    var batch: [LogFile] = []
    var bytes = 0
    for file in try compare(found) {
      let size = Packer.unpackedSize(file)
      if !batch.isEmpty, bytes + size > Packer.batchBytes {
        try pack(batch)
        (batch, bytes) = ([], 0)
      }
      batch.append(file)
      bytes += size
    }
    if !batch.isEmpty { try pack(batch) }
    if manifest != written { try commit(removing: []) }
    try compact()
    report.totalEvents = manifest.files.values.reduce(0, +)
    report.totalFiles = manifest.files.count
    withExtendedLifetime(lock) {}
    return report
  }

  func failed(_ what: String, _ reason: String, suggestion: Advice? = nil) -> ExecutionFailure {
    ExecutionFailure("pack-failed", "\(what): \(reason)", suggestion: suggestion)
  }

  // MARK: - The folder

  /// Makes the folder ready and holds it. What it holds is read only then: another pack may be at work before.
  private mutating func open() throws(ExecutionFailure) -> PackFolder.Lock {
    var built = folder.hasPrefix("/") ? "" : "."
    for part in folder.split(separator: "/") {
      built += "/\(part)"
      if let reason = PackFolder.make(built) { throw failed("`\(built)` cannot be made", reason) }
    }
    // Nothing is written to a folder of other files, not even a lock.
    let names = PackFolder.names(in: folder)
    if !names.contains(PackManifest.fileName), let other = names.first(where: { !$0.hasPrefix(".") }) {
      throw failed(
        "`\(folder)` is no folder of packed logs", "it holds `\(other)`", suggestion: "name an empty folder")
    }
    let lock: PackFolder.Lock
    switch PackFolder.lock(folder) {
    case .held(let held): lock = held
    case .busy: throw failed("`\(folder)` cannot be written to", "another pack is at work there")
    case .failed(let reason): throw failed("`\(folder)` cannot be written to", reason)
    }
    switch PackManifest.read(folder) {
    case .found(let known):
      guard known.table == source.name else {
        throw failed("`\(folder)` holds packed logs of another table", "`\(known.table)`")
      }
      manifest = known
      written = known
    case .damaged:
      throw failed(
        "`\(folder)/\(PackManifest.fileName)` cannot be read", "it is damaged, or of another version",
        suggestion: "remove the folder and pack anew")
    case .missing:
      manifest.table = source.name
      try commit(removing: [])
    }
    removeLeftovers()
    return lock
  }

  /// Removes what an earlier run wrote and did not list.
  private mutating func removeLeftovers() {
    for day in PackFolder.names(in: folder) where day.hasPrefix("day=") {
      for name in PackFolder.names(in: "\(folder)/\(day)") {
        let isDraft = name.hasPrefix(".part-") && name.hasSuffix(".new")
        let isPart = name.hasPrefix("part-") && name.hasSuffix(".parquet")
        guard isDraft || isPart && manifest.files["\(day)/\(name)"] == nil else { continue }
        PackFolder.remove("\(folder)/\(day)/\(name)")
        report.leftovers += 1
      }
    }
  }

  /// Writes the manifest, behind everything that it lists.
  mutating func commit(removing old: [String]) throws(ExecutionFailure) {
    let path = "\(folder)/\(PackManifest.fileName)"
    if let reason = FileWriting.replaceDurably(path, with: manifest.document) {
      throw failed("`\(path)` cannot be written", reason)
    }
    written = manifest
    for name in old { PackFolder.remove("\(folder)/\(name)") }
  }

  // MARK: - What changed

  private func discover(_ paths: [String]) -> FileDiscovery {
    var found = FileDiscovery.files(below: paths)
    let own = FilePath.resolved(folder) ?? folder
    let packed = found.packedFolders.compactMap { FilePath.resolved($0) }.filter { $0 != own }
    // What has no name by which it is known again would be packed each time.
    found.refuse { file in
      file.inode == 0 ? "what comes through a pipe is not packed; save it to a file first" : nil
    }
    found.rename { file in
      let path = FilePath.resolved(file.path) ?? file.path
      return path.hasPrefix(own + "/") ? nil : path
    }
    var seen: Set<String> = []
    found.refuse { file in
      if packed.contains(where: { file.path.hasPrefix($0 + "/") }) {
        return "it is packed already; name the logs that it was made of"
      }
      return seen.insert(file.path).inserted
        ? nil : "its name is written like that of another file; rename it"
    }
    return found
  }

  /// The files that are to be read.
  private mutating func compare(_ found: FileDiscovery) throws(ExecutionFailure) -> [LogFile] {
    try dropMissing()
    var changed: [LogFile] = []
    for file in found.files {
      guard var known = manifest.sources[file.path], known.size == file.size, isWhole(known) else {
        changed.append(file)
        continue
      }
      if known.modified != file.modified {
        guard let sum = Packer.checksum(file.path), sum == known.checksum else {
          changed.append(file)
          continue
        }
        known.modified = file.modified
        manifest.sources[file.path] = known
      }
      report.sourcesUnchanged += 1
      if let trouble = known.trouble { report.knownTrouble.append((file.path, trouble)) }
    }
    let seen = Set(found.files.map(\.path))
    for (path, known) in manifest.sources.sorted(by: { $0.key.precedes($1.key) }) where !seen.contains(path) {
      report.sourcesGone += 1
      if isWhole(known) { continue }
      manifest.sources[path]?.files.removeAll { manifest.files[$0] == nil }
      report.lost.append((path, "it is not there any more, nor is a packed file with events of it"))
    }
    return changed
  }

  /// Whether all packed files with events of a file of logs are there.
  private func isWhole(_ known: PackManifest.Source) -> Bool {
    known.files.allSatisfy { manifest.files[$0] != nil }
  }

  /// Packed files that are gone are made anew of their sources.
  private mutating func dropMissing() throws(ExecutionFailure) {
    for name in manifest.files.keys.sorted(by: { $0.precedes($1) }) {
      let path = "\(folder)/\(name)"
      if ParquetInput(path: path) != nil { continue }
      guard FilePath.isMissing(path) else {
        throw failed(
          "`\(path)` cannot be read", "it is damaged, or may not be read",
          suggestion: "make it readable, or remove it and pack again: what it was made of is read anew")
      }
      manifest.files[name] = nil
    }
  }

  private static func unpackedSize(_ file: LogFile) -> Int {
    Packing.isCompressed(file.path) ? file.size &* 12 : file.size
  }

  /// Of all bytes of a file; nil if it cannot be read.
  static func checksum(_ path: String) -> Int64? {
    let buffer = PaddedBuffer()
    let crc = CRC32()
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    var start = 0
    while true {
      if FileReading.load(path, range: start..<start + (4 << 20), into: buffer) != nil { return nil }
      if buffer.count == 0 { break }
      sum = (sum ^ UInt64(crc.checksum(buffer.base, count: buffer.count))) &* 0x100_0000_01B3
      if buffer.count < 4 << 20 { break }
      start += buffer.count
    }
    return Int64(bitPattern: sum >> 1)
  }

  /// - Parameter isPacked: rows are of the files of logs that they were packed from.
  func load(_ files: [LogFile], isPacked: Bool) -> (events: PackedEvents?, report: LoadReport) {
    var options = options
    options.accountsForFiles = true
    options.readsPackedSources = isPacked
    let request = LoadRequest(source: source, fields: PackedEvents.fields(source))
    let (tables, report) = Engine.load(FileDiscovery(known: files), requests: [request], options: options)
    return (tables.first.flatMap { PackedEvents($0) }, report)
  }
}
