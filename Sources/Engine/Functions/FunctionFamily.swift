/// Functions that belong together: one page of the reference.
package struct FunctionFamily: Sendable {
  /// `Text`, `Date and time`.
  package var title: String
  package var functions: [ScalarFunction]

  init(_ title: String, _ functions: [[ScalarFunction]]) {
    self.title = title
    self.functions = functions.flatMap { $0 }
  }
}
