package import Engine

extension ExecutionFailure {
  /// A limit of time, memory or size was hit.
  package var isLimit: Bool { id.hasSuffix("-limit") }
}
