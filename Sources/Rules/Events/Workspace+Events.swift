import Diagnostics
import Engine
package import Session

extension Workspace {
  /// Makes logs that a rule fires on, and logs that miss each of its conditions narrowly. All of them were run.
  package func events(for rule: DetectionRule) -> MadeEvents {
    var result = MadeEvents(rule: rule)
    var configuration = configuration
    configuration.lookupOutput = .dropped
    configuration.logs = []
    let workspace = Workspace(configuration)
    do throws(QueryFailure) {
      let query = try workspace.compile(rule)
      guard query.results.count == 1 else {
        throw QueryFailure(
          [
            .error(
              "several-results", "the rule gives \(query.results.count) results, and events are made for one")
          ],
          in: rule.query)
      }
      // What only the logs tell is asked of logs without events, so that the plan is whole.
      let resolved = try workspace.resolve(query)
      guard let plan = resolved.results.first?.plan else { return result }
      let pruned = Optimizer.rules.first { $0.name == "prune columns" }?.rewrite(plan) ?? plan
      result = EventMaker(rule, query, configuration).made(from: pruned)
      result.companions = query.companions
    } catch {
      result.failure = error
    }
    return result
  }
}
