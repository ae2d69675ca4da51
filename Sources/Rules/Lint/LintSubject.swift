import Diagnostics
import Engine
import Session

/// A rule that can run, as lints see it.
package struct LintSubject {
  let rule: DetectionRule
  let query: CompiledQuery
  let workspace: Workspace
  /// What makes each column that a projection makes.
  let definitions: [ColumnID: Expression]
  /// All nodes of all plans, those of scalar subqueries among them, inputs first.
  let nodes: [LogicalPlan]
  /// The nodes of the rule's syntax tree.
  let syntax: SyntaxNodes
  /// What the logs hold of what the rule asks for; nil where no logs are looked at.
  var survey: LogSurvey?

  init(rule: DetectionRule, query: CompiledQuery, workspace: Workspace) {
    self.rule = rule
    self.query = query
    self.workspace = workspace
    syntax = SyntaxNodes(query.language.tree(of: rule.query, in: workspace).tree as Any)
    var nodes: [LogicalPlan] = []
    for result in query.results { LintSubject.collect(result.plan, into: &nodes) }
    var definitions: [ColumnID: Expression] = [:]
    for case .project(let project) in nodes {
      for assignment in project.assignments {
        if case .column(let source) = assignment.expression, source.id == assignment.column.id { continue }
        definitions[assignment.column.id] = assignment.expression
      }
    }
    for case .reference(let reference) in nodes {
      for source in reference.sources where source.source != source.column.id {
        let column = source.column
        definitions[column.id] = .column(
          PlanColumn(id: source.source, name: column.name, type: column.type))
      }
    }
    self.nodes = nodes
    self.definitions = definitions
  }

  private static func collect(_ plan: LogicalPlan, into nodes: inout [LogicalPlan]) {
    plan.forEachNode { node in
      nodes.append(node)
      for subquery in node.expressions.flatMap(\.scalarSubqueries) { collect(subquery.plan, into: &nodes) }
    }
  }

  /// The column that a name was given to, through plain renames.
  func origin(of column: PlanColumn) -> PlanColumn {
    var column = column
    for _ in 0..<100 {
      guard case .column(let source)? = definitions[column.id] else { return column }
      column = source
    }
    return column
  }

  /// An expression with what its columns are made of in their place, as far as it goes.
  func resolved(_ expression: Expression) -> Expression {
    var result = expression
    for _ in 0..<20 {
      guard case .column(let column) = result, let definition = definitions[column.id] else { return result }
      result = definition
    }
    return result
  }

  /// All calls of all expressions, each with the node it stands in.
  var calls: [(call: FunctionCall, node: LogicalPlan)] {
    var result: [(FunctionCall, LogicalPlan)] = []
    for node in nodes {
      for expression in node.expressions { expression.forEachCall { result.append(($0, node)) } }
    }
    return result
  }

  /// The place of a call; that of its stage where it has none of its own.
  func place(_ call: FunctionCall, in node: LogicalPlan) -> SourceSpan? { call.span ?? node.origin.span }

  /// The text of a call as its language shows it.
  static func text(_ expression: Expression) -> String { StageOutline.text(of: expression) }
}

extension Expression {
  /// Visits every call, the arguments after the call itself.
  func forEachCall(_ visit: (FunctionCall) -> Void) {
    switch self {
    case .literal, .column, .subquery: break
    case .call(let call):
      visit(call)
      for argument in call.arguments { argument.forEachCall(visit) }
    case .conditional(let conditional):
      for branch in conditional.branches {
        branch.condition.forEachCall(visit)
        branch.value.forEachCall(visit)
      }
      conditional.otherwise.forEachCall(visit)
    case .binding(let binding):
      binding.value.forEachCall(visit)
      binding.body.forEachCall(visit)
    }
  }
}

extension FunctionCall {
  var name: String { function.name(in: dialect.language) }
}
