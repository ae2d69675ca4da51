extension LoadWorker {
  /// Takes lines of text as records; nil if the file holds none of a known layout.
  func walkLines(_ bytes: UnsafeBufferPointer<UInt8>) -> WalkResult? {
    for layout in plan.framing.lines {
      guard let heading = layout.heading(of: bytes) else { continue }
      var reader = layout.reader(of: bytes)
      if heading.isLine { _ = reader.nextRow() }
      let header = heading.names.map { CSVHeader(name: $0) }
      guard header.contains(where: { !plan.slots(named: $0.name).isEmpty || hasColumn($0.name) }) else {
        var result = WalkResult(
          skipped: "lines of text (\(heading.names.prefix(4).joined(separator: ", ")), …)")
        result.keys = heading.names
        return result
      }
      var result = walkRows(of: &reader, header, bytes)
      if result.skipped != nil { result.keys = heading.names }
      return result
    }
    return nil
  }

  /// Takes the rows of a CSV file as records: a cell belongs to the path that its header names, or to the column.
  func walkCSV(_ bytes: UnsafeBufferPointer<UInt8>) -> WalkResult {
    var reader = CSVReader(padded: bytes)
    guard reader.nextRow() else { return WalkResult(skipped: "empty file", isMalformed: true) }
    let header = CSVHeader.cells(of: reader)
    guard !reader.hasTextBehindQuotes,
      header.contains(where: { !plan.slots(named: $0.name).isEmpty || hasColumn($0.name) })
    else {
      return WalkResult(skipped: "neither JSON nor CSV with columns of a known table", isMalformed: true)
    }
    return walkRows(of: &reader, header, bytes)
  }

  /// Takes the rows that a reader has left.
  private func walkRows(
    of reader: inout CSVReader, _ header: [CSVHeader], _ bytes: UnsafeBufferPointer<UInt8>
  ) -> WalkResult {
    var result = WalkResult()
    var checked = 0
    let slots = header.map { plan.slots(named: $0.name) }
    while !isStopped, reader.nextRow() {
      if reader.rowStart &- checked > 1 << 20 {
        checked = reader.rowStart
        check()
      }
      beginRecord()
      scanner.reset()
      if reader.cellCount != header.count || reader.isCutOff || reader.hasTextBehindQuotes {
        let reason =
          reader.isCutOff
          ? "a quoted cell is not closed"
          : reader.hasTextBehindQuotes
            ? "text stands behind the quotes of a cell"
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
      let row = FieldValue(kind: .string, start: start, count: reader.textEnd - reader.rowStart)
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
      result.isEmptyTable = takesAll && result.unrecognised == 0
      result.skipped =
        result.unrecognised == 0
        ? "CSV without rows" : "neither JSON nor CSV with columns of a known table (header: \(names))"
    }
    return result
  }
}

/// A cell of a CSV header: a name, perhaps with a type behind a colon.
package struct CSVHeader: Hashable, Sendable {
  package var name: String
  package var type: DataType?

  /// The header that a reader stands at. Each name is there once: what repeats `name` is `name_2`, `name_3`, ….
  static func cells(of reader: CSVReader) -> [CSVHeader] {
    var cells = (0..<reader.cellCount).map { CSVHeader(reader.text($0)) }
    var taken = Set(cells.map(\.name))
    guard taken.count < cells.count else { return cells }
    var seen: [String: Int] = [:]
    for index in cells.indices {
      let name = cells[index].name
      var number = seen[name, default: 0] + 1
      if number > 1 {
        while taken.contains("\(name)_\(number)") { number += 1 }
        cells[index].name = "\(name)_\(number)"
        taken.insert(cells[index].name)
      }
      seen[name] = number
    }
    return cells
  }

  init(name: String) { self.name = name }

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
