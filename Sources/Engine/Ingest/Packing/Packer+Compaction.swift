import Diagnostics

/// Days that were packed little by little are written anew as few files: each file costs a query its opening, and small
/// ones have dictionaries of their own.
///
/// Everything is packed by then: what goes wrong here leaves the folder as it is, and is noted.
extension Packer {
  /// A day with so many small files is written anew.
  private static let smallFiles = 8
  private static let smallRows = PackedEvents.groupRows / 2

  mutating func compact() throws(ExecutionFailure) {
    let before = (manifest: manifest, report: report)
    var joined: [String] = []
    var added: [String: [String]] = [:]
    var notes: [ExecutionFailure] = []
    do throws(ExecutionFailure) {
      try join(&joined, &added, &notes)
    } catch {
      // No manifest lists these yet.
      for name in manifest.files.keys where before.manifest.files[name] == nil {
        PackFolder.remove("\(folder)/\(name)")
      }
      return try leave(before, notes + [error])
    }
    report.notes += notes
    if joined.isEmpty { return }
    report.filesJoined += joined.count
    do throws(ExecutionFailure) {
      try replace(joined, by: added)
    } catch {
      try leave(before, notes + [error])
    }
  }

  /// Writes new files for the small ones of each day that has many.
  private mutating func join(
    _ joined: inout [String], _ added: inout [String: [String]], _ notes: inout [ExecutionFailure]
  ) throws(ExecutionFailure) {
    let owners = SourceOwners(manifest.sources.keys)
    for names in smallFilesOfDays().flatMap({ groups(of: $0) }) where names.count > 1 {
      try RunLimits.checkpoint()
      let events: PackedEvents
      do throws(ExecutionFailure) {
        events = try reload(names)
      } catch {
        // These stay as they are.
        try RunLimits.checkpoint()
        notes.append(error)
        continue
      }
      try write(events.files(layout, compression, leavesOut: { _ in false }), owners, &added)
      joined += names
    }
  }

  /// Takes everything back. Only whoever does not wait any more is not told that all is packed.
  private mutating func leave(
    _ before: (manifest: PackManifest, report: Report), _ notes: [ExecutionFailure]
  ) throws(ExecutionFailure) {
    (manifest, report) = before
    report.notes += notes
    if let cancelled = notes.first(where: { $0.kind == .cancelled }) { throw cancelled }
  }

  /// The small files of each day that has many.
  private func smallFilesOfDays() -> [[String]] {
    let small = manifest.files.filter { $0.value < Packer.smallRows }.keys.sorted { $0.precedes($1) }
    return Dictionary(grouping: small) { FilePath.parts($0).folder }.values
      .filter { $0.count >= Packer.smallFiles }.sorted { $0[0].precedes($1[0]) }
  }
}
