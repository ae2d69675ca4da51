package import Diagnostics

/// A run that stopped: a limit was hit, or a function cannot work with its constants.
package struct ExecutionFailure: Error, Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case failed
    /// A limit of time, memory or size was hit.
    case limit
    /// Whoever asked does not wait for the answer any more.
    case cancelled
  }

  package var kind: Kind
  package var id: String
  package var message: String
  package var span: SourceSpan?
  package var suggestion: Advice?

  package init(
    _ id: String, _ message: String, kind: Kind = .failed, span: SourceSpan? = nil, suggestion: Advice? = nil
  ) {
    self.kind = kind
    self.id = id
    self.message = message
    self.span = span
    self.suggestion = suggestion
  }

  static func limit(_ id: String, _ message: String, suggestion: Advice) -> ExecutionFailure {
    ExecutionFailure(id, message, kind: .limit, suggestion: suggestion)
  }

  package static let cancelled = ExecutionFailure("cancelled", "the run was cancelled", kind: .cancelled)
}
