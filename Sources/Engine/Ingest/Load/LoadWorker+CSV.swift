extension LoadWorker {
  func lines(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> WalkResult? {
    walkLines(bytes, at: offset)
  }

  /// Takes lines of text as records; nil if the file holds none of a known layout.
  ///
  /// - Parameter offset: where they stand in the file.
  func walkLines(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int = 0) -> WalkResult? {
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
      var result = walkRows(of: &reader, header, bytes, at: offset)
      if result.skipped != nil { result.keys = heading.names }
      return result
    }
    return nil
  }

  /// Takes the rows of a CSV file as records: a cell belongs to the path that its header names, or to the column. Rows of
  /// a known form are written anew, and cells with the text of a record are walked.
  func walkCSV(_ bytes: UnsafeBufferPointer<UInt8>) -> WalkResult {
    guard var reader = CSVReader.atHeader(of: bytes) else {
      return WalkResult(skipped: "empty file", isMalformed: true)
    }
    let written = (0..<reader.cellCount).map { reader.text($0) }
    var header = CSVHeader.cells(of: reader)
    for index in header.indices where plan.slots(named: header[index].name).isEmpty {
      header[index].name = RowForm.plainName(header[index].name)
    }
    let start = reader.rowStart
    let isKnown = header.contains { !plan.slots(named: $0.name).isEmpty || hasColumn($0.name) }
    if !takesAll, !reader.hasTextBehindQuotes,
      let result = walkCarried(&reader, header, written, bytes, start, isKnown)
    {
      return result
    }
    guard !reader.hasTextBehindQuotes, isKnown else {
      return WalkResult(skipped: "neither JSON nor CSV with columns of a known table", isMalformed: true)
    }
    return walkRows(of: &reader, header, bytes, repeating: takesAll ? [] : written)
  }

  /// Takes the rows that a reader has left.
  ///
  /// - Parameter written: the cells of a header that is no row where it comes again.
  private func walkRows(
    of reader: inout CSVReader, _ header: [CSVHeader], _ bytes: UnsafeBufferPointer<UInt8>,
    at offset: Int = 0,
    repeating written: [String] = []
  ) -> WalkResult {
    var result = WalkResult()
    var checked = 0
    let slots = header.map { plan.slots(named: $0.name) }
    while !isStopped, reader.nextRow() {
      if reader.rowStart &- checked > 1 << 20 {
        checked = reader.rowStart
        check()
      }
      untilCheck &-= 1
      beginRecord()
      scanner.reset()
      if let reason = reader.problem(columns: header.count) {
        if reader.isBlankRow { continue }
        result.rejected += 1
        reject(reason: reason, offset: offset + reader.rowStart)
        continue
      }
      if reader.repeats(written) { continue }
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
        result.damage = WalkResult.Damage(
          reason: WalkResult.Damage.malformedInside, offset: offset + reader.rowStart)
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
