import Testing

@testable import Engine

/// Calls functions by name the ways the engine does: with constants, over a column, over a column with nulls.
enum FunctionCheck {
  /// The value of a call with constant arguments.
  static func call(
    _ name: String, _ arguments: [Value], types: [DataType]? = nil, dialect: Dialect = .kql
  ) throws -> Value {
    let expression = try bind(name, literals(arguments, types), dialect)
    let folded = try column(of: expression, over: [], rows: 1)
    // The same call with each argument in a column of its own must agree.
    let columns = arguments.enumerated().map { index, value in
      PlanColumn(
        id: ColumnID(index), name: "c\(index)", type: types?[index] ?? value.naturalType ?? .dynamic)
    }
    if let function = FunctionCatalog.scalar(name, in: dialect.language),
      !function.signature.parameters.contains(where: \.isConstant)
    {
      let varying = try bind(name, columns.map(\.reference), dialect)
      let table = columns.indices.map { Column.of(columns[$0].type, [arguments[$0], .null, arguments[$0]]) }
      let rows = try column(of: varying, over: zip(columns, table).map { ($0, $1) }, rows: 3)
      #expect(rows.value(at: 0) == folded.value(at: 0), "\(name): column and constant agree")
      #expect(rows.value(at: 2) == folded.value(at: 0), "\(name): rows after a null agree")
    }
    return folded.value(at: 0)
  }

  private static func literals(_ values: [Value], _ types: [DataType]?) -> [Expression] {
    values.enumerated().map { .literal($1, types?[$0] ?? $1.naturalType ?? .dynamic) }
  }

  private static func bind(_ name: String, _ arguments: [Expression], _ dialect: Dialect) throws
    -> Expression
  {
    let function = try #require(
      FunctionCatalog.scalar(name, in: dialect.language), "no function named \(name)")
    return try FunctionBinder.bind(function, arguments, dialect: dialect)
  }

  private static func column(
    of expression: Expression, over columns: [(PlanColumn, Column)], rows: Int
  ) throws -> Column {
    let context = ExecutionContext(now: Ticks.unixEpoch)
    let compiler = ExpressionCompiler(layout: columns.map(\.0), context: context, subqueries: [:])
    return try compiler.compile(expression).evaluate(Chunk(columns: columns.map(\.1), count: rows))
  }
}
