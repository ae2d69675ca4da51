import Diagnostics

/// One batch of files of logs: read, written, and put in the place of what was packed of them before.
extension Packer {
  /// Rows of packed files that are in memory at a time when they are written anew.
  static let reloadedRows = 1 << 20

  /// What the files of a batch came to, by their paths.
  private struct Batch {
    var counts: [String: Int] = [:]
    var trouble: [String: String] = [:]
    /// The same, and why there is no event in them.
    var remarks: [String: String] = [:]
    /// Nothing of these is known.
    var unreadable: Set<String>
    let owners: SourceOwners

    init(_ events: PackedEvents?, _ loaded: LoadReport, _ owners: SourceOwners) {
      self.owners = owners
      unreadable = Set(loaded.unreadable.map(\.path))
      for (name, count) in events?.counts() ?? [:] {
        if let owner = owners.owner(of: name) { counts[owner, default: 0] += count }
      }
      let damaged = Set(loaded.damaged.map(\.path)).union(unreadable)
      for file in loaded.files {
        let isDamaged = file.rejected > 0 || damaged.contains(file.path)
        guard isDamaged || !file.trouble.isEmpty, let owner = owners.owner(of: file.path) else { continue }
        let reason = file.trouble.first ?? "\(file.rejected) events could not be read"
        if isDamaged { trouble[owner] = trouble[owner] ?? reason }
        remarks[owner] = remarks[owner] ?? reason
      }
    }
  }

  mutating func pack(_ files: [LogFile]) throws(ExecutionFailure) {
    try RunLimits.checkpoint()
    // Before they are read: what changes in between is read again by the next run.
    let sums = files.map { Packer.checksum($0.path) ?? 0 }
    let (events, loaded) = load(files, isPacked: false)
    if let stopped = loaded.stopped { throw stopped }
    let owners = SourceOwners(Array(manifest.sources.keys) + files.map(\.path))
    let batch = Batch(events, loaded, owners)
    let staying = Set(files.map(\.path).filter { stays($0, batch) })
    let replaced = Set(files.map(\.path)).subtracting(staying)
    // Of those that stay it is said why, and nothing of them is packed.
    var said = loaded
    said.damaged.removeAll { owners.owner(of: $0.path).map(staying.contains) ?? false }
    report.load.add(said)

    var added: [String: [String]] = [:]
    func isOut(_ paths: Set<String>) -> (String) -> Bool {
      { name in owners.owner(of: name).map(paths.contains) ?? false }
    }
    try write(events?.files(layout, compression, leavesOut: isOut(staying)) ?? [], owners, &added)
    let stale = Set(replaced.flatMap { manifest.sources[$0]?.files ?? [] })
      .filter { manifest.files[$0] != nil }.sorted { $0.precedes($1) }
    for names in groups(of: stale) {
      try write(try reload(names).files(layout, compression, leavesOut: isOut(replaced)), owners, &added)
    }
    for (file, sum) in zip(files, sums) where replaced.contains(file.path) {
      let count = batch.counts[file.path] ?? 0
      manifest.sources[file.path] = PackManifest.Source(
        size: file.size, modified: file.modified, checksum: sum, events: count, files: [],
        trouble: batch.trouble[file.path])
      report.sourcesRead += 1
      report.events += count
    }
    try replace(stale, by: added)
  }

  /// Gives packed files up for others.
  ///
  /// - Parameter added: these, by each file of logs that they hold events of.
  mutating func replace(_ stale: [String], by added: [String: [String]]) throws(ExecutionFailure) {
    let gone = Set(stale)
    for name in stale { manifest.files[name] = nil }
    for (path, known) in manifest.sources {
      let now = (known.files.filter { !gone.contains($0) } + (added[path] ?? [])).uniqued
      if now != known.files { manifest.sources[path]?.files = now }
    }
    try commit(removing: stale)
  }

  /// Whether what was packed of a file before stays, as it cannot be read now, or gives less than it did.
  private mutating func stays(_ path: String, _ batch: Batch) -> Bool {
    let isUnreadable = batch.unreadable.contains(path)
    guard let known = manifest.sources[path], known.events > 0 else { return isUnreadable }
    let count = batch.counts[path] ?? 0
    // What was cut off or emptied, or is being written anew, is no reason to give up events.
    guard isUnreadable || count == 0 || batch.trouble[path] != nil && count < known.events else {
      return false
    }
    keep(path, batch.remarks[path] ?? "there is no event in it any more", known)
    return true
  }

  private mutating func keep(_ path: String, _ trouble: String, _ known: PackManifest.Source) {
    let isWhole = known.files.allSatisfy { manifest.files[$0] != nil }
    report.kept.append((path, isWhole ? trouble : "\(trouble); a packed file with events of it is gone too"))
  }

  // MARK: - Packed files

  /// Packed files that are read together.
  func groups(of names: [String]) -> [[String]] {
    var groups: [[String]] = []
    var rows = 0
    for name in names {
      let count = manifest.files[name] ?? 0
      if groups.isEmpty || rows + count > Packer.reloadedRows {
        groups.append([])
        rows = 0
      }
      groups[groups.count - 1].append(name)
      rows += count
    }
    return groups
  }

  /// All events of packed files. What is put in their place would lack what could not be read.
  func reload(_ names: [String]) throws(ExecutionFailure) -> PackedEvents {
    let (events, read) = load(names.map { LogFile(path: "\(folder)/\($0)", size: 0) }, isPacked: true)
    if let stopped = read.stopped { throw stopped }
    if let limited = read.limited.first {
      throw .limit(
        "memory-limit", "`\(folder)` cannot be brought up to date: `\(limited.path)`: \(limited.reason)",
        suggestion: "\(Remedy.memoryLimit) sets another limit")
    }
    let rows = names.reduce(0) { $0 + (manifest.files[$1] ?? 0) }
    if let events, events.count == rows { return events }
    let place = read.unreadable.first ?? read.damaged.first.map { ($0.path, $0.reason) }
    let reason = place.map { "`\($0.path)` is damaged: \($0.reason)" }
    throw failed(
      "`\(folder)` cannot be brought up to date",
      reason ?? "of \(rows) packed events \(events?.count ?? 0) can be read",
      suggestion: "remove the damaged file and pack again: what it was made of is read anew")
  }

  mutating func write(
    _ files: [PackedEvents.File], _ owners: SourceOwners, _ added: inout [String: [String]]
  ) throws(ExecutionFailure) {
    for file in files {
      if let reason = PackFolder.make("\(folder)/\(file.day)") {
        throw failed("`\(folder)/\(file.day)` cannot be made", reason)
      }
      let digits = String(manifest.next)
      let zeros = String(repeating: "0", count: max(0, 6 - digits.count))
      let name = "\(file.day)/part-\(zeros)\(digits).parquet"
      manifest.next += 1
      if let reason = FileWriting.replaceDurably("\(folder)/\(name)", with: file.bytes) {
        throw failed("`\(folder)/\(name)` cannot be written", reason)
      }
      report.bytes += file.bytes.count
      report.filesWritten += 1
      manifest.files[name] = file.rows
      for path in Set(file.sources.compactMap { owners.owner(of: $0) }) {
        added[path, default: []].append(name)
      }
    }
  }
}
