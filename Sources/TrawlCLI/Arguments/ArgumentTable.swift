/// All verbs and options. The order is the order of the help.
///
/// A new option is a case of `OptionName` and a record in `options`; a test holds the two together.
enum ArgumentTable {
  static func verb(_ name: VerbName) -> VerbDefinition? { verbs.first { $0.name == name } }

  static func option(_ name: OptionName) -> OptionDefinition? { options.first { $0.name == name } }

  /// The option of a long name as it is typed, without the hyphens.
  static func option(long text: String) -> OptionDefinition? {
    options.first { $0.name.rawValue == text || $0.aliases.contains(text) }
  }

  static func option(short character: Character) -> OptionDefinition? {
    options.first { $0.short == character }
  }

  static func options(of verb: VerbName) -> [OptionDefinition] {
    options.filter { $0.verbs.contains(verb) }
  }
}
