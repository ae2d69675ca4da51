/// Gives a row for each element of the expanded arrays; several arrays go side by side, short ones padded with null.
struct ExpandOperator: StreamingOperator {
  struct Item: Sendable {
    var source: PhysicalExpression
    var type: DataType
  }

  /// Where an output column comes from.
  enum Output: Sendable {
    case input(Int)
    case item(Int)
    case index
  }

  let items: [Item]
  let outputs: [Output]
  let bags: Expand.Bags
  let keepsEmpty: Bool
  let rowLimit: Int?
  let context: ExecutionContext

  func process(_ chunk: Chunk) throws(ExecutionFailure) -> Chunk {
    var sources: [ElementSource] = []
    for item in items { sources.append(ElementSource(try item.source.evaluate(chunk), bags: bags)) }
    var rows: [UInt32] = []
    var indexes: [Int64] = []
    var builders: [[Value]] = items.map { _ in [] }
    var nextCheck = 1 << 18
    for row in 0..<chunk.count {
      if rows.count >= nextCheck {
        nextCheck = rows.count + (1 << 18)
        try context.checkpoint()
        try context.check(expandedRows: rows.count)
      }
      let elements = sources.map { $0.elements(at: row) }
      var length = elements.map(\.count).max() ?? 0
      if length == 0 {
        guard keepsEmpty else { continue }
        length = 1
      }
      if let rowLimit { length = min(length, rowLimit) }
      for position in 0..<length {
        rows.append(UInt32(row))
        indexes.append(Int64(position))
        for item in items.indices {
          let element = position < elements[item].count ? elements[item][position] : .null
          builders[item].append(ElementConversion.value(element, as: items[item].type))
        }
      }
    }
    try context.check(expandedRows: rows.count)
    let picked = Vector(rows)
    let expanded = items.indices.map { Column.of(items[$0].type, builders[$0]) }
    let columns = outputs.map { output in
      switch output {
      case .input(let position): chunk.columns[position].gather(picked)
      case .item(let position): expanded[position]
      case .index: Column.int64(.long, indexes)
      }
    }
    return Chunk(columns: columns, count: rows.count, firstRow: chunk.firstRow)
  }
}

/// The elements of a dynamic column's rows; each distinct text is parsed once.
private final class ElementSource {
  private let column: Column
  private let bags: Expand.Bags
  private var known: [UInt32: [JSONValue]] = [:]

  init(_ column: Column, bags: Expand.Bags) {
    self.column = column
    self.bags = bags
  }

  func elements(at row: Int) -> [JSONValue] {
    if case .string(let strings) = column, strings.validity?[row] ?? true {
      let code = strings.codes[row]
      if let elements = known[code] { return elements }
      let elements = elements(of: column.value(at: row))
      known[code] = elements
      return elements
    }
    return elements(of: column.value(at: row))
  }

  /// A null gives one null, an empty array nothing, a scalar itself.
  private func elements(of value: Value) -> [JSONValue] {
    switch value.json {
    case .array(let elements): elements
    case .object(let members):
      switch bags {
      case .bag: members.map { .object([$0]) }
      case .array: members.map { .array([.string($0.key), $0.value]) }
      }
    case .null: [.null]
    case .bool, .long, .real, .string: [value.json]
    }
  }
}

/// What an element of a dynamic array becomes in a typed column.
package enum ElementConversion {
  package static func value(_ element: JSONValue, as type: DataType) -> Value {
    if element == .null { return type == .string ? .string("") : .null }
    return ValueConversion.convert(.dynamic(element), to: type)
  }
}
