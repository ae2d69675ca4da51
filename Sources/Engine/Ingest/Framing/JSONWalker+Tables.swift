/// The members that say that an object is a table, or a part of one: answers of Kusto and of Log Analytics.
///
/// ```
///   {"tables":[{"name":"PrimaryResult","columns":[{"name":"EventName","type":"string"}],"rows":[["CreateUser"]]}]}
///   {"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"EventName"}],"Rows":[["CreateUser"]]}]}
///   [{"FrameType":"DataTable","TableKind":"PrimaryResult","Columns":[…],"Rows":[…]},…]
///   {"preview":false,"fields":["_time","_raw"],"rows":[["…","{…}"]]}     Splunk; no table without its rows
/// ```
enum TableMember {
  case frame, id, name, columns, fields, rows, kind, fragment, failure, none

  static let columnNames = ["columns", "Columns"]
  static let frameName = "FrameType"
  static let fieldNames = ["fields", "rows"]
  static let names = columnNames + fieldNames + [frameName]

  private static let roles: [String: TableMember] = [
    "columns": .columns, "Columns": .columns, "fields": .fields, "rows": .rows, "Rows": .rows,
    "TableKind": .kind, "TableName": .name, "TableId": .id, frameName: .frame,
    "TableFragmentType": .fragment, "HasErrors": .failure,
  ]

  init(_ key: FieldValue) {
    self = key.count <= 20 ? TableMember.roles[String(decoding: key.bytes, as: UTF8.self)] ?? .none : .none
  }
}

/// A column of a table: its name as JSON.
struct TableColumn {
  var key: [UInt8]
}

/// What a table says of itself.
struct CarriedTable {
  enum Use {
    case wanted
    /// It tells of the answer, as the answer says.
    case aside
    /// One behind the first of an old answer, which does not say what its tables are.
    case further
  }

  var columns: [TableColumn] = []
  var use = Use.wanted
  /// By which the frames of a table are known.
  var id: [UInt8] = []
  var isFrame = false
  /// Where its rows begin.
  var rows: UnsafePointer<UInt8>?
}

extension JSONWalker {
  /// Hands over the rows of a table; nil if the object is none.
  mutating func table(_ start: Position, _ limit: Position) -> Position? {
    guard level < JSONWalkerLimits.levels else { return nil }
    var (table, end) = described(start, limit)
    if table.columns.isEmpty, table.isFrame, table.rows != nil {
      guard let header = headers[table.id] else {
        damage("rows of a table whose columns were not said before", start)
        return end < limit && end.pointee == 0x7D ? end + 1 : limit
      }
      (table.columns, table.use) = (header.columns, header.use)
    }
    guard !table.columns.isEmpty else { return nil }
    if let first = table.rows {
      guard rows(first, limit, of: table, at: start) else { return limit }
    } else if table.isFrame {
      headers[table.id] = table
    }
    if table.use == .wanted { hasTable = true }
    guard end < limit, end.pointee == 0x7D else {
      damage("the table is cut off", end)
      return limit
    }
    return end + 1
  }

  /// What stands around the rows, before them or behind; and where the object ends, or cannot be read any further.
  private mutating func described(_ start: Position, _ limit: Position) -> (CarriedTable, Position) {
    var table = CarriedTable()
    var fields: [TableColumn] = []
    var position = JSONBytes.skipBlanks(start + 1, limit)
    var failure: ScanFailure?
    while position < limit, position.pointee != 0x7D {
      guard let (key, valueStart) = JSONBytes.key(at: position, limit, &failure) else { break }
      let member = TableMember(key)
      if case .rows = member, valueStart < limit, valueStart.pointee == 0x5B { table.rows = valueStart + 1 }
      guard let (value, after) = JSONBytes.member(at: valueStart, limit, &failure) else { break }
      switch member {
      case .frame: table.isFrame = true
      case .id: table.id = Array(value.bytes)
      case .columns: table.columns = JSONWalker.columns(of: value)
      case .fields: fields = JSONWalker.columns(of: value)
      case .name:
        let isNumbered = consumer.takesAll && value.bytes.starts(with: "Table_".utf8)
        if isNumbered, table.use == .wanted, !value.bytes.elementsEqual("Table_0".utf8) {
          table.use = .further
        }
      case .kind: if !value.bytes.elementsEqual("PrimaryResult".utf8) { table.use = .aside }
      case .fragment:
        if value.bytes.elementsEqual("DataReplace".utf8) {
          damage("the answer replaces rows that came before; ask for one that is not progressive", start)
        }
      case .failure: if value.kind == .isTrue { damage("the answer ended with an error", start) }
      case .rows, .none: break
      }
      position = JSONBytes.skipBlanks(after, limit)
      if position < limit, position.pointee == 0x2C { position = JSONBytes.skipBlanks(position + 1, limit) }
    }
    if table.columns.isEmpty, table.rows != nil { table.columns = fields }
    return (table, position)
  }

  private static func columns(of list: FieldValue) -> [TableColumn] {
    guard list.kind == .array else { return [] }
    var columns: [TableColumn] = []
    forEachElement(of: list) { column in
      var name = column
      if column.kind == .object {
        let end = column.start + column.count
        guard
          let found = JSONBytes.member("name", of: column.start, end)
            ?? JSONBytes.member("ColumnName", of: column.start, end)
        else { return false }
        name = found
      }
      guard name.kind.isString else { return false }
      columns.append(TableColumn(key: [0x22] + name.bytes + [0x22, 0x3A]))
      return true
    }
    return columns
  }

  /// Goes through the elements of a list until `visit` says false.
  private static func forEachElement(of list: FieldValue, _ visit: (FieldValue) -> Bool) {
    let end = list.start + list.count
    var failure: ScanFailure?
    var position = JSONBytes.skipBlanks(list.start + 1, end)
    while position < end, position.pointee != 0x5D,
      let (element, after) = JSONBytes.member(at: position, end, &failure)
    {
      if !visit(element) { return }
      position = JSONBytes.skipBlanks(after, end)
      guard position < end, position.pointee == 0x2C else { return }
      position = JSONBytes.skipBlanks(position + 1, end)
    }
  }

  /// Each row is a list of cells, and is handed over as an object; false if the rows do not come to their end.
  private mutating func rows(
    _ start: Position, _ limit: Position, of table: CarriedTable, at carrier: Position
  ) -> Bool {
    var position = JSONBytes.skipBlanks(start, limit)
    if position < limit, position.pointee == 0x5D { return true }
    var failure: ScanFailure?
    while position < limit, !consumer.isStopped {
      guard let (row, after) = JSONBytes.member(at: position, limit, &failure) else { break }
      switch table.use {
      case .wanted:
        if row.kind == .array {
          cells(of: row, table.columns, at: carrier)
        } else {
          damage("an error stands in the place of a row", position)
        }
      case .aside: break
      case .further:
        result.unrecognised += 1
        passedOver += 1
      }
      position = JSONBytes.skipBlanks(after, limit)
      guard position < limit else { break }
      if position.pointee == 0x5D { return true }
      guard position.pointee == 0x2C else { break }
      position = JSONBytes.skipBlanks(position + 1, limit)
    }
    if !consumer.isStopped { damage("the rows of the table are cut off or malformed", position) }
    return false
  }

  private mutating func cells(of row: FieldValue, _ columns: [TableColumn], at carrier: Position) {
    let buffer = keys.buffer(level)
    var count = 0
    buffer.append(0x7B)
    JSONWalker.forEachElement(of: row) { cell in
      if count < columns.count {
        if count > 0 { buffer.append(0x2C) }
        buffer.append(columns[count].key)
        JSONWalker.append(cell, to: buffer)
      }
      count += 1
      return true
    }
    buffer.append(0x7D)
    buffer.sealPadding()
    if count != columns.count {
      reject("a row has \(count) cells, the table \(columns.count) columns", row.start)
    } else if !walkInside(buffer.base, buffer.base + buffer.count, at: carrier) {
      result.unrecognised += 1
    }
  }

  private static func append(_ value: FieldValue, to buffer: PaddedBuffer) {
    if value.kind.isString { buffer.append(0x22) }
    if value.kind == .absent {
      buffer.append(Array("null".utf8))
    } else {
      buffer.append(value.start, count: value.count)
    }
    if value.kind.isString { buffer.append(0x22) }
  }

  /// Fields that are a list, as answers of queries give them; false if the list is none of these.
  ///
  /// ```
  ///   [{"field":"@message","value":"{…}"},{"field":"@ptr","value":"…"}]
  ///   [{"eventname":"CreateUser"},{"eventtime":"2026-03-02 10:00:00.000"}]
  /// ```
  mutating func pairs(_ list: FieldValue) -> Bool {
    guard level < JSONWalkerLimits.levels else { return false }
    let buffer = keys.buffer(level)
    var isPairs = true
    buffer.append(0x7B)
    JSONWalker.forEachElement(of: list) { element in
      isPairs = element.kind == .object && JSONWalker.appendPair(element, to: buffer)
      return isPairs
    }
    guard isPairs, buffer.count > 1 else { return false }
    buffer.append(0x7D)
    buffer.sealPadding()
    return walkInside(buffer.base, buffer.base + buffer.count, at: list.start)
  }

  private static func appendPair(_ element: FieldValue, to buffer: PaddedBuffer) -> Bool {
    var names: [FieldValue] = []
    var values: [FieldValue] = []
    var failure: ScanFailure?
    _ = JSONBytes.forEachMember(of: element.start, element.start + element.count, &failure) { key, value in
      names.append(key)
      values.append(value)
      return names.count < 3
    }
    let name = names.firstIndex { $0.bytes.elementsEqual("field".utf8) } ?? 0
    let isNamed =
      names.count == 2 && names[name].bytes.elementsEqual("field".utf8)
      && names[1 - name].bytes.elementsEqual("value".utf8) && values[name].kind.isString
    guard isNamed || names.count == 1 else { return false }
    if buffer.count > 1 { buffer.append(0x2C) }
    append(
      isNamed ? values[name] : FieldValue(kind: .string, start: names[0].start, count: names[0].count),
      to: buffer)
    buffer.append(0x3A)
    append(values[isNamed ? 1 - name : 0], to: buffer)
    return true
  }

  /// A flat row, written anew as a record.
  mutating func row(_ writer: RowWriter, _ start: Position, _ after: Position) -> Bool {
    if writer.form.nesting != nil { return nestedRow(writer.form, start, after) }
    writer.begin()
    writer.dateOrder = nil
    var failure: ScanFailure?
    _ = JSONBytes.forEachMember(of: start, after, &failure) { key, value in
      let name = ValueText.withText(key) { String(decoding: $0, as: UTF8.self) }
      writer.set(writer.column(name), value)
      return true
    }
    return row(writtenBy: writer, at: start)
  }

  /// An object of another schema, written anew.
  private mutating func nestedRow(_ form: RowForm, _ start: Position, _ after: Position) -> Bool {
    guard let object = JSONValue(parsing: UnsafeBufferPointer(start: start, count: after - start)) else {
      reject("a value inside it is malformed JSON", start)
      return true
    }
    guard let record = NestedRow.record(of: object, form) else { return false }
    var bytes: [UInt8] = []
    record.write(to: &bytes)
    let buffer = keys.buffer(level)
    buffer.append(bytes)
    buffer.sealPadding()
    let isKnown = walkInside(buffer.base, buffer.base + buffer.count, at: start)
    if isKnown { result.carriers.insert(form.name) }
    return isKnown
  }

  /// Hands over the row that a writer holds.
  mutating func row(writtenBy writer: RowWriter, at start: Position) -> Bool {
    let buffer = keys.buffer(level)
    writer.write(to: buffer)
    buffer.sealPadding()
    let isKnown = walkInside(buffer.base, buffer.base + buffer.count, at: start)
    if isKnown { result.carriers.insert(writer.form.name) }
    return isKnown
  }

  /// Hands over the text of a record that stands in a cell.
  mutating func cell(_ bytes: UnsafeBufferPointer<UInt8>, at start: Position) -> Bool {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return false }
    let buffer = keys.buffer(level)
    buffer.append(base, count: bytes.count)
    buffer.sealPadding()
    return walkInside(buffer.base, buffer.base + buffer.count, at: start)
  }

  /// What the cells of a file came to.
  mutating func finished() -> WalkResult {
    nameSkipped()
    return result
  }
}
