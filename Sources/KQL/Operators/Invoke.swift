package import Diagnostics
import Engine

/// `invoke f(x)`: calls a function with the table as its first argument.
package struct InvokeSyntax: Hashable, Sendable {
  package var call: CallSyntax
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["invoke"],
    syntax: "T | invoke FUNCTION(ARGUMENT, …)",
    summary: "Calls a function whose first argument is the rows.",
    examples: [
      .kqlQuery(
        "let f = (T:(a:long)) { T | extend b = a + 1 }; datatable(a:long)[1] | invoke f()",
        gives: "2")
    ],
    stage: { .invoke($0.parseInvoke($1)) })
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

extension KQLLowering {
  /// Calls a function with the table on the left as its first tabular argument.
  func lower(_ node: InvokeSyntax, on input: Relation) -> Relation? {
    let name = node.call.function
    let result: CallResult?
    if case .function(let function, let home)? = scope.binding(name.text) {
      result = call(function, home: home, arguments: node.call.arguments, input: input, at: node.span)
    } else if environment.functions[name.text] != nil {
      result = callSaved(name, arguments: node.call.arguments, input: input)
    } else {
      return fail(
        KQLMessages.unknownFunction(
          name.text, known: scope.visibleNames + environment.functions.keys, at: name.span))
    }
    return result?.relation(self, at: node.span)
  }
}
