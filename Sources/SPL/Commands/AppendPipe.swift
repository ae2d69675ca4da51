import Diagnostics
import Engine

/// `appendpipe [stats sum(count)]`: the present rows, and what commands make of them.
package struct AppendPipeCommandSyntax: Hashable, Sendable {
  package let subpipeline: SubsearchSyntax?

  static let record = CommandRecord(
    "appendpipe",
    syntax: "appendpipe [COMMANDS]",
    summary: "Adds what commands make of the present rows.",
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | table n | appendpipe [stats sum(n) as n]",
        gives: #"mvappend("1", "2", "3", "6")"#)
    ], takesSubsearch: true
  ) { parser, command in
    let (subpipeline, _) = parser.parseOneSubsearch(
      command, ["run_in_preview": .boolean], kind: .continuation)
    return .appendpipe(AppendPipeCommandSyntax(subpipeline: subpipeline))
  }
}

extension SPLLowering {
  func lower(_ command: AppendPipeCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let subpipeline = command.subpipeline else { return }
    fetchFollowing(in: &relation)
    let shared = With.Definition(id: makeNumber(), plan: relation.plan)
    definitions.append(shared)
    relation.plan = .reference(Reference(to: shared))
    var added = relation
    let outer = following
    run(subpipeline.pipeline.stages, on: &added)
    following = outer
    append(added, to: &relation, at: span)
  }
}
