import Diagnostics
import Engine
import KQL
import Testing

/// Runs the examples that stand beside each function, folded to constants and over columns.
@Suite struct FunctionExampleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var function: String
    var example: FunctionExample
    var testDescription: String { "\(function): \(example.expression)" }
  }

  private static func cases(
    _ names: [FunctionName], _ examples: [FunctionExample], _ form: FunctionExample.Form
  ) -> [Case] {
    examples.filter { $0.language == .kql && $0.form == form }.map {
      Case(function: names.first?.text ?? "", example: $0)
    }
  }

  static let kql: [Case] =
    FunctionCatalog.scalars.flatMap { cases($0.names, $0.examples, .expression) }
  static let special: [Case] =
    KQLSpecialFunctions.all.flatMap { cases($0.names, $0.examples, .expression) }
  static let windows: [Case] =
    WindowFunctionCatalog.all.flatMap { cases($0.names, $0.examples, .expression) }
  static let queries: [Case] =
    FunctionCatalog.scalars.flatMap { cases($0.names, $0.examples, .query) }
    + AggregateCatalog.all.flatMap { cases($0.names, $0.examples, .query) }
    + WindowFunctionCatalog.all.flatMap { cases($0.names, $0.examples, .query) }
    + KQLSpecialFunctions.all.flatMap { cases($0.names, $0.examples, .query) }
    + KQLPluginReference.all.flatMap { cases($0.names, $0.examples, .query) } + operators
  private static let operators: [Case] =
    KQLOperatorTable.all.flatMap { cases($0.reference.names, $0.reference.examples, .query) }

  @Test(arguments: kql + special) func `an example in KQL gives what it says`(_ example: Case) throws {
    let actual = try value(of: plan(example.example.expression))
    let expected = try value(of: plan(example.example.result))
    #expect(
      ExampleEquality.areEqual(actual, expected),
      "\(example.example.expression) gives \(actual), not \(expected)")
  }

  @Test(arguments: kql) func `an example gives the same over columns`(_ example: Case) throws {
    let folded = try plan(example.example.expression)
    guard case .project(let project) = folded, let assignment = project.assignments.first,
      assignment.expression.isDeterministic
    else { return }
    let expected = try value(of: plan(example.example.result))
    let spread = SpreadLiterals.plan(assignment, rows: 3)
    let table = try GoldenRun.run(spread, tables: [:], chunkSize: 2)
    for row in 0..<3 {
      let actual = table.value(row: row, column: 0)
      #expect(
        ExampleEquality.areEqual(actual, expected),
        "\(example.example.expression) gives \(actual) in row \(row), not \(expected)")
    }
  }

  @Test(arguments: windows) func `an example of a window function gives what it says`(_ example: Case) throws
  {
    let actual = try value(of: compile("print dummy = 0 | project x = \(example.example.expression)"))
    let expected = try value(of: plan(example.example.result))
    #expect(
      ExampleEquality.areEqual(actual, expected),
      "\(example.example.expression) gives \(actual), not \(expected)")
  }

  @Test(arguments: queries) func `an example that is a query gives what it says`(_ example: Case) throws {
    let result = try GoldenRun.run(compile(example.example.expression), tables: [:], chunkSize: 7)
    let expected = try GoldenRun.run(plan(example.example.result), tables: [:], chunkSize: 7)
    let column = try #require(result.columns.last)
    #expect(result.rowCount == expected.columns.count, "\(example.example.expression) gives other rows")
    for row in 0..<min(result.rowCount, expected.columns.count) {
      let actual = column.value(at: row)
      let wanted = expected.columns[row].value(at: 0)
      #expect(
        ExampleEquality.areEqual(actual, wanted),
        "\(example.example.expression) gives \(actual) in row \(row), not \(wanted)")
    }
  }

  private func plan(_ expression: String) throws -> LogicalPlan { try compile("print x = \(expression)") }

  private func compile(_ text: String) throws -> LogicalPlan {
    let source = SourceText(name: "example", text: text)
    do {
      var environment = KQLEnvironment(catalog: FixedCatalog([]))
      environment.places = GoldenRun.places
      environment.externals["https://example.com/names.csv"] = "ann,1\nben,2\n"
      let query = try GoldenRun.compile(kql: source, environment).query
      return try GoldenTests().readBack(try #require(query.results.first?.plan))
    } catch let failure as QueryFailure {
      Issue.record("\(DiagnosticRenderer.render(failure.diagnostics, in: source))")
      throw failure
    }
  }

  private func value(of plan: LogicalPlan) throws -> Value {
    try GoldenRun.run(plan, tables: [:], chunkSize: 7).columns[0].value(at: 0)
  }
}

/// Whether two results are the same value: reals within rounding, dynamic by its JSON.
enum ExampleEquality {
  static func areEqual(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.real(let first), .real(let second)): areClose(first, second)
    case (.dynamic(let first), .dynamic(let second)): areEqual(first, second)
    default: left == right || (left.isNull && right.isNull)
    }
  }

  private static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.real(let first), .real(let second)): areClose(first, second)
    case (.array(let first), .array(let second)):
      first.count == second.count && zip(first, second).allSatisfy { areEqual($0, $1) }
    case (.object(let first), .object(let second)):
      first.count == second.count
        && first.allSatisfy { member in right[member.key].map { areEqual(member.value, $0) } ?? false }
    default: left == right
    }
  }

  private static func areClose(_ left: Double, _ right: Double) -> Bool {
    if left == right || (left.isNaN && right.isNaN) { return true }
    return abs(left - right) <= 1e-12 * max(abs(left), abs(right))
  }
}

/// Turns the literals of an expression into columns, so that nothing of it can be folded.
enum SpreadLiterals {
  static func plan(_ assignment: Assignment, rows: Int) -> LogicalPlan {
    var columns: [PlanColumn] = []
    var values: [Value] = []
    let expression = spread(assignment.expression) { value, type in
      let column = PlanColumn(id: ColumnID(1_000_000 + columns.count), name: "c\(columns.count)", type: type)
      columns.append(column)
      values.append(value)
      return .column(column)
    }
    let table = Table(
      fields: columns.map { Field($0.name, $0.type) }, rows: Array(repeating: values, count: rows))
    let origin = PlanOrigin(label: "example")
    return .project(
      Project(
        input: .inline(Inline(columns: columns, table: table, origin: origin)),
        assignments: [Assignment(column: assignment.column, expression: expression)], origin: origin))
  }

  private static func spread(
    _ expression: Expression, _ replace: (Value, DataType) -> Expression
  ) -> Expression {
    switch expression {
    case .literal(let value, let type): return replace(value, type)
    case .column, .subquery, .binding: return expression
    case .conditional(var conditional):
      conditional.branches = conditional.branches.map {
        Conditional.Branch(condition: spread($0.condition, replace), value: spread($0.value, replace))
      }
      conditional.otherwise = spread(conditional.otherwise, replace)
      return .conditional(conditional)
    case .call(var call):
      for index in call.arguments.indices {
        let mustBeConstant = call.function.signature.parameter(at: index)?.isConstant ?? false
        if mustBeConstant { continue }
        if case .textTest = call.function.kernel, index > 0 { continue }
        call.arguments[index] = spread(call.arguments[index], replace)
      }
      return .call(call)
    }
  }
}
