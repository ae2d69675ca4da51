package import Diagnostics

/// `evaluate bag_unpack(d) : (*, a:string)`: calls a plugin.
package struct EvaluateSyntax: Hashable, Sendable {
  package struct OutputSchema: Hashable, Sendable {
    /// Whether `*` is in it: the columns of the input come along.
    package var hasStar: Bool
    package var columns: [ColumnDeclarationSyntax]
  }

  package var options: [OptionSyntax]
  package var call: CallSyntax
  package var schema: OutputSchema?
  package var span: SourceSpan
}

extension KQLParser {
  func parseEvaluate(_ start: SourceSpan) -> EvaluateSyntax {
    let options = self.options([])
    let call = operatorCall("a plugin", after: "evaluate")
    var schema: EvaluateSyntax.OutputSchema?
    if take(.colon) != nil { schema = evaluateSchema() }
    return EvaluateSyntax(options: options, call: call, schema: schema, span: span(from: start))
  }

  private func evaluateSchema() -> EvaluateSyntax.OutputSchema {
    guard at(.leftParenthesis), at(.star, ahead: 1) else {
      return EvaluateSyntax.OutputSchema(hasStar: false, columns: columnDeclarations())
    }
    let opening = cursor.advance().span
    cursor.advance()
    var columns: [ColumnDeclarationSyntax] = []
    if take(.comma) != nil {
      columns = list(until: .rightParenthesis) { parser in
        let name = parser.name("a column")
        parser.expect(.colon, after: "the column's name")
        return ColumnDeclarationSyntax(name: name, type: parser.typeName())
      }
    }
    close(.rightParenthesis, opening: opening)
    return EvaluateSyntax.OutputSchema(hasStar: true, columns: columns)
  }
}
