/// Puts a Parquet file together: row groups one behind the other, then the footer.
struct ParquetFileWriter {
  struct Column {
    enum Kind: Hashable { case text, time, bool }

    var name: String
    var kind: Kind
  }

  private let columns: [Column]
  private let notes: [(key: String, value: String)]
  private let compression: ParquetCompression
  private var groups: [(rows: Int, start: Int, columns: [ParquetColumnWriter.Written])] = []
  private(set) var bytes = ParquetInput.mark

  /// - Parameter compression: that of all pages.
  init(_ columns: [Column], notes: [(key: String, value: String)], _ compression: ParquetCompression) {
    (self.columns, self.notes, self.compression) = (columns, notes, compression)
  }

  mutating func add(rows: Int, _ written: [ParquetColumnWriter.Written]) {
    groups.append((rows, bytes.count, written))
    for index in written.indices {
      bytes += written[index].bytes
      groups[groups.count - 1].columns[index].bytes = []
      storedSizes.append(written[index].bytes.count)
    }
  }

  /// Of all chunks in their order.
  private var storedSizes: [Int] = []

  mutating func finish() -> [UInt8] {
    let footer = footer()
    bytes += footer
    bytes.appendLittle(footer.count)
    bytes += ParquetInput.mark
    return bytes
  }

  // MARK: - Footer

  private func footer() -> [UInt8] {
    let rows = groups.reduce(0) { $0 + $1.rows }
    return ThriftWriter.whole { footer in
      footer.int(1, 1)
      footer.list(2, of: .structure, count: columns.count + 1)
      footer.elementStructure {
        $0.text(4, "events")
        $0.int(5, columns.count)
      }
      for column in columns { footer.elementStructure { element(column, &$0) } }
      footer.long(3, rows)
      footer.list(4, of: .structure, count: groups.count)
      var chunk = 0
      for group in groups {
        let first = chunk
        footer.elementStructure { self.group(group, first, &$0) }
        chunk += columns.count
      }
      footer.list(5, of: .structure, count: notes.count)
      for note in notes {
        footer.elementStructure {
          $0.text(1, note.key)
          $0.text(2, note.value)
        }
      }
      footer.text(6, "trawl")
      // Bounds are in the order of the type.
      footer.list(7, of: .structure, count: columns.count)
      for _ in columns { footer.elementStructure { $0.structure(1) { _ in } } }
    }
  }

  private static func physical(_ kind: Column.Kind) -> Int {
    switch kind {
    case .text: 6
    case .time: 2
    case .bool: 0
    }
  }

  private func element(_ column: Column, _ element: inout ThriftWriter) {
    element.int(1, ParquetFileWriter.physical(column.kind))
    element.int(3, 1)
    element.text(4, column.name)
    switch column.kind {
    case .text:
      element.int(6, 0)
      element.structure(10) { $0.structure(1) { _ in } }
    case .time:
      element.int(6, 10)
      element.structure(10) {
        $0.structure(8) {
          $0.bool(1, true)
          $0.structure(2) { $0.structure(2) { _ in } }
        }
      }
    case .bool: break
    }
  }

  private func group(
    _ group: (rows: Int, start: Int, columns: [ParquetColumnWriter.Written]), _ firstChunk: Int,
    _ writer: inout ThriftWriter
  ) {
    var start = group.start
    var unpacked = 0
    var stored = 0
    writer.list(1, of: .structure, count: columns.count)
    for (index, column) in columns.enumerated() {
      let written = group.columns[index]
      let size = storedSizes[firstChunk + index]
      writer.elementStructure { chunk in
        chunk.long(2, 0)
        chunk.structure(3) { describe(column, written, start, size, &$0) }
      }
      start += size
      stored += size
      unpacked += written.unpackedBytes
    }
    writer.long(2, unpacked)
    writer.long(3, group.rows)
    writer.long(5, group.start)
    writer.long(6, stored)
  }

  private func describe(
    _ column: Column, _ written: ParquetColumnWriter.Written, _ start: Int, _ size: Int,
    _ chunk: inout ThriftWriter
  ) {
    chunk.int(1, ParquetFileWriter.physical(column.kind))
    let encodings = written.hasDictionary ? [0, 3, 8] : [0, 3]
    chunk.list(2, of: .int, count: encodings.count)
    for encoding in encodings { chunk.element(encoding) }
    chunk.list(3, of: .binary, count: 1)
    chunk.element(column.name.utf8)
    chunk.int(4, compression.codec)
    chunk.long(5, written.values)
    chunk.long(6, written.unpackedBytes)
    chunk.long(7, size)
    chunk.long(9, start + (written.hasDictionary ? written.dictionaryBytes : 0))
    if written.hasDictionary { chunk.long(11, start) }
    chunk.structure(12) { statistics in
      statistics.long(3, written.nulls)
      if let low = written.minimum, let high = written.maximum {
        statistics.binary(5, high)
        statistics.binary(6, low)
      }
    }
  }
}
