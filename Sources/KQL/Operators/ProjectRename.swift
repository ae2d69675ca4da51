package import Diagnostics
import Engine

/// `project-rename new = old`.
package struct ProjectRenameSyntax: Hashable, Sendable {
  package struct Renaming: Hashable, Sendable {
    package var new: NameSyntax
    package var old: NameSyntax
  }

  package var renamings: [Renaming]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["project-rename"],
    syntax: "T | project-rename NEW = OLD, …",
    summary: "Gives columns other names.",
    examples: [
      .kqlQuery(
        "print a = 7 | project-rename b = a | project b",
        gives: "7")
    ],
    stage: { .projectRename($0.parseProjectRename($1)) })
}

extension KQLParser {
  func parseProjectRename(_ start: SourceSpan) -> ProjectRenameSyntax {
    let renamings = commaSeparated { parser in
      let new = parser.name("a new name", as: .newColumn)
      parser.expect(.assign, after: "the new name")
      return ProjectRenameSyntax.Renaming(new: new, old: parser.name("a column", after: "=", as: .use))
    }
    return ProjectRenameSyntax(renamings: renamings, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: ProjectRenameSyntax, on input: Relation) -> Relation? {
    var names: [ColumnID: String] = [:]
    for renaming in node.renamings {
      guard let old = column(renaming.old, of: input) else { return nil }
      names[old.id] = renaming.new.text
    }
    let renamed = input.columns.map { names[$0.id] ?? $0.name }
    if let duplicate = Dictionary(grouping: renamed, by: { $0 }).first(where: { $0.value.count > 1 })?.key {
      return fail(KQLMessages.duplicateColumn(duplicate, at: node.span))
    }
    let assignments = input.columns.map { column in
      if let name = names[column.id] {
        return Assignment(column: makeColumn(name, column.type), expression: .column(column))
      }
      return Assignment(keeping: column)
    }
    return input.with(
      .project(Project(input: input.plan, assignments: assignments, origin: origin(node.span))))
  }
}
