package import Diagnostics
package import Engine

extension SPL {
  /// A search with a condition on a field of its result behind it: `… | where eventName="SendEmail"`; nil for a value
  /// that no condition can name.
  package static func narrowed(
    _ source: SourceText, to column: Field, being value: Value, isExcluded: Bool
  ) -> String? {
    let field = SPLSpelling.field(column.name)
    let condition: String
    if value.isNull {
      condition = isExcluded ? "isnotnull(\(field))" : "isnull(\(field))"
    } else {
      var value = value
      var subject = field
      // Several values are compared as one text.
      if case .dynamic(let tree) = value, case .array(let elements) = tree {
        subject = "mvjoin(\(field), \"; \")"
        value = .string(elements.map { $0.scalar?.splText ?? $0.text }.joined(separator: "; "))
      }
      guard let constant = SPLSpelling.constant(value)?.text else { return nil }
      condition =
        isExcluded ? "isnull(\(field)) OR \(subject)!=\(constant)" : "\(subject)=\(constant)"
    }
    var text = source.text[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return text + "\n| where \(condition)"
  }

  /// A text between quotes.
  package static func quoted(_ text: String) -> String { SPLSpelling.text(text) }

  /// A field where a command names it.
  package static func argument(_ name: String) -> String { SPLSpelling.argument(name) }

  /// A field within an expression.
  package static func field(_ name: String) -> String { SPLSpelling.field(name) }
}
