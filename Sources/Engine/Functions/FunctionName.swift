/// A name under which one language knows a function. Operators have their spelling as name.
package struct FunctionName: Hashable, Sendable {
  package var language: Language
  package var text: String
  /// An old spelling: works, and is not suggested.
  package var isAlias: Bool

  package init(language: Language, text: String, isAlias: Bool) {
    self.language = language
    self.text = text
    self.isAlias = isAlias
  }

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

extension FunctionName {
  package func isOf(_ language: Language) -> Bool { self.language == language }
}

extension [FunctionName] {
  /// The names that a language suggests.
  package func suggested(in language: Language) -> [String] {
    filter { $0.isOf(language) && !$0.isAlias }.map(\.text)
  }

  /// The name by which a page or a plan of a language calls the function: another's, where it has none.
  func shown(in language: Language) -> String {
    first { $0.isOf(language) }?.text ?? first?.text ?? ""
  }
}
