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

  static let cases: [Case] = FunctionCatalog.scalars.flatMap { function -> [Case] in
    function.examples.filter { $0.language == .spl }.map {
      Case(function: function.name(in: .spl), example: $0)
    }
  }

  static let forms: [Case] = SPLForms.all.flatMap { form in
    form.examples.map { Case(function: form.names.first?.text ?? "", example: $0) }
  }

  @Test(arguments: cases + forms) func `an example in SPL gives what it says`(_ example: Case) throws {
    let actual = try value(of: example.example.expression)
    let expected = try value(of: example.example.result)
    #expect(
      SPLExampleTests.texts(actual) == SPLExampleTests.texts(expected),
      "\(example.example.expression) gives \(actual), not \(expected)")
  }

  /// In SPL a value is its text, or the texts of several; nil is null.
  private static func texts(_ value: Value) -> [String]? {
    switch value {
    case .null, .dynamic(.null): nil
    case .dynamic(.array(let elements)): elements.map { Value.dynamic($0).splText }
    case .dynamic(.real(let number)): [Value.splText(of: number)]
    case .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .string, .dynamic: [value.splText]
    }
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
    let source = SourceText(name: "example", text: text)
    let plan = try SPL.compile(source, environment: SPLEnvironment(events: GoldenEvents(fields: []))).plan
    let table = try GoldenRun.run(plan, tables: [:], chunkSize: 7)
    return table.columns.first.map { $0.value(at: 0) } ?? .null
  }
}
