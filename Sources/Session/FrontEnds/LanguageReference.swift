package import Engine

/// The records of a language that are its own, beside those of the functions that languages share.
package struct LanguageReference: Sendable {
  /// What stands behind a pipe: KQL's operators, SPL's commands.
  package struct Stages: Sendable {
    /// What one is called: `operator`.
    package var kind: String
    package var all: [StageReference]

    package init(kind: String, all: [StageReference]) {
      self.kind = kind
      self.all = all
    }
  }

  /// Functions that lowering knows by itself.
  package var special: [SpecialFunction] = []
  /// What stands behind `evaluate`.
  package var plugins: [SpecialFunction] = []
  package var stages: Stages?
  /// Why a function that the language has is not run; nil for any other name.
  package var refusal: @Sendable (String) -> String? = { _ in nil }
  /// A record's name that no text can write.
  package var isInternal: @Sendable (FunctionName) -> Bool = { _ in false }

  package init() {}
}
