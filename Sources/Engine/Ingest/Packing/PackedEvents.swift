import Dispatch
import Synchronization

/// Events in memory that are to be packed: their texts, their files and their times.
struct PackedEvents {
  /// Rows of a row group, and row groups of a file.
  static let groupRows = 122_880
  private static let groupsOfFile = 8

  struct File: Sendable {
    var day: String
    var bytes: [UInt8]
    var rows: Int
    /// The names of the files that its events were in.
    var sources: Set<String>
  }

  private let texts: StringColumn
  private let sources: StringColumn
  private let times: [Int64?]

  static func fields(_ source: LogSource) -> [FieldRequest] {
    [
      FieldRequest(name: "event", paths: [.record], form: .text, type: .string),
      FieldRequest(name: "file", paths: [.file], form: .text, type: .string),
      FieldRequest(name: "time", paths: source.time, form: .datetime, type: .datetime),
    ]
  }

  init?(_ table: Table) {
    guard case .string(let texts) = table.columns[0] else { return nil }
    switch table.columns[1] {
    case .string(let column): sources = column
    case .constant, .bool, .int64, .real, .values:
      guard
        case .string(let column) = Column.of(
          .string, (0..<table.rowCount).map { table.value(row: $0, column: 1) })
      else { return nil }
      sources = column
    }
    self.texts = texts
    times = (0..<table.rowCount).map { row in
      if case .datetime(let ticks) = table.value(row: row, column: 2) { ticks } else { nil }
    }
  }

  var count: Int { times.count }

  /// The events of each file.
  func counts() -> [String: Int] {
    var counts = [Int](repeating: 0, count: sources.dictionary.count)
    for code in sources.codes.array { counts[Int(code)] += 1 }
    var found: [String: Int] = [:]
    for code in counts.indices where counts[code] > 0 {
      found[sources.dictionary.text(UInt32(code)), default: 0] += counts[code]
    }
    return found
  }

  /// Parquet files of the events, by day, in the order of their times.
  ///
  /// - Parameter leavesOut: files whose events are not packed.
  func files(
    _ layout: PackLayout, _ compression: ParquetCompression, leavesOut: (String) -> Bool
  ) -> [File] {
    let isOut = (0..<sources.dictionary.count).map { leavesOut(sources.dictionary.text(UInt32($0))) }
    let codes = sources.codes.array
    var rows = times.indices.filter { !isOut[Int(codes[$0])] }
    rows.sort { left, right in
      let (first, second) = (times[left] ?? .max, times[right] ?? .max)
      return (first, left) < (second, right)
    }
    var groups: [(day: String, rows: ArraySlice<Int>)] = []
    var start = 0
    while start < rows.count {
      let day = times[rows[start]].map { $0 / Ticks.perDay }
      var end = start
      while end < rows.count, end - start < PackedEvents.groupRows,
        times[rows[end]].map({ $0 / Ticks.perDay }) == day
      {
        end += 1
      }
      groups.append((PackedEvents.name(day), rows[start..<end]))
      start = end
    }
    let written = Mutex([[ParquetColumnWriter.Written]?](repeating: nil, count: groups.count))
    let shared = SharedEvents(value: self)
    let slices = groups.map { Array($0.rows) }
    DispatchQueue.concurrentPerform(iterations: groups.count) { number in
      let group = PackedRowGroup(layout)
      let events = shared.value
      let (textCodes, sourceCodes) = (events.texts.codes.array, events.sources.codes.array)
      for row in slices[number] {
        group.add(
          events.texts.dictionary[textCodes[row]], source: events.sources.dictionary[sourceCodes[row]])
      }
      let columns = group.finish(compression)
      written.withLock { $0[number] = columns }
    }
    return assembled(groups.map { ($0.day, Array($0.rows)) }, written.withLock { $0 }, layout, compression)
  }

  // Sendable is unchecked since nothing writes to columns.
  private struct SharedEvents: @unchecked Sendable { let value: PackedEvents }

  private func assembled(
    _ groups: [(day: String, rows: [Int])], _ written: [[ParquetColumnWriter.Written]?], _ layout: PackLayout,
    _ compression: ParquetCompression
  ) -> [File] {
    let codes = sources.codes.array
    var files: [File] = []
    var first = 0
    while first < groups.count {
      var last = first
      while last < groups.count, last - first < PackedEvents.groupsOfFile,
        groups[last].day == groups[first].day
      {
        last += 1
      }
      var writer = ParquetFileWriter(
        PackedRowGroup.columns(layout), notes: [(PackLayout.note, layout.document)], compression)
      var names: Set<UInt32> = []
      var rows = 0
      for number in first..<last {
        guard let columns = written[number] else { continue }
        writer.add(rows: groups[number].rows.count, columns)
        rows += groups[number].rows.count
        for row in groups[number].rows { names.insert(codes[row]) }
      }
      files.append(
        File(
          day: groups[first].day, bytes: writer.finish(), rows: rows,
          sources: Set(names.map { sources.dictionary.text($0) })))
      first = last
    }
    return files
  }

  /// `day=2026-03-01`, as Hive names partitions.
  private static func name(_ day: Int64?) -> String {
    guard let day else { return "day=__HIVE_DEFAULT_PARTITION__" }
    return "day=\(Ticks.shortText(day * Ticks.perDay).prefix(10))"
  }
}
