/// What became of a Parquet file.
struct ParquetOutcome {
  var walk = WalkResult()
  var damage: PackDamage?
  var failure: ReadFailure?

  /// Further ones.
  private var others = 0

  /// The file, or a part of it, cannot be read; of several things the first is said.
  mutating func note(_ found: ParquetDamage, at offset: Int) {
    if failure != nil || damage != nil {
      others += 1
      if found.kind == .limit { damage?.isLimit = true }
      return
    }
    switch found.kind {
    case .unsupported where walk.taken == 0: failure = ReadFailure(reason: found.reason)
    case .damaged, .unsupported, .limit:
      damage = PackDamage(reason: found.reason, offset: offset, isLimit: found.kind == .limit)
    }
  }

  /// What is not told as it stands in the file.
  mutating func note(_ losses: [Int: ParquetCell.Loss], of schema: ParquetSchema) {
    var notes = losses.sorted { $0.key < $1.key }.map { leaf, loss in
      "the column `\(schema.leaves[leaf].path.joined(separator: "."))` has \(loss.rawValue)"
    }
    if let name = schema.repeatedName {
      notes.append("of the columns called `\(name)` only the first is read")
    }
    let more = notes.count > 1 ? " (and \(notes.count - 1) more columns are not told as they are)" : ""
    if let first = notes.first { walk.note = first + more }
  }

  mutating func finish() {
    // Other parts of the file were read.
    if let found = failure, walk.taken > 0 {
      damage = PackDamage(reason: found.reason, offset: 0)
      failure = nil
    }
    if others > 0 {
      damage?.reason += "; \(others) other part\(others == 1 ? "" : "s") cannot be read either"
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
    outcome.finish()
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
    if groups?.lowerBound ?? 0 == 0, rows != Double(file.metadata.rows) {
      outcome.note(
        ParquetDamage(
          "the footer states \(file.metadata.rows) rows, and its row groups \(Int(rows)), which are read"),
        at: file.input.count)
    }
    if !takesAll, let packed = PackedPlan(file, self) {
      return walkPacked(file, packed, groups: groups?.clamped(to: all.indices) ?? all.indices, &outcome)
    }
    guard let selection = ParquetSelection(file, plan, framing, takesAll: takesAll) else {
      outcome.walk.skipped = LoadWorker.strange(file)
      outcome.walk.keys = file.names
      return
    }
    let statistics = ParquetStatistics(file, plan) { selection.origin(of: $0) }
    let layout = ParquetRowLayout(file.schema, leaves: selection.leaves)
    let codecs = ParquetCodecs()
    // Places within rows are no places of the file.
    let nowhere = PaddedBuffer(capacity: 8)
    nowhere.sealPadding()
    var walker = JSONWalker(UnsafeBufferPointer(start: nowhere.base, count: 0), consumer: self)
    var losses: [Int: ParquetCell.Loss] = [:]
    for group in groups?.clamped(to: all.indices) ?? all.indices where !isStopped {
      // A group of which nothing is read makes no records that would look at the limits.
      check()
      let offset = all[group].columns.first?.dataPage ?? 0
      do throws(ParquetDamage) {
        let rows = try ParquetRowWriter(file, group: group, layout, codecs)
        defer { losses.merge(rows.losses) { first, _ in first } }
        let isDropped = usesBounds && statistics.dropsGroup(group, requests: active)
        try take(rows, selection, &walker, first: isDropped)
        if isDropped, rows.row < rows.rows {
          if try skip(group, behind: rows, of: file, selection, statistics, codecs, &walker) { continue }
          try take(rows, selection, &walker, first: false)
        }
        if !isStopped { try rows.expectEnd() }
      } catch {
        outcome.walk = walker.result
        outcome.note(error, at: offset)
      }
    }
    if walker.result.taken > 0 { walker.result.carriers.insert("Parquet") }
    outcome.walk = walker.finished()
    outcome.note(losses, of: file.schema)
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
    _ statistics: ParquetStatistics, _ codecs: ParquetCodecs, _ walker: inout JSONWalker<LoadWorker>
  ) throws(ParquetDamage) -> Bool {
    let left = rows.rows - rows.row
    let sources = lastSources
    guard sources != 0, statistics.isUniform(group, requests: active) else { return false }
    let fields = plan.sources[sources.trailingZeroBitCount].timeSlots
    if fields.isEmpty {
      noteSkipped(left, sources)
      walker.result.taken += left
      return true
    }
    var leaves: [Int] = []
    for slot in fields {
      guard let found = selection.origin(of: plan.paths[slot])?.leaves else { return false }
      leaves += found.sorted()
    }
    // Of several the first one that has a time counts.
    guard let leaf = leaves.first else { return false }
    let type = file.schema.leaves[leaf].type
    let known = try file.chunk(group, leaf).statistics
    if leaves.count > 1, known?.nulls != 0 || known.flatMap({ ParquetStatistics.times($0, type) }) == nil {
      return false
    }
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
    guard times.count == rows.rows, reader.isAtEnd else {
      throw ParquetDamage("a column of times has \(times.count) values or more for \(rows.rows) rows")
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
