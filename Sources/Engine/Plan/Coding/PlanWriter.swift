/// Writes the parts of a plan.
///
/// Expressions and plans stand inside each other as they do in memory. Every so many levels a part goes to a list of
/// the document instead, and its place stands for it, so that no document nests deeper than JSON may.
package final class PlanWriter {
  /// So many expressions and plans stand inside each other.
  private static let nesting = 32

  private var level = 0
  /// `{"expression":…}` or `{"plan":…}`, each of which may name those before it.
  private(set) var parts: [JSONValue] = []

  init() {}

  /// Writes a part that others stand in; `kind` says what it is in the list.
  func nested(_ kind: String, _ write: () -> JSONValue) -> JSONValue {
    level += 1
    defer { level -= 1 }
    let json = write()
    guard level % PlanWriter.nesting == 0 else { return json }
    parts.append(.object([JSONValue.Member(kind, json)]))
    return .object([JSONValue.Member(PlanWriter.partKey, .long(Int64(parts.count - 1)))])
  }

  static let expressionKey = "expression"
  static let planKey = "plan"
  static let partKey = "part"
}
