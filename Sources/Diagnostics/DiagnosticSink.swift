/// Collects diagnostics while a text is read; the first error of a place wins.
public struct DiagnosticSink: Sendable {
  public private(set) var diagnostics: [Diagnostic] = []

  public init() {}

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  public mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.contains(diagnostic) { return }
    diagnostics.append(diagnostic)
  }

  public mutating func report(contentsOf other: [Diagnostic]) {
    for diagnostic in other { report(diagnostic) }
  }

  /// The collected diagnostics in the order of their places.
  public var sorted: [Diagnostic] {
    diagnostics.enumerated().sorted { left, right in
      let leftStart = left.element.primary?.span.lowerBound ?? -1
      let rightStart = right.element.primary?.span.lowerBound ?? -1
      return leftStart == rightStart ? left.offset < right.offset : leftStart < rightStart
    }.map(\.element)
  }
}
