/// Nested objects of another schema, written anew as records of a log.
///
/// ```
///   columns: api.operation → eventName, actor.user.uid → userIdentity.arn        rest: unmapped
///   {"api":{"operation":"CreateUser"},"unmapped":{"readOnly":false}}     {"eventName":"CreateUser","readOnly":false}
/// ```
struct NestedRow {
  private static let depthLimit = 32

  private let columns: [String: [RowColumn]]
  private let rest: String?
  private var record: JSONValue = .object([])

  /// Nil if the object is of another log.
  static func record(of object: JSONValue, _ form: RowForm) -> JSONValue? {
    guard let nesting = form.nesting else { return nil }
    for (path, text) in nesting.marks {
      var value: JSONValue? = object
      for part in path.split(separator: ".") { value = value?[String(part)] }
      guard value?.scalarText == text else { return nil }
    }
    var row = NestedRow(form.columns, rest: nesting.rest)
    row.walk(object, "", depth: 0)
    return row.record
  }

  private init(_ columns: [RowColumn], rest: String?) {
    self.columns = Dictionary(grouping: columns, by: \.name)
    self.rest = rest
  }

  private mutating func walk(_ value: JSONValue, _ prefix: String, depth: Int) {
    guard case .object(let members) = value, depth < NestedRow.depthLimit else { return }
    for member in members {
      let name = prefix.isEmpty ? member.key : "\(prefix).\(member.key)"
      if let column = columns[name]?.first(where: { fits(member.value, $0) }) {
        if let found = NestedRow.converted(member.value, column.cell) {
          NestedRow.insert(found, at: column.path[...], into: &record)
        }
      } else if let rest, prefix == rest {
        let parts = member.key.split(separator: ".").map(String.init)
        // A name of more parts than records nest stays one name.
        let path = parts.count > NestedRow.depthLimit ? [member.key] : parts
        if member.value != .null { NestedRow.insert(member.value, at: path[...], into: &record) }
      } else {
        walk(member.value, name, depth: depth + 1)
      }
    }
  }

  private func fits(_ value: JSONValue, _ column: RowColumn) -> Bool {
    guard let prefix = column.prefix else { return true }
    return value.scalarText.hasPrefix(prefix)
  }

  /// The first value at a path stays.
  private static func insert(_ value: JSONValue, at path: ArraySlice<String>, into target: inout JSONValue) {
    guard let key = path.first, case .object(var members) = target else { return }
    let place = members.firstIndex { $0.key == key }
    if path.count == 1 {
      if place == nil { members.append(.init(key, value)) }
    } else if let place {
      insert(value, at: path.dropFirst(), into: &members[place].value)
    } else {
      var inner = JSONValue.object([])
      insert(value, at: path.dropFirst(), into: &inner)
      members.append(.init(key, inner))
    }
    target = .object(members)
  }

  /// Nil for no value.
  private static func converted(_ value: JSONValue, _ cell: RowColumn.Cell) -> JSONValue? {
    switch value {
    case .null, .string(""): return nil
    case .array(let elements):
      guard case .list(let columns) = cell else { return value }
      return .array(
        elements.map { element in
          var row = NestedRow(columns, rest: nil)
          row.walk(element, "", depth: 0)
          return row.record
        })
    case .object: return value
    case .bool, .long, .real, .string: break
    }
    let text = value.scalarText
    switch cell {
    case .text, .bool, .list: return value
    case .json, .structure, .record:
      return JSONValue(parsing: text).flatMap { $0.isContainer ? $0 : nil } ?? value
    case .answer: return .string(text == "true" ? "Yes" : "No")
    case .time:
      let buffer = PaddedBuffer(Array(text.utf8))
      return EventTime.ticks(buffer.bytes).map { .string(Ticks.shortText($0)) } ?? value
    }
  }
}

extension JSONValue {
  fileprivate var isContainer: Bool {
    switch self {
    case .object, .array: true
    case .null, .bool, .long, .real, .string: false
    }
  }
}
