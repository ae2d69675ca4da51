/// Writes flat rows as records, given how their columns are called there.
final class RowWriter {
  let form: RowForm
  /// Which comes first in dates such as `3/4/2026`, if that is known.
  var dateOrder: DateOrder?

  private struct Node {
    var key: [UInt8]
    var children: [Int] = []
    /// The place of its value, or -1.
    var leaf = -1
  }

  private var nodes = [Node(key: [])]
  /// The columns by name.
  private let columns: [String: Column]
  /// The values of a row as JSON; empty if there is none.
  private var values: [[UInt8]]
  /// Members for columns that are not known.
  private var others: [UInt8] = []
  private var record: [UInt8] = []

  struct Column {
    var name: String
    /// -1 for a column that is not known.
    var leaf: Int
    var cell: RowColumn.Cell
  }

  init(_ form: RowForm) {
    self.form = form
    var columns: [String: Column] = [:]
    var leaves = 0
    var nodes = [Node(key: [])]
    for column in form.columns where columns[column.name] == nil {
      var node = 0
      for part in column.path {
        var key: [UInt8] = []
        JSONValue.writeQuoted(part, to: &key)
        if let known = nodes[node].children.first(where: { nodes[$0].key == key }) {
          node = known
        } else {
          nodes.append(Node(key: key))
          nodes[node].children.append(nodes.count - 1)
          node = nodes.count - 1
        }
      }
      if nodes[node].leaf < 0 {
        nodes[node].leaf = leaves
        leaves += 1
      }
      columns[column.name] = Column(name: column.name, leaf: nodes[node].leaf, cell: column.cell)
    }
    self.nodes = nodes
    self.columns = columns
    values = [[UInt8]](repeating: [], count: leaves)
  }

  func column(_ name: String) -> Column {
    let plain = RowForm.plainName(name)
    return columns[plain] ?? Column(name: plain, leaf: -1, cell: .text)
  }

  func begin() {
    for index in values.indices where !values[index].isEmpty {
      values[index].removeAll(keepingCapacity: true)
    }
    others.removeAll(keepingCapacity: true)
    record.removeAll(keepingCapacity: true)
  }

  /// Takes a cell of plain text.
  func set(_ column: Column, text: UnsafeBufferPointer<UInt8>) {
    if text.isEmpty || form.nulls.contains(where: { $0.utf8.elementsEqual(text) }) { return }
    switch column.cell {
    case .text, .answer, .list: put(column, ValueText.quoted(text))
    case .bool: put(column, RowWriter.bool(text) ?? ValueText.quoted(text))
    case .time:
      let ticks = EventTime.ticks(text, order: dateOrder)
      put(column, ticks.map { Array("\"\(Ticks.shortText($0))\"".utf8) } ?? ValueText.quoted(text))
    case .json: put(column, RowWriter.json(text) ?? ValueText.quoted(text))
    case .structure(let spelling):
      put(
        column,
        RowWriter.respelled(text, spelling) ?? StructureText.json(text, spelling: spelling)
          ?? ValueText.quoted(text))
    // A text that is damaged is rejected where it is read.
    case .record: if text.first == 0x7B { record = Array(text) }
    }
  }

  /// Takes a value of JSON.
  func set(_ column: Column, _ value: FieldValue) {
    switch value.kind {
    case .absent, .null: break
    case .isTrue, .isFalse, .number:
      // Answers may have numbers where the column is something else.
      if column.cell == .bool, value.kind == .number {
        ValueText.withText(value) { set(column, text: $0) }
      } else {
        put(column, Array(value.bytes))
      }
    case .object, .array, .many:
      if case .structure(let spelling) = column.cell {
        put(column, RowWriter.respelled(value.bytes, spelling) ?? Array(value.bytes))
      } else {
        put(column, Array(value.bytes))
      }
    case .string, .escapedString: ValueText.withText(value) { set(column, text: $0) }
    }
  }

  /// Appends the record of the row.
  func write(to buffer: PaddedBuffer) {
    if !record.isEmpty { return buffer.append(record) }
    buffer.append(0x7B)
    var isFirst = true
    for child in nodes[0].children { write(child, to: buffer, &isFirst) }
    if !others.isEmpty {
      buffer.append(isFirst ? others.dropFirst() : others[...])
    }
    buffer.append(0x7D)
  }

  // MARK: -

  /// The first column that has a value counts.
  private func put(_ column: Column, _ json: [UInt8]) {
    if column.leaf >= 0 {
      if values[column.leaf].isEmpty { values[column.leaf] = json }
    } else {
      others.append(0x2C)
      JSONValue.writeQuoted(column.name, to: &others)
      others.append(0x3A)
      others += json
    }
  }

  private func hasValue(_ node: Int) -> Bool {
    let node = nodes[node]
    return (node.leaf >= 0 && !values[node.leaf].isEmpty) || node.children.contains { hasValue($0) }
  }

  private func write(_ number: Int, to buffer: PaddedBuffer, _ isFirst: inout Bool) {
    guard hasValue(number) else { return }
    let node = nodes[number]
    if !isFirst { buffer.append(0x2C) }
    isFirst = false
    buffer.append(node.key)
    buffer.append(0x3A)
    // The whole object is better than its parts.
    if node.leaf >= 0, !values[node.leaf].isEmpty { return buffer.append(values[node.leaf]) }
    buffer.append(0x7B)
    var isFirstChild = true
    for child in node.children { write(child, to: buffer, &isFirstChild) }
    buffer.append(0x7D)
  }

  private static func json(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard let first = text.first(where: { !JSONBytes.isBlank($0) }), first == 0x7B || first == 0x5B,
      JSONValue(parsing: text) != nil
    else { return nil }
    return Array(text)
  }

  /// JSON with its members under other names; nil if it is no JSON.
  private static func respelled(
    _ text: UnsafeBufferPointer<UInt8>, _ spelling: [String: String]
  ) -> [UInt8]? {
    guard !spelling.isEmpty else { return json(text) }
    guard let first = text.first, first == 0x7B || first == 0x5B, let value = JSONValue(parsing: text) else {
      return nil
    }
    var result: [UInt8] = []
    respelled(value, spelling).write(to: &result)
    return result
  }

  private static func respelled(_ value: JSONValue, _ spelling: [String: String]) -> JSONValue {
    switch value {
    case .object(let members):
      .object(members.map { .init(spelling[$0.key] ?? $0.key, respelled($0.value, spelling)) })
    case .array(let elements): .array(elements.map { respelled($0, spelling) })
    case .null, .bool, .long, .real, .string: value
    }
  }

  private static func bool(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    switch String(decoding: text, as: UTF8.self).lowercased() {
    case "true", "1": Array("true".utf8)
    case "false", "0": Array("false".utf8)
    default: nil
    }
  }
}
