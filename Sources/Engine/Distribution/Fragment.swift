/// A piece of a plan that one task runs by itself, over its share of the files or of the rows of earlier stages.
package struct Fragment: Equatable, Sendable {
  /// Reads scans of its files, or the arguments that stand for its inputs.
  package var plan: LogicalPlan
  package var inputs: [Input]
  /// Of a scan over several sources, the one whose rows are read.
  package var part: Int?
  /// Rows of an earlier leg come before those of a later one, whatever task gave them.
  package var leg: Int
  package var output: Output

  /// Rows that another stage gave.
  package struct Input: Equatable, Sendable {
    /// By which the plan reads them.
    package var argument: Int
    package var exchange: Int
    package var columns: [PlanColumn]
    /// They are partial groups of this aggregate, to be put together first.
    package var merges: Aggregate?
    /// The last column, which has the position of each row among all.
    package var position: PlanColumn?
  }

  /// Where its rows go.
  package struct Output: Equatable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      case rows
      /// The plan is an aggregate, of which only the groups and what was seen of them are given.
      case partialGroups
    }

    package var exchange: Int
    /// So many tasks of the next stage share the rows.
    package var buckets: Int
    /// Rows with equal keys go to one task; without keys those of a task stay together, in the order that tasks have.
    package var keys: [Expression]
    package var kind: Kind
    /// A column to be added with the position of each row among all.
    package var position: PlanColumn?
    /// Why all rows go to one task; for `explain`.
    package var reason: String?
  }
}

/// Some plans as fragments: stages one behind the other, each of tasks that run side by side.
///
/// ```
///   T | where a > 1 | summarize n = count() by b | top 3 by n
///
///   stage 0, over files      T, where a > 1, partial groups by b      to 8 tasks by b
///   stage 1, 8 tasks         the groups put together, top 3 by n      to one task
///   stage 2, one task        top 3 by n                               to whoever asked
/// ```
package struct DistributedPlan: Equatable, Sendable {
  /// The first reads files. The last is one task.
  package var stages: [[Fragment]]
  /// How many tasks the stages between have.
  package var buckets: Int
  /// What is left for whoever asked: plans over the arguments of `results`.
  package var plans: [LogicalPlan]
  package var results: [Fragment.Input]
  /// The number of the plan that each exchange is of.
  package var planOfExchange: [Int]

  /// The scans of the first stage.
  package var scans: [Scan] { stages.first?.flatMap { $0.plan.scans } ?? [] }
}

extension Fragment: PlanCodable {
  package static let form = PlanForm<Fragment>.record(
    Fragment.init(plan:inputs:part:leg:output:), Member("plan", \.plan), Member("inputs", \.inputs),
    Member("part", \.part), Member("leg", \.leg), Member("output", \.output))
}

extension Fragment.Input: PlanCodable {
  package static let form = PlanForm<Fragment.Input>.record(
    Fragment.Input.init(argument:exchange:columns:merges:position:), Member("argument", \.argument),
    Member("exchange", \.exchange), Member("columns", \.columns), Member("merges", \.merges),
    Member("position", \.position))
}

extension Fragment.Output: PlanCodable {
  package static let form = PlanForm<Fragment.Output>.record(
    Fragment.Output.init(exchange:buckets:keys:kind:position:reason:), Member("exchange", \.exchange),
    Member("buckets", \.buckets), Member("keys", \.keys), Member("kind", \.kind),
    Member("position", \.position), Member("reason", \.reason))
}

extension Fragment.Output.Kind: PlanCodable {
  package static var form: PlanForm<Fragment.Output.Kind> { named }
}

extension Fragment {
  /// - Throws: if the plan, over its inputs, is none that can run.
  package func check() throws(PlanReadingFailure) {
    let given = Dictionary(inputs.map { ($0.argument, $0.columns) }) { first, _ in first }
    try PlanCheck.check(plan, given: given)
    for input in inputs {
      guard let merges = input.merges else { continue }
      guard case .argument(let argument) = merges.input else {
        throw PlanReadingFailure("invalid-plan", "partial groups of something that is read")
      }
      try PlanCheck.check(.aggregate(merges), given: [argument.id: argument.columns])
    }
  }
}
