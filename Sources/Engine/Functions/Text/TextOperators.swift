/// KQL's operators that look for one text in another: `has`, `contains`, `startswith` and their variants.
package enum TextOperators {
  package static let all: [ScalarFunction] =
    has + hasPrefix + hasSuffix + contains + startsWith + endsWith + [
      equalIgnoringCase, notEqualIgnoringCase,
    ]

  typealias Test = @Sendable (UnsafeBufferPointer<UInt8>) -> Bool

  /// What an operator says of a text: for the summary and the examples of its four variants.
  private struct Wording {
    var summary: String
    var text: String
    /// In the text with the same case.
    var found: String
    /// In the text, but for case.
    var otherCase: String
    var missing: String
    var notes: [String] = []
  }

  private static let termNote =
    "A term is a run of letters and digits; every other character, `_` too, stands between terms."

  static let has = variants(
    "has", .term, aliases: [":"],
    Wording(
      summary: "the right text stands in the left as whole terms", text: "iam:CreateUser-Role",
      found: "CreateUser", otherCase: "role", missing: "Create", notes: [termNote])
  ) { text, ignoresCase in
    let needle = TermNeedle(text, ignoresCase: ignoresCase, edges: .both)
    return { needle.occurs(in: $0) }
  }

  static let hasPrefix = variants(
    "hasprefix", .termPrefix,
    Wording(
      summary: "a term of the left text begins with the right", text: "iam:CreateUser", found: "Create",
      otherCase: "create", missing: "User", notes: [termNote])
  ) { text, ignoresCase in
    let needle = TermNeedle(text, ignoresCase: ignoresCase, edges: .before)
    return { needle.occurs(in: $0) }
  }

  static let hasSuffix = variants(
    "hassuffix", .termSuffix,
    Wording(
      summary: "a term of the left text ends with the right", text: "CreateUser.iam", found: "User",
      otherCase: "user", missing: "Create", notes: [termNote])
  ) { text, ignoresCase in
    let needle = TermNeedle(text, ignoresCase: ignoresCase, edges: .after)
    return { needle.occurs(in: $0) }
  }

  static let contains = variants(
    "contains", .contains, negated: "notcontains", sensitive: "containscs", negatedSensitive: "notcontainscs",
    Wording(
      summary: "the right text stands anywhere in the left", text: "CreateUser", found: "teUs",
      otherCase: "TEUS", missing: "Group")
  ) { text, ignoresCase in
    let needle = TextNeedle(text, ignoresCase: ignoresCase)
    return { needle.isContained(in: $0) }
  }

  static let startsWith = variants(
    "startswith", .prefix,
    Wording(
      summary: "the left text begins with the right", text: "CreateUser", found: "Create",
      otherCase: "create",
      missing: "User")
  ) { text, ignoresCase in
    let needle = TextNeedle(text, ignoresCase: ignoresCase)
    return { needle.isPrefix(of: $0) }
  }

  static let endsWith = variants(
    "endswith", .suffix,
    Wording(
      summary: "the left text ends with the right", text: "CreateUser", found: "User", otherCase: "user",
      missing: "Create")
  ) { text, ignoresCase in
    let needle = TextNeedle(text, ignoresCase: ignoresCase)
    return { needle.isSuffix(of: $0) }
  }

  static let equalIgnoringCase = record(
    [.kql("=~")], "Is true if both texts are equal but for case.",
    PredicateMeaning(.equals, ignoresCase: true),
    examples: [
      .kql(#""Root" =~ "root""#, gives: "true"), .kql(#""straße" =~ "STRASSE""#, gives: "false"),
      .kql(#""É" =~ "é""#, gives: "true"),
    ]
  ) { text in
    let needle = TextNeedle(text, ignoresCase: true)
    return { needle.isEqual(to: $0) }
  }

  static let notEqualIgnoringCase = record(
    [.kql("!~")], "Is true if the texts differ by more than case.",
    PredicateMeaning(.equals, ignoresCase: true, isNegated: true),
    examples: [.kql(#""Root" !~ "root""#, gives: "false"), .kql(#""a" !~ "b""#, gives: "true")]
  ) { text in
    let needle = TextNeedle(text, ignoresCase: true)
    return { !needle.isEqual(to: $0) }
  }

  /// `name`, `!name`, `name_cs` and `!name_cs`, with older spellings.
  private static func variants(
    _ name: String, _ meaning: PredicateMeaning.Test, aliases: [String] = [], negated: String? = nil,
    sensitive: String? = nil,
    negatedSensitive: String? = nil, _ wording: Wording,
    test: @escaping @Sendable (_ text: String, _ ignoresCase: Bool) -> Test
  ) -> [ScalarFunction] {
    func variant(_ spelling: String, _ older: [String], ignoresCase: Bool, isNegated: Bool) -> ScalarFunction
    {
      let condition = isNegated ? "Is true unless" : "Is true if"
      let manner = ignoresCase ? "in any case" : "in the same case"
      func example(_ needle: String, _ isFound: Bool) -> FunctionExample {
        .kql("\"\(wording.text)\" \(spelling) \"\(needle)\"", gives: isFound == isNegated ? "false" : "true")
      }
      let names: [FunctionName] = [.kql(spelling)] + older.map { FunctionName.kqlAlias($0) }
      return record(
        names, "\(condition) \(wording.summary), \(manner).",
        PredicateMeaning(meaning, ignoresCase: ignoresCase, isNegated: isNegated), notes: wording.notes,
        examples: [
          example(wording.found, true), example(wording.otherCase, ignoresCase),
          example(wording.missing, false), example("", true),
        ]
      ) { (text: String) -> Test in
        let plain = test(text, ignoresCase)
        if !isNegated { return plain }
        return { !plain($0) }
      }
    }
    return [
      variant(name, aliases, ignoresCase: true, isNegated: false),
      variant("!\(name)", negated.map { [$0] } ?? [], ignoresCase: true, isNegated: true),
      variant("\(name)_cs", sensitive.map { [$0] } ?? [], ignoresCase: false, isNegated: false),
      variant("!\(name)_cs", negatedSensitive.map { [$0] } ?? [], ignoresCase: false, isNegated: true),
    ]
  }

  private static func record(
    _ names: [FunctionName], _ summary: String, _ meaning: PredicateMeaning, notes: [String] = [],
    examples: [FunctionExample],
    test: @escaping @Sendable (String) -> Test
  ) -> ScalarFunction {
    ScalarFunction(
      names, Signature([.string("text"), .string("wanted")], returns: .fixed(.bool)), summary, notes: notes,
      notation: .infix(.comparison),
      kernel: .textTest { arguments in test(arguments.text(1) ?? "") }, meaning: meaning, examples: examples)
  }
}
