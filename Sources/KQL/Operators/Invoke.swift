import Diagnostics
import Engine

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
