import Session

/// What was typed: the verb, its options and its operands. Nothing is interpreted yet.
///
/// `ParsedArguments+Settings.swift` reads typed values out of it.
struct ParsedArguments: Hashable, Sendable {
  var verb: VerbName
  /// Flags have an empty list.
  var options: [OptionName: [String]] = [:]
  var operands: [String] = []
  /// The languages that the program knows.
  let languages: FrontEnds

  init(_ verb: VerbName, _ languages: FrontEnds) {
    self.verb = verb
    self.languages = languages
  }

  func has(_ option: OptionName) -> Bool { options[option] != nil }

  /// The value of an option that may stand once.
  func value(_ option: OptionName) -> String? { options[option]?.first }

  func values(_ option: OptionName) -> [String] { options[option] ?? [] }
}
