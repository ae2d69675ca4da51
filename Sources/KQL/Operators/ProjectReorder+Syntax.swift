package import Diagnostics

/// `project-reorder a, b* asc`: puts columns first.
package struct ProjectReorderSyntax: Hashable, Sendable {
  package enum Order: String, Hashable, Sendable, CaseIterable {
    case asc, desc
    case grannyAsc = "granny-asc"
    case grannyDesc = "granny-desc"
  }

  package struct Column: Hashable, Sendable {
    package var name: NamePatternSyntax
    package var order: Order?
  }

  package var columns: [Column]
  package var span: SourceSpan
}

extension KQLParser {
  func parseProjectReorder(_ start: SourceSpan) -> ProjectReorderSyntax {
    let columns = commaSeparated { parser in
      ProjectReorderSyntax.Column(name: parser.namePattern(), order: parser.reorderOrder())
    }
    return ProjectReorderSyntax(columns: columns, span: span(from: start))
  }

  private func reorderOrder() -> ProjectReorderSyntax.Order? {
    if at("granny"), at(.minus, ahead: 1), let direction = cursor.peek(2).word,
      let order = ProjectReorderSyntax.Order(rawValue: "granny-" + direction)
    {
      cursor.rewind(to: cursor.index + 3)
      return order
    }
    guard let word = current.word, let order = ProjectReorderSyntax.Order(rawValue: word) else { return nil }
    cursor.advance()
    return order
  }
}
