package import Diagnostics

/// `find withsource=s in (T, A*) where predicate project a, b:string, pack_all()`.
package struct FindSyntax: Hashable, Sendable {
  package enum Columns: Hashable, Sendable {
    /// `project-smart`, the default.
    case smart
    case project([Column])
    case away([NamePatternSyntax])
  }

  package struct Column: Hashable, Sendable {
    /// A name, `*`, or the call `pack_all()`.
    package var value: ExpressionSyntax
    package var type: TypeNameSyntax?
  }

  package var options: [OptionSyntax]
  /// Empty for all tables.
  package var tables: [ExpressionSyntax]
  package var predicate: ExpressionSyntax
  package var columns: Columns
  package var span: SourceSpan
}

extension KQLParser {
  func parseFind(_ start: SourceSpan) -> FindSyntax {
    let options = self.options(["withsource", "datascope"])
    let tables = tableList()
    _ = take("where")
    let predicate = self.predicate()
    var columns = FindSyntax.Columns.smart
    if let word = operatorWord() {
      switch word.text {
      case "project":
        cursor.advance()
        columns = .project(commaSeparated { $0.findColumn() })
      case "project-away":
        cursor.rewind(to: cursor.index + word.tokenCount)
        columns = .away(commaSeparated { $0.namePattern() })
      case "project-smart": cursor.rewind(to: cursor.index + word.tokenCount)
      default: break
      }
    }
    return FindSyntax(
      options: options, tables: tables, predicate: predicate, columns: columns, span: span(from: start))
  }

  private func findColumn() -> FindSyntax.Column {
    let value = postfixExpression()
    let type = take(.colon) != nil ? typeName() : nil
    return FindSyntax.Column(value: value, type: type)
  }
}
