/// Writes a table as a stream of Apache Arrow: a schema, batches of rows, an end.
///
/// ```
///   FFFFFFFF, length, metadata (FlatBuffers), padding   then the buffers of the batch, each padded to 8 bytes
/// ```
/// A time is a timestamp in UTC, of nanoseconds where all of the column fit (years 1678 to 2261), else of microseconds;
/// a timespan is a duration in the same way. Decimals, identifiers and JSON are texts.
/// See https://arrow.apache.org/docs/format/Columnar.html.
struct ArrowStreamWriter {
  let table: Table
  private let types: [ArrowType]

  private static let batchRows = 65_536
  /// Version 5 of the metadata.
  private static let version: Int16 = 4
  private static let schemaHeader: UInt8 = 1
  private static let batchHeader: UInt8 = 3

  init(table: Table) {
    self.table = table
    types = table.columns.map { ArrowType(of: $0) }
  }

  /// The columns whose times are not written whole.
  static func cutColumns(of table: Table) -> [String] {
    zip(table.fields, table.columns).filter { ArrowType(of: $1).cuts($1) }.map(\.0.name)
  }

  func write(_ write: ([UInt8]) -> Void) {
    write(message(schema, kind: ArrowStreamWriter.schemaHeader, bodyLength: 0))
    var start = 0
    while start < table.rowCount {
      let end = min(table.rowCount, start + ArrowStreamWriter.batchRows)
      writeBatch(start..<end, to: write)
      start = end
    }
    write([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0])
  }

  private func message(
    _ header: (inout FlatBufferBuilder) -> Int, kind: UInt8, bodyLength: Int
  ) -> [UInt8] {
    var builder = FlatBufferBuilder()
    let content = header(&builder)
    let root = builder.table([
      .short(ArrowStreamWriter.version), .byte(kind), .reference(content), .long(Int64(bodyLength)),
    ])
    let metadata = builder.finish(root)
    var bytes: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
    withUnsafeBytes(of: Int32(truncatingIfNeeded: metadata.count).littleEndian) {
      bytes.append(contentsOf: $0)
    }
    return bytes + metadata
  }

  private func schema(_ builder: inout FlatBufferBuilder) -> Int {
    var fields: [Int] = []
    for (field, type) in zip(table.fields, types) {
      let name = builder.text(field.name)
      let details = type.table(&builder)
      let children = builder.list([Int]())
      fields.append(
        builder.table([
          .reference(name), .byte(1), .byte(type.code), .reference(details), .none, .reference(children),
        ]))
    }
    let list = builder.list(fields)
    return builder.table([.none, .reference(list)])
  }

  private func writeBatch(_ rows: Range<Int>, to write: ([UInt8]) -> Void) {
    var nodes: [(Int64, Int64)] = []
    var buffers: [(Int64, Int64)] = []
    var body: [UInt8] = []
    func add(_ bytes: [UInt8]) {
      buffers.append((Int64(body.count), Int64(bytes.count)))
      body += bytes
      while body.count % 8 != 0 { body.append(0) }
    }
    for (index, column) in table.columns.enumerated() {
      let part = column.slice(rows).materialized
      let missing = rows.count - (part.validity.map { $0.withBuffer { $0.count { $0 } } } ?? rows.count)
      nodes.append((Int64(rows.count), Int64(missing)))
      add(missing == 0 ? [] : part.validity.map { ArrowType.bits($0) } ?? [])
      for buffer in types[index].buffers(of: part) { add(buffer) }
    }
    let metadata = message(
      { builder in
        let bufferList = builder.list(buffers)
        let nodeList = builder.list(nodes)
        return builder.table([.long(Int64(rows.count)), .reference(nodeList), .reference(bufferList)])
      }, kind: ArrowStreamWriter.batchHeader, bodyLength: body.count)
    write(metadata)
    if !body.isEmpty { write(body) }
  }
}
