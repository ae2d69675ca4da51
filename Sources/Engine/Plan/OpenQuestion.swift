/// What a query wants to know of the data before its plan is whole: the columns that a chart will have, the rows of a
/// subsearch.
///
/// Compiling asks and goes on without an answer, so that it reads no data. The plan shows each question where it was
/// asked (``OpenOperator``), until it is compiled again with the answers.
package struct OpenQuestion: Sendable {
  /// `the columns of the chart`
  package let what: String
  /// The rows of this plan are the answer.
  package let plan: LogicalPlan
  /// The answer tells which fields there are, and no value of one: a text that is written with it holds for other logs
  /// with those fields too.
  package let isAboutNames: Bool
}

/// What came of the plan of a question.
package typealias DataAnswer = Result<Table, ExecutionFailure>

/// The questions of one compilation, in the order in which they are asked.
///
/// The same text asks the same questions as long as the answers are the same. So answers are told apart by their
/// place: with `n` of them the first `n` questions are settled, and the next is the first that is open. What is asked
/// behind an open question may be asked differently once that has its answer.
///
/// ```
///   compile with []          asks the columns of the chart, the columns of the table turned round
///   compile with [chart]     asks the columns of the table turned round
///   compile with [chart, …]  nothing is open: the plan runs
/// ```
package struct DataQuestions: Sendable {
  private var answers: ArraySlice<DataAnswer>
  package private(set) var open: [OpenQuestion] = []

  package init(answers: [DataAnswer]) { self.answers = answers[...] }

  /// The answer to the next question; nil, and one more is open, where there is none.
  package mutating func ask(_ what: String, _ plan: LogicalPlan, isAboutNames: Bool) -> DataAnswer? {
    if let answer = answers.popFirst() { return answer }
    open.append(OpenQuestion(what: what, plan: plan, isAboutNames: isAboutNames))
    return nil
  }

  /// Compiles again and again, each time with one more answer, until nothing is open.
  package static func settling<Compiled, Failure>(
    _ compile: ([DataAnswer]) throws(Failure) -> (compiled: Compiled, open: [OpenQuestion]),
    answer: (OpenQuestion) -> DataAnswer
  ) throws(Failure) -> Compiled {
    var answers: [DataAnswer] = []
    while true {
      let (compiled, open) = try compile(answers)
      guard let question = open.first else { return compiled }
      answers.append(answer(question))
    }
  }
}
