/// One eval expression for events of several source types.
package enum SourcetypeCases {
  /// - Parameters:
  ///   - expressions: by source type. One alone stands for all events.
  ///   - otherwise: for events of other source types.
  package static func expression(
    _ expressions: [(sourcetype: String, expression: String)], otherwise: String? = nil
  ) -> String {
    if otherwise == nil, expressions.count == 1, let only = expressions.first { return only.expression }
    let cases = expressions.map { "sourcetype=\"\($0.sourcetype)\", \($0.expression)" }
    return "case(\((cases + (otherwise.map { ["true(), \($0)"] } ?? [])).joined(separator: ", ")))"
  }
}
