import Testing

@testable import Engine

/// Runs an aggregate over rows in every way that the engine may cut them, and demands one answer.
struct AggregateCheck {
  let function: AggregateFunction
  let known: AggregateArguments
  let groupCount: Int

  /// `constants` are the arguments after the columns, as `make_set(x, 2)` has.
  init(
    _ name: String, _ types: [DataType], constants: [Value] = [], groupCount: Int = 1,
    dialect: Dialect = .kql
  ) throws {
    function = try #require(
      AggregateCatalog.function(name, in: dialect.language), "no aggregate named \(name)")
    let allTypes = types + constants.map { $0.naturalType ?? .dynamic }
    let allConstants: [Value?] = types.map { _ in nil } + constants.map { $0 }
    let resultTypes = try #require(
      function.resultTypes(of: allTypes, constants: allConstants), "\(name) takes no such types")
    known = AggregateArguments(
      types: allTypes, constants: allConstants, resultTypes: resultTypes, dialect: dialect)
    self.groupCount = groupCount
  }

  /// The result rows, a list of columns' values for each group. `rows` are a group and the argument values.
  func run(_ rows: [(group: Int, values: [Value])]) throws -> [[Value]] {
    let whole = finish(state(over: rows, chunk: max(1, rows.count)))
    for chunk in [1, 2, 3] {
      #expect(same(finish(state(over: rows, chunk: chunk)), whole), "chunks of \(chunk)")
    }
    for cut in 0...rows.count {
      #expect(same(merged(rows, at: [cut]), whole), "partial results cut at \(cut)")
    }
    #expect(same(merged(rows, at: [rows.count / 3, rows.count * 2 / 3]), whole), "three partial results")
    return whole
  }

  /// All rows in one group; gives the first column's value.
  func value(_ rows: [[Value]]) throws -> Value {
    try run(rows.map { (0, $0) })[0][0]
  }

  /// A single argument column in one group.
  func value(of column: [Value]) throws -> Value { try value(column.map { [$0] }) }

  private func same(_ left: [[Value]], _ right: [[Value]]) -> Bool {
    // NaN is not equal to itself, so texts are compared.
    "\(left)" == "\(right)"
  }

  private func state(over rows: [(group: Int, values: [Value])], chunk: Int) -> any AggregateState {
    let state = function.makeState(known)
    var start = 0
    while start < rows.count {
      let end = min(rows.count, start + chunk)
      update(state, Array(rows[start..<end]))
      start = end
    }
    return state
  }

  private func update(_ state: any AggregateState, _ rows: [(group: Int, values: [Value])]) {
    let columns = known.types.indices.map { index -> Column in
      if let constant = known.constants[index] {
        return .constant(constant, known.types[index], count: rows.count)
      }
      return Column.of(known.types[index], rows.map { $0.values[index] })
    }
    let groups = rows.map { UInt32($0.group) }
    groups.withUnsafeBufferPointer { state.update(groups: $0, groupCount: groupCount, arguments: columns) }
  }

  /// Each part numbers its groups by first appearance, as a worker does.
  private func merged(_ rows: [(group: Int, values: [Value])], at cuts: [Int]) -> [[Value]] {
    let target = function.makeState(known)
    var start = 0
    for end in cuts + [rows.count] {
      let part = rows[start..<end]
      start = end
      var mapping: [UInt32] = []
      var local: [(group: Int, values: [Value])] = []
      for row in part {
        if !mapping.contains(UInt32(row.group)) { mapping.append(UInt32(row.group)) }
        local.append((mapping.firstIndex(of: UInt32(row.group)) ?? 0, row.values))
      }
      let state = function.makeState(known)
      var position = 0
      while position < local.count {
        update(state, Array(local[position..<min(local.count, position + 2)]))
        position += 2
      }
      // `update` grew the state to `groupCount`; unused groups map to the first, where they must add nothing.
      while mapping.count < groupCount { mapping.append(0) }
      target.merge(state, mapping: mapping, groupCount: groupCount)
    }
    return finish(target)
  }

  private func finish(_ state: any AggregateState) -> [[Value]] {
    let columns = state.finish(groupCount: groupCount)
    for (column, type) in zip(columns, known.resultTypes) {
      #expect(column.type == type, "\(function.names[0].text): the type of the result")
      #expect(column.count == groupCount)
    }
    #expect(columns.count == known.resultTypes.count)
    return (0..<groupCount).map { group in columns.map { $0.value(at: group) } }
  }
}

extension Value {
  /// A dynamic value from JSON text.
  static func json(_ text: String) throws -> Value {
    .dynamic(try #require(JSONValue(parsing: text), "not JSON: \(text)"))
  }
}
