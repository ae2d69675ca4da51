package import Diagnostics

/// `invoke f(x)`: calls a function with the table as its first argument.
package struct InvokeSyntax: Hashable, Sendable {
  package var call: CallSyntax
  package var span: SourceSpan
}

extension KQLParser {
  func parseInvoke(_ start: SourceSpan) -> InvokeSyntax {
    InvokeSyntax(call: operatorCall("a function", after: "invoke"), span: span(from: start))
  }

  /// `f(x)` behind `invoke` or `evaluate`.
  func operatorCall(_ what: String, after keyword: String) -> CallSyntax {
    let name = self.name(what, after: keyword)
    guard at(.leftParenthesis) else {
      reportExpected("`(`", after: "the function's name")
      return CallSyntax(function: name, arguments: [], span: name.span)
    }
    return call(name)
  }
}
