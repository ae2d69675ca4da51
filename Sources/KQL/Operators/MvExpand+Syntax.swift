package import Diagnostics

/// `mv-expand kind=array with_itemindex=i a = f(x) to typeof(string), b limit 10`.
package struct MvExpandSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var columns: [ExpandedColumnSyntax]
  package var limit: ExpressionSyntax?
  /// Whether the old spelling `mvexpand` is used, which has a limit of its own.
  package var isLegacy: Bool
  package var span: SourceSpan
}

/// A column whose elements become rows.
package struct ExpandedColumnSyntax: Hashable, Sendable {
  package var value: NamedExpressionSyntax
  /// The type behind `to typeof`.
  package var type: TypeNameSyntax?
}

extension KQLParser {
  func parseMvExpand(_ start: SourceSpan) -> MvExpandSyntax {
    let isLegacy = source[start] == "mvexpand"
    let options = self.options(["kind", "bagexpansion", "with_itemindex"])
    let columns = commaSeparated { $0.expandedColumn() }
    let limit = take("limit") != nil ? expression() : nil
    return MvExpandSyntax(
      options: options, columns: columns, limit: limit, isLegacy: isLegacy, span: span(from: start))
  }

  func expandedColumn() -> ExpandedColumnSyntax {
    let value = namedExpression()
    return ExpandedColumnSyntax(value: value, type: optionalTypeOf())
  }
}
