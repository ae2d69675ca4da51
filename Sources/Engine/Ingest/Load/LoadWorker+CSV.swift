extension LoadWorker {
  /// Takes the rows of a CSV file as records: a cell belongs to the path that its header names, or to the column.
  func walkCSV(_ bytes: UnsafeBufferPointer<UInt8>) -> WalkResult {
    var result = WalkResult()
    var reader = CSVReader(padded: bytes)
    guard reader.nextRow() else { return WalkResult(skipped: "empty file") }
    let header = (0..<reader.cellCount).map { CSVHeader(reader.text($0)) }
    let slots = header.map { self.slots(named: $0.name) }
    guard slots.contains(where: { !$0.isEmpty }) || header.contains(where: { hasColumn($0.name) }) else {
      return WalkResult(skipped: "neither JSON nor CSV with columns of a known table")
    }
    while reader.nextRow() {
      beginRecord()
      scanner.reset()
      if reader.cellCount != header.count || reader.isCutOff {
        let reason =
          reader.isCutOff
          ? "a quoted cell is not closed"
          : "the row has \(reader.cellCount) cells, the header \(header.count)"
        if reader.cellCount == 1, reader.cell(0).allSatisfy(JSONBytes.isBlank) { continue }
        result.rejected += 1
        reject(reason: reason, offset: reader.rowStart)
        continue
      }
      for (cell, targets) in slots.enumerated() {
        let text = reader.cell(cell)
        guard let start = text.baseAddress else { continue }
        for slot in targets { scanner.set(slot, FieldValue(kind: .string, start: start, count: text.count)) }
      }
      for targets in slots { for slot in targets { _ = see(slot) } }
      let start =
        bytes.baseAddress.map { $0 + reader.rowStart } ?? UnsafePointer(PaddedBuffer(capacity: 0).base)
      let row = FieldValue(kind: .string, start: start, count: reader.rowEnd - reader.rowStart)
      switch finish(row) {
      case .kept, .dropped: result.taken += 1
      case .unrecognised: result.unrecognised += 1
      }
      if isPartlyMalformed, result.damage == nil {
        result.damage = WalkResult.Damage(reason: WalkResult.Damage.malformedInside, offset: reader.rowStart)
      }
    }
    if result.taken == 0, result.rejected == 0 {
      let names = header.prefix(4).map(\.name).joined(separator: ", ")
      result.skipped =
        result.unrecognised == 0
        ? "CSV without rows" : "neither JSON nor CSV with columns of a known table (header: \(names))"
    }
    return result
  }

  private func slots(named name: String) -> [Int] {
    var found = plan.paths.indices.filter { slot in
      FieldPath.field(plan.paths[slot]).description == name || plan.paths[slot] == [.key(name)]
    }
    for request in plan.requests {
      for column in request.columns where column.field.name == name {
        guard let slot = column.slots.first, !found.contains(slot) else { continue }
        if column.slots.contains(where: found.contains) { continue }
        found.append(slot)
      }
    }
    return found
  }
}

/// A cell of a CSV header: a name, perhaps with a type behind a colon.
package struct CSVHeader: Hashable, Sendable {
  package var name: String
  package var type: DataType?

  package init(_ text: String) {
    let trimmed = text.drop { $0 == " " }
    if let colon = trimmed.lastIndex(of: ":"),
      let type = DataType(rawValue: String(trimmed[trimmed.index(after: colon)...]))
    {
      name = String(trimmed[..<colon])
      self.type = type
    } else {
      name = String(trimmed)
    }
  }
}
