#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Tables as bytes, on their way from one process to another.
///
/// ```
///   "TRWB"  version u16  tables u32  checksum u32 of all that follows
///   a table     rows u64  columns u32, and for each: name, type u8, layout u8, its values
///   validity    u8 (is there any), then a byte a row
///   constant    one value as a column of one row
///   bool        validity, a byte a row           int64, real   validity, 8 bytes a row
///   string      validity, texts u32, each behind its length, a code u32 a row
///   values      a text behind its length a row; FFFFFFFF is null
/// ```
/// Only the texts that rows have are written, in the order of their first row, so that equal rows give equal bytes.
package enum ColumnBlock {
  /// Goes up whenever an older version would misread what this one writes.
  package static let version: UInt16 = 1
  private static let magic = Array("TRWB".utf8)
  private static let missing = UInt32.max

  private enum Layout: UInt8 {
    case constant, bool, int64, real, string, values
  }

  private static let types: [DataType] = [
    .bool, .int, .long, .real, .decimal, .datetime, .timespan, .guid, .string, .dynamic,
  ]

  package static func bytes(of tables: [Table]) -> [UInt8] {
    var body = ByteSink()
    for table in tables { write(table, to: &body) }
    var block = ByteSink()
    magic.withUnsafeBytes { block.put($0) }
    block.put(version)
    block.put(UInt32(tables.count))
    block.put(checksum(body.bytes[...]))
    body.bytes.withUnsafeBytes { block.put($0) }
    return block.bytes
  }

  package static func tables(from bytes: ArraySlice<UInt8>) throws(BlockFailure) -> [Table] {
    var source = ByteSource(bytes)
    guard Array(try source.take(magic.count)) == magic else { throw .damaged("it does not begin as one") }
    let version = try source.number(UInt16.self)
    guard version == self.version else { throw .otherVersion(version) }
    let count = try source.number(UInt32.self)
    let expected = try source.number(UInt32.self)
    let body = try source.take(source.left)
    guard checksum(body) == expected else { throw .damaged("its checksum is another") }
    var rest = ByteSource(body)
    var tables: [Table] = []
    for _ in 0..<count { tables.append(try table(from: &rest)) }
    guard rest.left == 0 else { throw .damaged("something follows its last table") }
    return tables
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return 0 }
      return CRC32().checksum(start, count: buffer.count)
    }
  }

  // MARK: - Tables

  private static func write(_ table: Table, to sink: inout ByteSink) {
    sink.put(UInt64(table.rowCount))
    sink.put(UInt32(table.fields.count))
    for (field, column) in zip(table.fields, table.columns) {
      sink.put(field.name)
      sink.put(code(of: field.type))
      write(column, to: &sink)
    }
  }

  private static func table(from source: inout ByteSource) throws(BlockFailure) -> Table {
    guard let rows = Int(exactly: try source.number(UInt64.self)), rows <= Int(UInt32.max) else {
      throw .damaged("it has too many rows")
    }
    var fields: [Field] = []
    var columns: [Column] = []
    for _ in 0..<(try source.count(each: 6)) {
      let name = try source.text()
      fields.append(Field(name, try type(from: &source)))
      columns.append(try column(from: &source, rows: rows))
    }
    return Table(fields: fields, columns: columns, rowCount: rows)
  }

  private static func code(of type: DataType) -> UInt8 {
    guard let place = types.firstIndex(of: type) else {
      preconditionFailure("block invariant: every type has a code")
    }
    return UInt8(place)
  }

  private static func type(from source: inout ByteSource) throws(BlockFailure) -> DataType {
    let code = Int(try source.number(UInt8.self))
    guard types.indices.contains(code) else { throw .damaged("a column has no type") }
    return types[code]
  }

  // MARK: - Columns

  private static func write(_ column: Column, to sink: inout ByteSink) {
    func begin(_ layout: Layout) {
      sink.put(layout.rawValue)
      sink.put(code(of: column.type))
    }
    switch column {
    case .constant(let constant):
      begin(.constant)
      write(Column.of(constant.type, [constant.value]).materialized, to: &sink)
    case .bool(let bools):
      begin(.bool)
      write(bools.validity, to: &sink)
      bools.values.withBuffer { sink.put(UnsafeRawBufferPointer($0)) }
    case .int64(let integers):
      begin(.int64)
      write(integers.validity, to: &sink)
      integers.values.withBuffer { for value in $0 { sink.put(value) } }
    case .real(let reals):
      begin(.real)
      write(reals.validity, to: &sink)
      reals.values.withBuffer { for value in $0 { sink.put(value.bitPattern) } }
    case .string(let strings):
      begin(.string)
      write(strings, to: &sink)
    case .values(let values):
      begin(.values)
      for value in values.values.array {
        if value.isNull { sink.put(missing) } else { sink.put(text(of: value)) }
      }
    }
  }

  private static func write(_ validity: Vector<Bool>?, to sink: inout ByteSink) {
    sink.put(UInt8(validity == nil ? 0 : 1))
    validity?.withBuffer { sink.put(UnsafeRawBufferPointer($0)) }
  }

  private static func write(_ strings: StringColumn, to sink: inout ByteSink) {
    write(strings.validity, to: &sink)
    var places = [UInt32](repeating: missing, count: strings.dictionary.count)
    var used: [UInt32] = []
    let codes = strings.codes.withBuffer { codes in
      codes.map { code in
        if places[Int(code)] == missing {
          places[Int(code)] = UInt32(used.count)
          used.append(code)
        }
        return places[Int(code)]
      }
    }
    sink.put(UInt32(used.count))
    for code in used {
      let text = strings.dictionary[code]
      sink.put(UInt32(text.count))
      sink.put(UnsafeRawBufferPointer(text))
    }
    for code in codes { sink.put(code) }
  }

  private static func column(
    from source: inout ByteSource, rows: Int
  ) throws(BlockFailure) -> Column {
    guard let layout = Layout(rawValue: try source.number(UInt8.self)) else {
      throw .damaged("a column has no layout")
    }
    let type = try type(from: &source)
    switch layout {
    case .constant:
      let single = try column(from: &source, rows: 1)
      guard single.type == type else { throw .damaged("a constant has two types") }
      return .constant(single.value(at: 0), type, count: rows)
    case .bool:
      let validity = try validity(from: &source, rows: rows)
      return .bool(BoolColumn(values: try flags(from: &source, rows: rows), validity: validity))
    case .int64:
      let validity = try validity(from: &source, rows: rows)
      let values = try source.numbers(Int64.self, count: rows)
      switch type {
      case .int, .long, .datetime, .timespan: break
      case .bool, .real, .decimal, .guid, .string, .dynamic: throw .damaged("numbers of no such type")
      }
      return .int64(Int64Column(type: type, values: Vector(values), validity: validity))
    case .real:
      let validity = try validity(from: &source, rows: rows)
      let values = try source.numbers(UInt64.self, count: rows).map { Double(bitPattern: $0) }
      return .real(RealColumn(values: Vector(values), validity: validity))
    case .string:
      guard type == .string || type == .dynamic else { throw .damaged("texts of no such type") }
      return .string(try strings(from: &source, type, rows: rows))
    case .values:
      var values: [Value] = []
      for _ in 0..<rows { values.append(try value(of: type, from: &source)) }
      return .values(ValueColumn(type: type, values: Vector(values)))
    }
  }

  private static func validity(
    from source: inout ByteSource, rows: Int
  ) throws(BlockFailure) -> Vector<Bool>? {
    try source.number(UInt8.self) == 0 ? nil : try flags(from: &source, rows: rows)
  }

  private static func flags(from source: inout ByteSource, rows: Int) throws(BlockFailure) -> Vector<Bool> {
    Vector(try source.take(rows).map { $0 != 0 })
  }

  private static func strings(
    from source: inout ByteSource, _ type: DataType, rows: Int
  ) throws(BlockFailure) -> StringColumn {
    let validity = try validity(from: &source, rows: rows)
    let count = try source.count(each: 4)
    var dictionary = StringDictionaryBuilder(capacity: count)
    var places: [UInt32] = []
    places.reserveCapacity(count)
    for _ in 0..<count {
      let text = try source.take(try source.count(each: 1))
      places.append(text.withUnsafeBufferPointer { dictionary.intern($0) })
    }
    if count == 0 { _ = dictionary.append("") }
    var codes = try source.numbers(UInt32.self, count: rows)
    for row in codes.indices {
      guard codes[row] < count else { throw .damaged("a row has a text that is not there") }
      codes[row] = places[Int(codes[row])]
    }
    return StringColumn(type: type, codes: Vector(codes), dictionary: dictionary.finish(), validity: validity)
  }

  // MARK: - Boxed values

  private static func text(of value: Value) -> String {
    switch value {
    case .decimal(let number): number.isNaN ? "NaN" : number.description
    case .guid(let guid): guid.text
    case .null, .bool, .long, .real, .datetime, .timespan, .string, .dynamic:
      preconditionFailure("block invariant: only decimals and guids are boxed")
    }
  }

  private static func value(
    of type: DataType, from source: inout ByteSource
  ) throws(BlockFailure) -> Value {
    let length = try source.number(UInt32.self)
    if length == missing { return .null }
    let text = String(decoding: try source.take(Int(length)), as: UTF8.self)
    if type == .guid, let guid = GUID(text: text) { return .guid(guid) }
    if type == .decimal, let number = text == "NaN" ? Decimal.nan : Decimal(string: text) {
      return .decimal(number)
    }
    throw .damaged("`\(text.prefix(40))` is no \(type.rawValue)")
  }
}
