import Engine

/// Finds the columns of a table that no source describes: from a CSV header, or from the keys of JSON records.
enum SchemaDiscovery {
  /// A header cell may carry a type: `count:long`.
  static func source(named name: String, path: String) -> LogSource {
    let probe = LogSource(name: name, columns: [], shapes: [], time: [])
    let request = LoadRequest(
      source: probe, fields: [FieldRequest(name: "record", paths: [.record], form: .text, type: .string)])
    let (tables, _) = load(FileDiscovery.files(below: [path]), requests: [request])
    var order: [String] = []
    var types: [String: DataType] = [:]
    if let table = tables.first {
      for row in 0..<table.rowCount {
        guard case .string(let text) = table.value(row: row, column: 0),
          case .object(let members)? = JSONValue(parsing: text)
        else { continue }
        for member in members {
          if types[member.key] == nil { order.append(member.key) }
          types[member.key] = merged(types[member.key], type(of: member.value))
        }
      }
    }
    let columns = order.map { key in
      LogColumn(key, types[key].flatMap { $0 } ?? .string, [.field([.key(key)])])
    }
    return LogSource(name: name, columns: columns, shapes: [], time: [])
  }

  private static func type(of value: JSONValue) -> DataType? {
    switch value {
    case .null: nil
    case .bool: .bool
    case .long: .long
    case .real: .real
    case .string(let text): DatetimeParsing.parseKQL(text) != nil && text.utf8.count >= 19 ? .datetime : .string
    case .array, .object: .dynamic
    }
  }

  private static func merged(_ old: DataType?, _ new: DataType?) -> DataType? {
    guard let old, let new, old != new else { return old ?? new }
    if old.isNumeric, new.isNumeric { return .real }
    if old == .dynamic || new == .dynamic { return .dynamic }
    return .string
  }
}
