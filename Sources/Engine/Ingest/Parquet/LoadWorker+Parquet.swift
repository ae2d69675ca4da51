/// What became of a Parquet file.
struct ParquetOutcome {
  var walk = WalkResult()
  var damage: PackDamage?
  var failure: ReadFailure?

  /// The file, or a part of it, cannot be read; only the first thing is said.
  mutating func note(_ found: ParquetDamage, at offset: Int) {
    switch found.kind {
    case .unsupported where walk.taken == 0: failure = failure ?? ReadFailure(reason: found.reason)
    case .damaged, .unsupported, .limit:
      damage = damage ?? PackDamage(reason: found.reason, offset: offset, isLimit: found.kind == .limit)
    }
  }
}

extension LoadWorker {
  /// Rows that a file may state beyond what its size suggests: a column of one value takes no room.
  private static let freeRows = 16 << 20

  /// Takes the rows of a Parquet file as records, row group by row group.
  ///
  /// - Parameter groups: those that are read; nil for all.
  func walkParquet(_ input: ParquetInput, groups: Range<Int>?) -> ParquetOutcome {
    var outcome = ParquetOutcome()
    do throws(ParquetDamage) {
      try walk(try ParquetFile(input), groups, &outcome)
    } catch {
      outcome.note(error, at: input.count)
    }
    return outcome
  }

  private func walk(
    _ file: ParquetFile, _ groups: Range<Int>?, _ outcome: inout ParquetOutcome
  ) throws(ParquetDamage) {
    let all = file.metadata.groups
    let rows = all.reduce(0.0) { $0 + Double($1.rows) }
    guard rows <= Double(LoadWorker.freeRows) + Double(file.input.count) * 64 else {
      throw ParquetDamage(.limit, "the file states more rows than so many bytes can hold")
    }
    if !takesAll, let packed = PackedPlan(file, self) {
      return walkPacked(file, packed, groups: groups?.clamped(to: all.indices) ?? all.indices, &outcome)
    }
    guard let selection = ParquetSelection(file, plan, framing, takesAll: takesAll) else {
      outcome.walk.skipped = LoadWorker.strange(file)
      outcome.walk.keys = file.names
      return
    }
    let statistics = ParquetStatistics(file, plan, hasRest: selection.hasRest) { selection.leaves(of: $0) }
    let codecs = ParquetCodecs()
    // Places within rows are no places of the file.
    let nowhere = PaddedBuffer(capacity: 8)
    nowhere.sealPadding()
    var walker = JSONWalker(UnsafeBufferPointer(start: nowhere.base, count: 0), consumer: self)
    for group in groups?.clamped(to: all.indices) ?? all.indices where !isStopped {
      let offset = all[group].columns.first?.dataPage ?? 0
      do throws(ParquetDamage) {
        let rows = try ParquetRowWriter(file, group: group, leaves: selection.leaves, codecs)
        let isDropped = statistics.dropsGroup(group, requests: active)
        try take(rows, selection, &walker, first: isDropped)
        if isDropped, rows.row < rows.rows,
          try !skip(group, behind: rows, of: file, selection, codecs, &walker)
        {
          try take(rows, selection, &walker, first: false)
        }
      } catch {
        outcome.walk = walker.result
        outcome.note(error, at: offset)
      }
    }
    if walker.result.taken > 0 { walker.result.carriers.insert("Parquet") }
    outcome.walk = walker.finished()
    if outcome.walk.skipped != nil {
      outcome.walk.keys = file.names
      outcome.walk.skipped = rows == 0 ? "Parquet without rows" : LoadWorker.strange(file)
      outcome.walk.isEmptyTable = rows == 0 && takesAll
    }
  }

  private static func strange(_ file: ParquetFile) -> String {
    "Parquet without events (columns: \(file.names.prefix(4).joined(separator: ", ")))"
  }

  /// - Parameter first: only one row.
  private func take(
    _ rows: ParquetRowWriter, _ selection: ParquetSelection, _ walker: inout JSONWalker<LoadWorker>,
    first: Bool
  ) throws(ParquetDamage) {
    let buffer = PaddedBuffer(capacity: 1 << 12)
    while !isStopped {
      buffer.count = 0
      guard try rows.next(to: buffer) else { return }
      buffer.sealPadding()
      let start = UnsafePointer(buffer.base)
      let isTaken: Bool
      switch selection.rows {
      case .records: isTaken = walker.walkInside(start, start + buffer.count, at: walker.base)
      case .form(let writer): isTaken = walker.row(writer, start, start + buffer.count)
      }
      if !isTaken { walker.result.unrecognised += 1 }
      if first { return }
    }
  }

  /// Counts the rows of a group of which none is wanted, behind its first one; false if they have to be read for that.
  private func skip(
    _ group: Int, behind rows: ParquetRowWriter, of file: ParquetFile, _ selection: ParquetSelection,
    _ codecs: ParquetCodecs, _ walker: inout JSONWalker<LoadWorker>
  ) throws(ParquetDamage) -> Bool {
    let left = rows.rows - rows.row
    let sources = lastSources
    guard sources != 0 else { return false }
    let fields = plan.sources[sources.trailingZeroBitCount].timeSlots
    if fields.isEmpty {
      noteSkipped(left, sources)
      walker.result.taken += left
      return true
    }
    var leaves: [Int] = []
    for slot in fields {
      guard let found = selection.leaves(of: plan.paths[slot]) else { return false }
      leaves += found
    }
    // Of several the first one that has a value counts.
    guard let leaf = leaves.min() else { return false }
    let type = file.schema.leaves[leaf].type
    let known = try file.chunk(group, leaf).statistics
    if leaves.count > 1, known?.nulls != 0 { return false }
    if let known, known.nulls == 0, let bounds = ParquetStatistics.times(known, type),
      bounds.lowerBound / Ticks.perDay == bounds.upperBound / Ticks.perDay
    {
      noteSkipped(left, sources, bounds)
      walker.result.taken += left
      return true
    }
    guard file.schema.leaves[leaf].repetition == 0 else { return false }
    let reader = try ParquetColumnReader(file, group: group, leaf: leaf, codecs)
    var times: [Int64?] = []
    while try reader.isReady(), times.count < rows.rows {
      if reader.definition == reader.leaf.definition {
        let (values, index) = reader.current
        times.append(LoadWorker.ticks(values, index, type))
      } else {
        times.append(nil)
      }
      reader.advance()
    }
    for time in times.dropFirst(rows.row) { noteSkipped(1, sources, time.map { $0...$0 }) }
    walker.result.taken += max(0, times.count - rows.row)
    return true
  }

  private static func ticks(_ values: ParquetValues, _ index: Int, _ type: ParquetType) -> Int64? {
    if let ticks = ParquetCell.ticks(values, index, type) { return ticks }
    switch type.physical {
    case .bytes: return EventTime.ticks(values.text(index))
    case .int32, .int64:
      let buffer = PaddedBuffer(Array(String(values.words[index]).utf8))
      return withExtendedLifetime(buffer) { EventTime.ticks(buffer.bytes) }
    case .boolean, .int96, .float, .double, .fixed: return nil
    }
  }
}
