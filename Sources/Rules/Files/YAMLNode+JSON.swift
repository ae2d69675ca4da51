package import Engine
package import Formats

extension YAMLNode {
  /// As JSON: plain scalars by the core schema.
  package var json: JSONValue {
    switch content {
    case .list(let elements): .array(elements.map(\.json))
    case .map(let entries): .object(entries.map { JSONValue.Member($0.key, $0.value.json) })
    case .scalar(let text, let style): style == .plain ? YAMLNode.plainValue(text) : .string(text)
    }
  }

  private static func plainValue(_ text: String) -> JSONValue {
    if YAMLNode.isNull(text) { return .null }
    switch text {
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    if let number = Int64(text) { return .long(number) }
    let isNumber = text.utf8.allSatisfy { (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }
    if isNumber, let number = Double(text), number.isFinite { return .real(number) }
    return .string(text)
  }
}
