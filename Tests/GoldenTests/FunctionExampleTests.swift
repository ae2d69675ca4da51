import Diagnostics
import Engine
import KQL
import Testing

/// Runs the examples that stand beside each function.
@Suite struct FunctionExampleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var function: String
    var example: FunctionExample
    var testDescription: String { "\(function): \(example.expression)" }
  }

  static let kql: [Case] = FunctionCatalog.scalars.flatMap { function -> [Case] in
    function.examples.filter { $0.language == .kql }.map {
      Case(function: function.name(in: .kql), example: $0)
    }
  }

  @Test(arguments: kql) func `an example in KQL gives what it says`(_ example: Case) throws {
    let actual = try value(of: example.example.expression)
    let expected = try value(of: example.example.result)
    #expect(
      actual == expected || (actual.isNull && expected.isNull),
      "\(example.example.expression) gives \(actual), not \(expected)")
  }

  private func value(of expression: String) throws -> Value {
    let source = SourceText(name: "example", text: "print x = \(expression)")
    do {
      let query = try KQL.compile(source, environment: KQLEnvironment(catalog: FixedCatalog([]))).query
      let plan = try #require(query.results.first?.plan)
      return try GoldenRun.run(plan, tables: [:], chunkSize: 7).columns[0].value(at: 0)
    } catch let failure as QueryFailure {
      Issue.record("\(DiagnosticRenderer.render(failure.diagnostics, in: source))")
      return .null
    }
  }
}
