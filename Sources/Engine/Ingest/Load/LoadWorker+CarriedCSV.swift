extension LoadWorker {
  /// The rows of a form that a log source knows, or those of which one cell is the text of a record; nil for others.
  ///
  /// - Parameters:
  ///   - written: the header's cells as they stand, which are no row where they come again.
  ///   - isKnown: the header names columns that are wanted.
  func walkCarried(
    _ reader: inout CSVReader, _ header: [CSVHeader], _ written: [String],
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ start: Int, _ isKnown: Bool
  ) -> WalkResult? {
    let names = header.map(\.name)
    if let writer = framing.writer(forNames: names) {
      return walk(&reader, names, written, bytes, start, writer)
    }
    let texts = framing.framing.textColumns
    guard let place = texts.lazy.compactMap({ names.firstIndex(of: $0) }).first else { return nil }
    if isKnown {
      // The whole event is better than its fields beside it.
      var first = CSVReader(
        padded: UnsafeBufferPointer(rebasing: bytes[start...]), separator: reader.separator)
      guard first.nextRow(), first.nextRow(), place < first.cellCount, first.cell(place).first == 0x7B else {
        return nil
      }
    }
    return walk(&reader, names, written, bytes, textAt: place)
  }

  private func walk(
    _ reader: inout CSVReader, _ names: [String], _ written: [String], _ bytes: UnsafeBufferPointer<UInt8>,
    _ start: Int, _ writer: RowWriter
  ) -> WalkResult {
    var walker = JSONWalker(bytes, consumer: self)
    let columns = names.map(writer.column)
    let times = columns.indices.filter { columns[$0].cell == .time }
    let rows = UnsafeBufferPointer(rebasing: bytes[start...])
    let dates = dates(in: CSVReader(padded: rows, separator: reader.separator), times)
    writer.dateOrder = dates?.order
    walker.result.note = dates?.note
    forEachRow(&reader, written, bytes, &walker) { reader, walker, place in
      writer.begin()
      for (cell, column) in columns.enumerated() { writer.set(column, text: reader.cell(cell)) }
      return walker.row(writtenBy: writer, at: place)
    }
    return finished(&walker, names)
  }

  private func walk(
    _ reader: inout CSVReader, _ names: [String], _ written: [String], _ bytes: UnsafeBufferPointer<UInt8>,
    textAt cell: Int
  ) -> WalkResult {
    var walker = JSONWalker(bytes, consumer: self)
    walker.result.carriers.insert("CSV with texts in `\(names[cell])`")
    forEachRow(&reader, written, bytes, &walker) { reader, walker, place in
      walker.cell(reader.cell(cell), at: place)
    }
    return finished(&walker, names)
  }

  private func forEachRow(
    _ reader: inout CSVReader, _ header: [String], _ bytes: UnsafeBufferPointer<UInt8>,
    _ walker: inout JSONWalker<LoadWorker>,
    _ take: (CSVReader, inout JSONWalker<LoadWorker>, UnsafePointer<UInt8>) -> Bool
  ) {
    guard let base = bytes.baseAddress else { return }
    var checked = 0
    while !isStopped, reader.nextRow() {
      if reader.rowStart &- checked > 1 << 20 {
        checked = reader.rowStart
        check()
      }
      let place = base + reader.rowStart
      if let reason = reader.problem(columns: header.count) {
        if !reader.isBlankRow { walker.reject(reason, place) }
      } else if !reader.repeats(header), !take(reader, &walker, place) {
        walker.result.unrecognised += 1
      }
    }
  }

  private func finished(_ walker: inout JSONWalker<LoadWorker>, _ names: [String]) -> WalkResult {
    var result = walker.finished()
    if result.skipped != nil {
      result.skipped =
        result.unrecognised == 0
        ? "CSV without rows" : "CSV without events (header: \(names.prefix(4).joined(separator: ", ")))"
    }
    return result
  }

  /// What the dates of all rows say of their order.
  private func dates(in rows: CSVReader, _ columns: [Int]) -> (order: DateOrder?, note: String)? {
    guard !columns.isEmpty else { return nil }
    var reader = rows
    var evidence = DateOrder.Evidence()
    _ = reader.nextRow()
    var count = 0
    while reader.nextRow() {
      count += 1
      // Times that begin with a year need no other look.
      if count == 16, !evidence.hasAny { return nil }
      if count & 0xFFF == 0, RunLimits.isOutOfTime { break }
      for column in columns where column < reader.cellCount { evidence.add(reader.cell(column)) }
    }
    return evidence.outcome
  }
}
