/// Why a text is no plan that this version can run: what is wrong, and where in the document.
package struct PlanReadingFailure: Error, Hashable, Sendable {
  /// Stable slug: `invalid-plan`, `plan-version`, `unknown-function`, …
  package var id: String
  /// One line, which names the thing in backticks.
  package var message: String
  /// `plan.filter.predicate`; empty for the document as a whole.
  package var path: String

  package init(_ id: String, _ message: String, path: String = "") {
    self.id = id
    self.message = message
    self.path = path
  }
}

extension PlanReadingFailure: CustomStringConvertible {
  package var description: String { path.isEmpty ? message : "\(message), at \(path)" }
}
