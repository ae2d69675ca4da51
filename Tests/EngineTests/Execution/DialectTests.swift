import Foundation
import Testing

@testable import Engine

@Suite struct DialectTests {
  private static let word = PlanColumn(id: ColumnID(0), name: "word", type: .string)
  private static let number = PlanColumn(id: ColumnID(1), name: "number", type: .real)
  private static let mark = PlanColumn(id: ColumnID(2), name: "mark", type: .dynamic)

  private static let rows = LogicalPlan.inline(
    Inline(
      columns: [word, number, mark],
      table: Table(
        fields: [Field("word", .string), Field("number", .real), Field("mark", .dynamic)],
        rows: [
          [.string("10"), .real(2), .dynamic(.array([.long(9), .string("a")]))],
          [.string("9"), .null, .dynamic(.null)],
        ]), origin: PlanOrigin(label: "rows")))

  private static func run(_ plan: LogicalPlan) throws -> Table {
    let executor = Executor(context: ExecutionContext(now: Ticks.unixEpoch)) { _ throws(ExecutionFailure) in
      throw ExecutionFailure("unknown-table", "there are no logs")
    }
    return try executor.run(plan)
  }

  private static func aggregate(
    _ name: String, _ column: PlanColumn, in language: Language, by dialect: Dialect,
    where isKept: Bool = true
  ) throws -> Value {
    let function = try #require(AggregateCatalog.function(name, in: language))
    let types = try #require(function.resultTypes(of: [column.type], constants: [nil]))
    let output = PlanColumn(id: ColumnID(9), name: "result", type: types[0])
    let origin = PlanOrigin(label: "aggregate")
    let input = LogicalPlan.filter(
      Filter(input: rows, predicate: .literal(.bool(isKept), .bool), origin: origin))
    let item = Aggregate.Item(
      outputs: [output],
      call: AggregateCall(
        function: function, arguments: [column.reference], types: [column.type], dialect: dialect))
    let table = try run(.aggregate(Aggregate(input: input, keys: [], items: [item], origin: origin)))
    return table.value(row: 0, column: 0)
  }

  /// Those that have a name, and one that has none.
  private static let written: [Dialect] = {
    var third = Dialect.spl
    third.lists = .array
    third.varianceDecimals = 3
    return [.kql, .spl, third]
  }()

  @Test(arguments: written) func `a written dialect reads back the same`(_ dialect: Dialect) throws {
    let json = Dialect.form.write(dialect, PlanWriter())
    #expect(try Dialect.form.read(json, PlanReader(depthLimit: 1)) == dialect)
  }

  @Test func `a window runs by the rules of the text it comes from`() throws {
    let previous = try #require(WindowFunctionCatalog.function("prev", in: .kql))
    func first(_ dialect: Dialect) throws -> Value {
      let column = PlanColumn(id: ColumnID(9), name: "previous", type: .string)
      let item = Window.Item(
        column: column, function: previous, arguments: [Self.word.reference], dialect: dialect)
      let window = Window(input: Self.rows, items: [item], origin: PlanOrigin(label: "window"))
      return try Self.run(.window(window)).value(row: 0, column: 3)
    }
    #expect(try first(.kql) == .string(""))
    #expect(try first(.spl) == .null)
  }

  /// Rules of no language: each is asked for itself, and not for whose it is.
  @Test func `each rule of an aggregate stands alone`() throws {
    var dialect = Dialect.kql
    func list() throws -> Value { try Self.aggregate("make_list", Self.mark, in: .kql, by: dialect) }
    #expect(try Self.aggregate("sum", Self.number, in: .kql, by: dialect, where: false) == .real(0))
    dialect.emptyTotalIsNull = true
    #expect(try Self.aggregate("sum", Self.number, in: .kql, by: dialect, where: false) == .null)
    #expect(try Self.aggregate("max", Self.word, in: .kql, by: dialect) == .string("9"))
    #expect(try list() == .json(#"[9,"a",null]"#))
    dialect.elements = .texts
    #expect(try list() == .json(#"["9","a",null]"#))
    dialect.listsNullsOfJSON = false
    #expect(try list() == .json(#"["9","a"]"#))
  }

  @Test func `values are shown by the rules of a dialect`() throws {
    func text(_ value: Value, _ dialect: Dialect) -> String {
      TableRenderer(format: .tsv, dialect: dialect).text(
        Table(fields: [Field("x", .dynamic)], rows: [[value]]))
    }
    let list = try Value.json("[1,2.0]")
    var dialect = Dialect.kql
    #expect(text(list, dialect) == "x\n[1,2.0]\n")
    dialect.lists = .multivalue
    #expect(text(list, dialect) == "x\n1\\n2.0\n")
    dialect.texts = .plain
    #expect(text(list, dialect) == "x\n1\\n2\n")
    #expect(Value.bool(true).text(in: dialect) == "true")
    #expect(Value.real(3).json(in: dialect) == .long(3))
  }
}
