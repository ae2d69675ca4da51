/// Stands in a plan where questions to the data are open: the rows of its first input as far as they can be told
/// without an answer, behind them the plans of the questions.
///
/// A plan that holds one can be shown and checked, and does not run.
package struct OpenOperator: TabularOperator {
  package static let planName = "open"
  private let questions: [String]
  /// Whether the first input is more than a question.
  private let hasInput: Bool
  /// The columns of the plans that are asked, which are answers as they are.
  private let asked: Set<ColumnID>

  package static let inputCount: Int? = nil

  package static let form = PlanForm<OpenOperator>.record(
    OpenOperator.init(questions:hasInput:asked:),
    Member("questions", \.questions), Member("hasInput", \.hasInput), Member("asked", \.asked))

  package var label: String { "open: \(questions.joined(separator: ", "))" }
  package var passes: PassedRows { hasInput ? .all : .none }
  package var made: [PlanColumn] { [] }
  package var expressions: [Expression] { [] }
  package var otherColumns: Set<ColumnID> { asked }
  /// Without it the plan would run.
  package var hasEffect: Bool { true }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> OpenOperator { self }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    throw ExecutionFailure(
      "open-plan", "the plan still asks the data for \(questions.joined(separator: ", "))")
  }

  /// Rows whose columns or values wait for the answers to some questions.
  package static func node(
    over input: LogicalPlan?, _ questions: [OpenQuestion], origin: PlanOrigin
  ) -> LogicalPlan {
    .tabular(
      TabularCall(
        inputs: (input.map { [$0] } ?? []) + questions.map(\.plan),
        operator: OpenOperator(
          questions: questions.map(\.what), hasInput: input != nil,
          asked: Set(questions.flatMap { $0.plan.columns.map(\.id) })),
        origin: origin))
  }
}

extension LogicalPlan {
  /// Whether the plan waits for answers: its columns may not be all.
  package var isOpen: Bool {
    var result = false
    forEachNode { if case .tabular(let call) = $0, call.operator is OpenOperator { result = true } }
    return result
  }
}
