/// A name under which one language knows a function. Operators have their spelling as name.
package struct FunctionName: Hashable, Sendable {
  package var language: Language
  package var text: String
  /// An old spelling: works, and is not suggested.
  package var isAlias: Bool

  package static func kql(_ text: String) -> FunctionName {
    FunctionName(language: .kql, text: text, isAlias: false)
  }
  package static func spl(_ text: String) -> FunctionName {
    FunctionName(language: .spl, text: text, isAlias: false)
  }
  package static func kqlAlias(_ text: String) -> FunctionName {
    FunctionName(language: .kql, text: text, isAlias: true)
  }
  package static func splAlias(_ text: String) -> FunctionName {
    FunctionName(language: .spl, text: text, isAlias: true)
  }
}

extension [FunctionName] {
  /// The names that a language suggests.
  package func suggested(in language: Language) -> [String] {
    filter { $0.language == language && !$0.isAlias }.map(\.text)
  }

  /// The name by which a page or a plan of a language calls the function: another's, where it has none.
  func shown(in language: Language) -> String {
    first { $0.language == language }?.text ?? first?.text ?? ""
  }
}
