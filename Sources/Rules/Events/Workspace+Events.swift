import Diagnostics
import Engine
package import Session

extension Workspace {
  /// Makes logs that a rule fires on, and logs that miss each of its conditions narrowly. All of them were run.
  ///
  /// - Throws: `ExecutionFailure` if the time or memory of the run is over, `UnreadableInput` if logs cannot be written to
  ///   be tried. What is wrong with the rule stands in the result.
  package func events(for rule: DetectionRule) throws -> MadeEvents {
    var result = MadeEvents(rule: rule)
    var configuration = configuration
    configuration.lookupOutput = .dropped
    configuration.logs = []
    let workspace = Workspace(configuration)
    try RunLimits.checkpoint()
    let query: CompiledQuery
    let plan: LogicalPlan
    do throws(QueryFailure) {
      query = try workspace.compile(rule)
      guard query.results.count == 1 else {
        throw QueryFailure(
          [
            .error(
              "several-results", "the rule gives \(query.results.count) results, and events are made for one")
          ],
          in: rule.query)
      }
      // What only the logs tell is asked of logs without events, so that the plan is whole.
      guard let whole = try workspace.resolve(query).results.first?.plan else { return result }
      plan = whole
    } catch {
      result.failure = error
      return result
    }
    result = try EventMaker(rule, query, configuration).made(from: Optimizer.pruneColumns.rewrite(plan))
    result.companions = query.companions
    return result
  }
}
