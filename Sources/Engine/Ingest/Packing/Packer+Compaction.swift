/// Days that were packed little by little are written anew as few files: each file costs a query its opening, and small
/// ones have dictionaries of their own.
extension Packer {
  /// A day with so many small files is written anew.
  private static let smallFiles = 8
  private static let smallRows = PackedEvents.groupRows / 2

  mutating func compact() throws(ExecutionFailure) {
    for names in smallFilesOfDays() {
      try RunLimits.checkpoint()
      let events: PackedEvents
      do throws(ExecutionFailure) {
        events = try reload(names)
      } catch {
        // The day stays as it is: whoever reads it hears of what is wrong with it.
        try RunLimits.checkpoint()
        continue
      }
      var added: [String: [String]] = [:]
      let owners = SourceOwners(manifest.sources.keys)
      try write(events.files(layout, compression, leavesOut: { _ in false }), owners, &added)
      try replace(names, by: added)
      report.filesJoined += names.count
    }
  }

  /// The small files of each day that has many.
  private func smallFilesOfDays() -> [[String]] {
    let small = manifest.files.filter { $0.value < Packer.smallRows }.keys.sorted { $0.precedes($1) }
    return Dictionary(grouping: small) { FilePath.parts($0).folder }.values
      .filter { $0.count >= Packer.smallFiles }.sorted { $0[0].precedes($1[0]) }
      .map { names in
        var rows = 0
        return names.filter { name in
          rows += manifest.files[name] ?? 0
          return rows <= Packer.reloadedRows
        }
      }
  }
}
