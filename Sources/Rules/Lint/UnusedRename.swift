import Diagnostics
import Engine
import KQL
import Session

extension LintRule {
  static let unusedRename = LintRule(
    "unused-rename", "A column that is made or renamed, and then neither read nor shown.",
    why: """
      Either a condition on it was forgotten, or a later `summarize`, `project`, `stats` or `table` dropped it by \
      mistake. Read it, keep it, or take it out.
      """,
    triggers: [
      .kql(
        "AWSCloudTrail\n| extend Actor = tostring(split(UserIdentityArn, '/')[-1])\n| summarize n = count() by EventName"
      ),
      .spl("eventName=CreateUser | rename userAgent as agent | stats count by eventName"),
    ],
    quiet: [
      .kql(
        "AWSCloudTrail\n| extend Actor = tostring(split(UserIdentityArn, '/')[-1])\n| summarize n = count() by Actor"
      ),
      .kql("AWSCloudTrail | extend Actor = UserIdentityArn"),
      .spl("eventName=CreateUser | rename userAgent as agent | stats count by agent"),
    ]
  ) { subject in
    var made = MadeColumns()
    let pruning = Optimizer.rules.first { $0.name == "prune columns" }
    for result in subject.query.results {
      made.addAll(of: result.plan)
      made.keep(pruning?.rewrite(result.plan) ?? result.plan)
    }
    if made.isAllRead { return [] }
    return UnusedNames.places(in: subject).filter { made.isUnused($0, at: $1) }.map { name, span in
      Finding(
        "unused-rename", "nothing reads `\(name)`, and the result does not have it", at: span, of: subject)
    }
  }
}

/// The columns that stages make, by stage and name, and those of them that something reads.
private struct MadeColumns {
  struct Key: Hashable {
    var span: SourceSpan
    var name: String
  }

  private var made: Set<Key> = []
  private var read: Set<Key> = []

  mutating func addAll(of plan: LogicalPlan) { made.formUnion(MadeColumns.keys(of: plan)) }

  /// What is left once columns that nothing reads are gone.
  mutating func keep(_ plan: LogicalPlan) { read.formUnion(MadeColumns.keys(of: plan)) }

  /// A `let` that is used twice makes its columns twice: one use is enough.
  var isAllRead: Bool { made.isSubset(of: read) }

  /// Whether the stage that a name stands in makes a column of it that nothing reads.
  func isUnused(_ name: String, at span: SourceSpan) -> Bool {
    // Of stages within each other, such as a subsearch of `append`, the innermost makes it.
    let stage = made.filter { $0.name == name && $0.span.holds(span) }.min { $0.span.length < $1.span.length }
    return stage.map { !read.contains($0) } ?? false
  }

  private static func keys(of plan: LogicalPlan) -> Set<Key> {
    var keys: Set<Key> = []
    func visit(_ node: LogicalPlan) {
      for subquery in node.expressions.flatMap(\.scalarSubqueries) { subquery.plan.forEachNode(visit) }
      guard case .project(let project) = node, let span = project.origin.span else { return }
      for assignment in project.assignments {
        if case .column(let source) = assignment.expression, source.id == assignment.column.id { continue }
        keys.insert(Key(span: span, name: assignment.column.name))
      }
    }
    plan.forEachNode(visit)
    return keys
  }
}

private enum UnusedNames {
  /// The names that the author wrote, in the order of the text.
  static func places(in subject: LintSubject) -> [(String, SourceSpan)] {
    var written = SPLMadeNames.names(in: subject)
    let syntax = subject.syntax
    for extend in syntax.all(ExtendSyntax.self) {
      for column in extend.columns where !column.isTuple {
        if let name = column.name { written.append((name.text, name.span)) }
      }
    }
    for rename in syntax.all(ProjectRenameSyntax.self) {
      written += rename.renamings.map { ($0.new.text, $0.new.span) }
    }
    return written
  }
}
