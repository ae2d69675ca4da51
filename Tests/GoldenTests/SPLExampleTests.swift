import Diagnostics
import Engine
import SPL
import Testing

/// Runs the SPL examples that stand beside each function.
@Suite struct SPLExampleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var function: String
    var example: FunctionExample
    var testDescription: String { "\(function): \(example.expression)" }
  }

  private static func cases(
    _ names: [FunctionName], _ examples: [FunctionExample], _ form: FunctionExample.Form
  ) -> [Case] {
    examples.filter { $0.language == .spl && $0.form == form }.map {
      Case(function: names.first?.text ?? "", example: $0)
    }
  }

  static let cases: [Case] =
    FunctionCatalog.scalars.flatMap { cases($0.names, $0.examples, .expression) }
    + SPLSpecialFunctions.all.flatMap { cases($0.names, $0.examples, .expression) }
  static let queries: [Case] =
    AggregateCatalog.all.flatMap { cases($0.names, $0.examples, .query) }
    + FunctionCatalog.scalars.flatMap { cases($0.names, $0.examples, .query) }
    + SPLSpecialFunctions.all.flatMap { cases($0.names, $0.examples, .query) } + commands
  private static let commands: [Case] =
    CommandCatalog.all.flatMap { cases($0.reference.names, $0.reference.examples, .query) }

  @Test(arguments: cases) func `an example in SPL gives what it says`(_ example: Case) throws {
    let actual = try value(of: example.example.expression)
    let expected = try value(of: example.example.result)
    #expect(
      SPLExampleTests.texts(actual) == SPLExampleTests.texts(expected),
      "\(example.example.expression) gives \(actual), not \(expected)")
  }

  @Test(arguments: cases) func `an example in SPL gives the same over columns`(_ example: Case) throws {
    guard let assignment = try made(by: example.example.expression), assignment.expression.isDeterministic
    else { return }
    let expected = SPLExampleTests.texts(try value(of: example.example.result))
    let table = try GoldenRun.run(SpreadLiterals.plan(assignment, rows: 3), tables: [:], chunkSize: 2)
    for row in 0..<3 {
      let actual = table.value(row: row, column: 0)
      #expect(
        SPLExampleTests.texts(actual) == expected,
        "\(example.example.expression) gives \(actual) in row \(row), not \(expected ?? [])")
    }
  }

  /// What an eval expression becomes in the plan, a condition by way of `if`; nil if it reads columns.
  private func made(by expression: String) throws -> Assignment? {
    for text in [expression, "if(\(expression), \"true\", \"false\")"] {
      let source = SourceText(name: "example", text: "| makeresults | eval x=\(text) | table x")
      let environment = SPLEnvironment(events: GoldenEvents(fields: []))
      guard let plan = try? SPL.compile(source, environment: environment).plan else { continue }
      var found: Assignment?
      plan.forEachNode { node in
        guard case .project(let project) = node else { return }
        found = project.assignments.last { $0.column.name == "x" && $0.expression.columns.isEmpty } ?? found
      }
      return found
    }
    return nil
  }

  @Test(arguments: queries) func `an example that is a search gives what it says`(_ example: Case) throws {
    let table = try rows(example.example.expression)
    let expected = try value(of: example.example.result)
    let column = try #require(table.columns.last)
    let values = (0..<table.rowCount).map { column.value(at: $0) }
    let actual =
      values.count == 1 ? SPLExampleTests.texts(values[0]) : values.map { SPLExampleTests.text($0) }
    #expect(
      actual == SPLExampleTests.texts(expected),
      "\(example.example.expression) gives \(values), not \(expected)")
  }

  /// In SPL a value is its text, or the texts of several; nil is null.
  private static func texts(_ value: Value) -> [String]? {
    switch value {
    case .null, .dynamic(.null): nil
    case .dynamic(.array(let elements)): elements.map { text(.dynamic($0)) }
    case .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .string, .dynamic: [text(value)]
    }
  }

  /// A whole number has no fraction, in an array either.
  private static func text(_ value: Value) -> String {
    if case .dynamic(.real(let number)) = value { return Value.splText(of: number) }
    return value.splText
  }

  /// The value of an eval expression; a condition gives true or false by way of `if`.
  private func value(of expression: String) throws -> Value {
    do {
      return try run("| makeresults | eval x=\(expression) | table x")
    } catch let failure as QueryFailure {
      if let value = try? run("| makeresults | eval x=if(\(expression), \"true\", \"false\") | table x") {
        return value
      }
      Issue.record("\(failure.diagnostics.map(\.message))")
      throw failure
    }
  }

  private func run(_ text: String) throws -> Value {
    try rows(text).columns.first.map { $0.value(at: 0) } ?? .null
  }

  private func rows(_ text: String) throws -> Table {
    let source = SourceText(name: "example", text: text)
    let tables = SPLExampleTests.tables
    var environment = SPLEnvironment(
      events: GoldenEvents(fields: tables["events"]?.fields.map(\.name) ?? []))
    environment.lookups = tables
    environment.writesLookups = true
    environment.places = GoldenRun.places
    let plan = try GoldenRun.compile(spl: source, environment, tables: tables).plan
    return try GoldenRun.run(GoldenTests().readBack(plan), tables: tables, chunkSize: 7)
  }

  /// What the examples of commands read.
  private static let tables: [String: Table] = [
    "events": Table(
      fields: [
        Field("_time", .datetime), Field("_raw", .string), Field("eventName", .string),
        Field("user", .string), Field("userIdentity.arn", .string),
      ],
      rows: [("CreateUser", "ann"), ("CreateUser", "ben"), ("ConsoleLogin", "ann")].enumerated().map {
        [
          .datetime(GoldenRun.now - Int64($0.offset) * Ticks.perHour), .string("{}"),
          .string($0.element.0), .string($0.element.1), .string($0.element.1),
        ]
      }),
    "assets": Table(
      fields: [Field("ip", .string), Field("owner", .string)],
      rows: [[.string("10.0.0.1"), .string("ann")], [.string("10.0.0.2"), .string("ben")]]),
  ]
}
