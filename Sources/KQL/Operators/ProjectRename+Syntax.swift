package import Diagnostics

/// `project-rename new = old`.
package struct ProjectRenameSyntax: Hashable, Sendable {
  package struct Renaming: Hashable, Sendable {
    package var new: NameSyntax
    package var old: NameSyntax
  }

  package var renamings: [Renaming]
  package var span: SourceSpan
}

extension KQLParser {
  func parseProjectRename(_ start: SourceSpan) -> ProjectRenameSyntax {
    let renamings = commaSeparated { parser in
      let new = parser.name("a new name")
      parser.expect(.assign, after: "the new name")
      return ProjectRenameSyntax.Renaming(new: new, old: parser.name("a column", after: "="))
    }
    return ProjectRenameSyntax(renamings: renamings, span: span(from: start))
  }
}
