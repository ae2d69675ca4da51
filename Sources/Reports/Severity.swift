/// The order of severities: the gravest first, an unknown one last.
package enum Severity {
  private static let order = ["critical", "high", "medium", "low", "informational"]

  package static func rank(_ severity: String?) -> Int {
    severity.flatMap { order.firstIndex(of: $0) } ?? order.count
  }
}
