import Diagnostics
import Engine

/// `appendcols override=t [search …]`: the fields of a subsearch's rows, row by row.
package struct AppendColsCommandSyntax: Hashable, Sendable {
  package let subsearch: SubsearchSyntax?
  package let options: CommandOptions

  package var overrides: Bool { options.boolean("override") ?? false }

  static let record = CommandRecord(
    "appendcols",
    syntax: "appendcols [override=BOOL] [maxout=COUNT] [SUBSEARCH]",
    summary: "Adds the fields of a subsearch, row by row.",
    notes: [
      "Rows meet by their place: the first with the first."
    ],
    examples: [
      .splQuery(
        "| makeresults | eval a=1 | table a | appendcols [| makeresults | eval b=2 | table b]",
        gives: #""2""#)
    ], takesSubsearch: true
  ) { parser, command in
    var rules = AppendCommandSyntax.limits
    rules["override"] = .boolean
    let (subsearch, options) = parser.parseOneSubsearch(command, rules)
    return .appendcols(AppendColsCommandSyntax(subsearch: subsearch, options: options))
  }
}

extension SPLLowering {
  /// The fields of the subsearch's first row go to the first row, and so on.
  func lower(_ command: AppendColsCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let subsearch = command.subsearch, var added = lower(subsearch) else { return }
    limit(&added, command.options.integer("maxout"), at: subsearch.span)
    fetchFollowing(in: &relation)
    let leftPlace = window([(SPLWindowFunctions.place, [], .long)], in: &relation, at: span)
    let rightPlace = window([(SPLWindowFunctions.place, [], .long)], in: &added, at: span)
    guard let left = leftPlace.first, let right = rightPlace.first else { return }
    let leftColumns = relation.columns.filter { $0.id != left.id }
    let rightColumns = added.columns.filter { $0.id != right.id }
    var outputs = leftColumns.map {
      Join.Output(column: makeColumn($0.name, $0.type), source: $0.id, fromLeft: true)
    }
    let count = outputs.count
    outputs += rightColumns.map {
      Join.Output(column: makeColumn($0.name, $0.type), source: $0.id, fromLeft: false)
    }
    relation.close(
      .join(
        Join(
          kind: .fullouter, left: relation.plan, right: added.plan,
          keys: [Join.Key(left.reference, right.reference)],
          outputs: outputs, nullsMatch: false, missingText: .null, origin: origin(span))))
    var assignments = outputs[..<count].map { Assignment(keeping: $0.column) }
    for output in outputs[count...] {
      guard let place = assignments.firstIndex(where: { $0.column.name == output.column.name }) else {
        assignments.append(Assignment(keeping: output.column))
        continue
      }
      let own = assignments[place].expression
      let merged =
        command.overrides
        ? firstPresent([output.column.reference, own]) : firstPresent([own, output.column.reference])
      assignments[place] = Assignment(column: makeColumn(output.column.name, merged.type), expression: merged)
    }
    relation.plan = .project(Project(input: relation.plan, assignments: assignments, origin: origin(span)))
  }
}
