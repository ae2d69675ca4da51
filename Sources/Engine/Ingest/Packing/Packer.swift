import Diagnostics

/// Packs the events of a log into a folder of Parquet files by day, and keeps it up to date: a file of logs is read again
/// only if it changed. What was packed stays when its file of logs is gone.
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
    package var totalEvents = 0
    package var totalFiles = 0
    package var bytes = 0
    /// Files of logs that were damaged when they were packed, and have not changed since.
    package var knownTrouble: [(path: String, reason: String)] = []
    package var leftovers = 0

    package init() {}
  }

  private let folder: String
  private let source: LogSource
  private let layout: PackLayout
  private let options: LoadOptions
  private var manifest = PackManifest()
  private var report = Report()

  package init(to folder: String, source: LogSource, layout: PackLayout, options: LoadOptions) {
    self.folder = folder
    self.source = source
    self.layout = layout
    self.options = options
  }

  package mutating func run(_ paths: [String]) throws(ExecutionFailure) -> Report {
    let lock = try open()
    defer { DurableWriting.unlock(lock) }
    let found = discover(paths)
    report.load.filesFound = found.files.count
    report.load.skipped = found.skipped
    report.load.unreadable = found.unreadable
    let (changed, gone) = compare(found)
    report.sourcesGone = gone
    var batch: [LogFile] = []
    var bytes = 0
    for file in changed {
      let size = Packer.unpackedSize(file)
      if !batch.isEmpty, bytes + size > Packer.batchBytes {
        try pack(batch, found)
        (batch, bytes) = ([], 0)
      }
      batch.append(file)
      bytes += size
    }
    if !batch.isEmpty { try pack(batch, found) }
    report.totalEvents = manifest.files.values.reduce(0, +)
    report.totalFiles = manifest.files.count
    return report
  }

  private func failed(_ what: String, _ reason: String, suggestion: Advice? = nil) -> ExecutionFailure {
    ExecutionFailure("pack-failed", "\(what): \(reason)", suggestion: suggestion)
  }

  // MARK: - The folder

  /// Makes the folder ready and holds it.
  private mutating func open() throws(ExecutionFailure) -> Int32 {
    var built = folder.hasPrefix("/") ? "" : "."
    for part in folder.split(separator: "/") {
      built += "/\(part)"
      if let reason = DurableWriting.makeFolder(built) { throw failed("`\(built)` cannot be made", reason) }
    }
    switch PackManifest.read(folder) {
    case .found(let known):
      guard known.table == source.name else {
        throw failed("`\(folder)` holds packed logs of another table", "`\(known.table)`")
      }
      manifest = known
    case .damaged:
      throw failed(
        "`\(folder)/\(PackManifest.fileName)` cannot be read", "it is damaged, or of another version",
        suggestion: "remove the folder and pack anew")
    case .missing:
      let others = DurableWriting.names(in: folder).filter {
        $0 != ".trawl-pack.lock" && $0 != ".\(PackManifest.fileName).new"
      }
      guard others.isEmpty else {
        throw failed(
          "`\(folder)` is no folder of packed logs", "it holds `\(others[0])`",
          suggestion: "name an empty folder")
      }
      manifest.table = source.name
    }
    guard let lock = DurableWriting.lock(folder) else {
      throw failed("`\(folder)` cannot be written to", "another pack is at work there, or it is read-only")
    }
    try commit(removing: [])
    removeLeftovers()
    return lock
  }

  /// Removes what an earlier run wrote and did not list.
  private mutating func removeLeftovers() {
    for day in DurableWriting.names(in: folder) where day.hasPrefix("day=") {
      for name in DurableWriting.names(in: "\(folder)/\(day)") {
        let isDraft = name.hasPrefix(".part-") && name.hasSuffix(".new")
        let isPart = name.hasPrefix("part-") && name.hasSuffix(".parquet")
        guard isDraft || isPart && manifest.files["\(day)/\(name)"] == nil else { continue }
        DurableWriting.remove("\(folder)/\(day)/\(name)")
        report.leftovers += 1
      }
    }
  }

  /// Writes the manifest, behind everything that it lists.
  private func commit(removing old: [String]) throws(ExecutionFailure) {
    let path = "\(folder)/\(PackManifest.fileName)"
    if let reason = DurableWriting.write(manifest.document, to: path) {
      throw failed("`\(path)` cannot be written", reason)
    }
    for name in old { DurableWriting.remove("\(folder)/\(name)") }
  }

  // MARK: - What changed

  private func discover(_ paths: [String]) -> FileDiscovery {
    var found = FileDiscovery.files(below: paths)
    let own = DurableWriting.resolved(folder) ?? folder
    // What has no name by which it is known again would be packed each time.
    found.refusePipes("what comes through a pipe is not packed; save it to a file first")
    found.leaveOut { path in (DurableWriting.resolved(path) ?? path).hasPrefix(own + "/") }
    return found
  }

  private func key(_ file: LogFile) -> String { DurableWriting.resolved(file.path) ?? file.path }

  private mutating func compare(_ found: FileDiscovery) -> (changed: [LogFile], gone: Int) {
    var changed: [LogFile] = []
    var seen: Set<String> = []
    // A packed file that is lost takes its sources along.
    var lost: Set<String> = []
    for name in manifest.files.keys where ParquetInput(path: "\(folder)/\(name)") == nil { lost.insert(name) }
    for file in found.files {
      let key = key(file)
      seen.insert(key)
      guard var known = manifest.sources[key], known.size == file.size, lost.isDisjoint(with: known.files)
      else {
        changed.append(file)
        continue
      }
      if known.modified != file.modified {
        guard Packer.checksum(file.path) == known.checksum else {
          changed.append(file)
          continue
        }
        known.modified = file.modified
        manifest.sources[key] = known
      }
      report.sourcesUnchanged += 1
      if let trouble = known.trouble { report.knownTrouble.append((file.path, trouble)) }
    }
    for name in lost { manifest.files[name] = nil }
    return (changed, manifest.sources.keys.filter { !seen.contains($0) }.count)
  }

  private static func unpackedSize(_ file: LogFile) -> Int {
    let isPacked = [".gz", ".zst", ".zip", ".bz2", ".xz"].contains { file.path.hasSuffix($0) }
    return isPacked ? file.size &* 12 : file.size
  }

  /// Of all bytes of a file.
  private static func checksum(_ path: String) -> Int64 {
    let buffer = PaddedBuffer()
    let crc = CRC32()
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    var start = 0
    while true {
      guard FileReading.load(path, range: start..<start + (4 << 20), into: buffer) == nil, buffer.count > 0
      else { break }
      sum = (sum ^ UInt64(crc.checksum(buffer.base, count: buffer.count))) &* 0x100_0000_01B3
      if buffer.count < 4 << 20 { break }
      start += buffer.count
    }
    return Int64(bitPattern: sum >> 1)
  }

  // MARK: - Packing

  private func load(_ files: FileDiscovery) -> (events: PackedEvents?, report: LoadReport) {
    var options = options
    options.accountsForFiles = true
    let request = LoadRequest(source: source, fields: PackedEvents.fields(source))
    let (tables, report) = Engine.load(files, requests: [request], options: options)
    return (tables.first.flatMap { PackedEvents($0) }, report)
  }

  private mutating func pack(_ batch: [LogFile], _ found: FileDiscovery) throws(ExecutionFailure) {
    try RunLimits.checkpoint()
    let (events, loaded) = load(FileDiscovery(known: batch))
    if let stopped = loaded.stopped { throw stopped }
    report.load.add(loaded)
    // Nothing of a file that could not be read is known.
    let unreadable = Set(loaded.unreadable.map(\.path))
    var written: [PackedEvents.File] = events?.files(layout) { _ in false } ?? []
    var removed: [String] = []
    let again = batch.compactMap { file in manifest.sources[key(file)].map { (file, $0) } }
    let stale = Set(again.filter { !unreadable.contains($0.0.path) }.flatMap(\.1.files))
      .filter { manifest.files[$0] != nil }
    let names = again.map(\.1.name)
    if !stale.isEmpty {
      let packed = FileDiscovery(known: stale.sorted().map { LogFile(path: "\(folder)/\($0)", size: 0) })
      let (kept, read) = load(packed)
      guard let kept, read.damaged.isEmpty, read.unreadable.isEmpty, read.stopped == nil else {
        throw failed(
          "`\(folder)` cannot be brought up to date", "a packed file is damaged",
          suggestion: "remove the folder and pack anew")
      }
      written += kept.files(layout) { source in names.contains { source == $0 || source.hasPrefix($0 + "/") }
      }
      removed = stale.sorted()
    }
    var added: [(name: String, sources: Set<String>)] = []
    for file in written {
      let name = try write(file)
      manifest.files[name] = file.rows
      added.append((name, file.sources))
    }
    for name in removed { manifest.files[name] = nil }
    update(batch, loaded, events?.counts() ?? [:], unreadable, added, removed: Set(removed))
    try commit(removing: removed)
    report.events += events?.count ?? 0
    report.filesWritten += written.count
  }

  private mutating func write(_ file: PackedEvents.File) throws(ExecutionFailure) -> String {
    if let reason = DurableWriting.makeFolder("\(folder)/\(file.day)") {
      throw failed("`\(folder)/\(file.day)` cannot be made", reason)
    }
    let digits = String(manifest.next)
    let name = "\(file.day)/part-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits).parquet"
    manifest.next += 1
    if let reason = DurableWriting.write(file.bytes, to: "\(folder)/\(name)") {
      throw failed("`\(folder)/\(name)` cannot be written", reason)
    }
    report.bytes += file.bytes.count
    return name
  }

  private mutating func update(
    _ batch: [LogFile], _ loaded: LoadReport, _ counts: [String: Int], _ unreadable: Set<String>,
    _ added: [(name: String, sources: Set<String>)], removed: Set<String>
  ) {
    let damaged = Set(loaded.damaged.map(\.path))
    func belongs(_ source: String, _ name: String) -> Bool { source == name || source.hasPrefix(name + "/") }
    for file in batch where !unreadable.contains(file.path) {
      let trouble = loaded.files.first {
        belongs($0.path, file.path) && ($0.rejected > 0 || damaged.contains($0.path))
      }
      manifest.sources[key(file)] = PackManifest.Source(
        name: file.path, size: file.size, modified: file.modified, checksum: Packer.checksum(file.path),
        events: counts.reduce(0) { belongs($1.key, file.path) ? $0 + $1.value : $0 }, files: [],
        trouble: trouble.map { $0.trouble.first ?? "\($0.rejected) events could not be read" })
      report.sourcesRead += 1
    }
    for (path, source) in manifest.sources {
      var files = source.files.filter { !removed.contains($0) }
      files += added.filter { part in part.sources.contains { belongs($0, source.name) } }.map(\.name)
      if files != source.files { manifest.sources[path]?.files = files.uniquedNames }
    }
  }
}

extension [String] {
  fileprivate var uniquedNames: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}

extension LoadReport {
  /// Adds what another load did.
  mutating func add(_ other: LoadReport) {
    filesRead += other.filesRead
    storedBytes += other.storedBytes
    bytes += other.bytes
    skipped += other.skipped
    unreadable += other.unreadable
    damaged += other.damaged
    filesWithoutBeginning += other.filesWithoutBeginning
    limited += other.limited
    eventsRead += other.eventsRead
    for (name, count) in other.eventsBySource { eventsBySource[name, default: 0] += count }
    otherRecords += other.otherRecords
    rejected += other.rejected
    firstRejected = firstRejected ?? other.firstRejected
    if let time = other.earliest { earliest = min(earliest ?? time, time) }
    if let time = other.latest, time > latest ?? .min { (latest, newestFile) = (time, other.newestFile) }
    eventsWithoutTime += other.eventsWithoutTime
    filesWithoutTimes += other.filesWithoutTimes
    notes += other.notes
    days.add(other.days)
  }
}
