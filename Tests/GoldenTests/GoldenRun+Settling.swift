import Diagnostics
import Engine
import KQL
import SPL

/// Compiles texts and answers what they ask of the data from tables in memory.
extension GoldenRun {
  static func answer(_ question: OpenQuestion, _ tables: [String: Table]) -> DataAnswer {
    do {
      return .success(try run(question.plan, tables: tables, chunkSize: 7))
    } catch {
      return .failure(error)
    }
  }

  static func compile(
    kql source: SourceText, _ environment: KQLEnvironment, tables: [String: Table] = [:]
  ) throws(QueryFailure) -> (query: LoweredQuery, warnings: [Diagnostic]) {
    try DataQuestions.settling { answers throws(QueryFailure) in
      var environment = environment
      environment.answers = answers
      let compiled = try KQL.compile(source, environment: environment)
      return (compiled, compiled.query.open)
    } answer: {
      answer($0, tables)
    }
  }

  static func compile(
    spl source: SourceText, _ environment: SPLEnvironment, tables: [String: Table] = [:]
  ) throws(QueryFailure) -> (plan: LogicalPlan, warnings: [Diagnostic]) {
    try DataQuestions.settling { answers throws(QueryFailure) in
      var environment = environment
      environment.answers = answers
      let (plan, warnings, open) = try SPL.compile(source, environment: environment)
      return ((plan, warnings), open)
    } answer: {
      answer($0, tables)
    }
  }
}
