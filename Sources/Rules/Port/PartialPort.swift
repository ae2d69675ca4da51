import Diagnostics
import Engine
import Session

/// A port that leaves out the stages which the other language cannot say, and marks each in the text.
///
/// ```
///   | where EventName == "x"        eventName="x"
///   | extend p = prev(UserName)     ``` not ported: extend p = prev(UserName) ```
///                                   | eval p=""
/// ```
/// A condition that is left out keeps all rows; columns that a stage would have made are null. Groups and joins cannot
/// be left out: all that follows is about their rows.
struct PartialPort {
  /// More stages than this are no port.
  private static let stageLimit = 20

  var written: WrittenPlan
  /// The stages that are missing.
  var missing: [WritingRefusal]

  init(
    of query: CompiledQuery, as target: any FrontEnd, _ comments: [QueryComment], in workspace: Workspace
  ) throws(WritingRefusal) {
    var query = query
    var comments = comments
    var missing: [WritingRefusal] = []
    while true {
      do throws(WritingRefusal) {
        written = try workspace.write(query, as: target, comments)
        self.missing = missing
        return
      } catch {
        guard missing.count < PartialPort.stageLimit, let span = error.span, query.results.count == 1 else {
          throw error
        }
        let plan = query.results[0].plan
        let rest = PartialPort.without(stageAt: span, plan)
        if rest == plan { throw error }
        query.results[0].plan = rest
        missing.append(error)
        let words = query.source[span].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        comments.append(QueryComment("not ported: \(words)", .at(span.lowerBound)))
        comments.sort { $0.span.lowerBound < $1.span.lowerBound }
      }
    }
  }

  /// A plan in which the nodes of a stage pass their rows on.
  private static func without(stageAt span: SourceSpan, _ plan: LogicalPlan) -> LogicalPlan {
    let plan = plan.withInputs { without(stageAt: span, $0) }
    guard plan.origin.span == span, let input = plan.inputs.first, plan.inputs.count == 1 else { return plan }
    switch plan {
    case .filter, .sort, .limit: return input
    case .project, .expand, .window, .tabular:
      let known = Set(input.columns.map(\.id))
      let assignments = plan.columns.map { column in
        known.contains(column.id)
          ? Assignment(keeping: column)
          : Assignment(column: column, expression: .literal(.null, column.type))
      }
      return .project(Project(input: input, assignments: assignments, origin: plan.origin))
    case .scan, .inline, .argument, .aggregate, .join, .union, .apply, .with, .reference: return plan
    }
  }
}
