/// A function of SPL that the lowering makes of other parts, as its arguments are no plain values.
package struct FunctionForm: Sendable {
  package let names: [FunctionName]
  package let signature: Signature
  package let summary: String
  package let notes: [String]
  package let nulls: NullRule
  package let examples: [FunctionExample]
}

/// `if`, `case` and the like.
package enum SPLForms {
  package static let all: [FunctionForm] = [
    choose, cases, validate, searchMatch, mapValues, filterValues,
  ]

  private static let first = "Conditions after the one that decides are not worked out."

  static let choose = FunctionForm(
    names: [.spl("if")],
    signature: Signature([.bool("condition"), .any("then"), .any("else")], returns: .common(from: 1)),
    summary: "Gives one of two values.", notes: ["A condition that is null counts as false."],
    nulls: .handlesNulls,
    examples: [
      .spl(#"if(1 < 2, "yes", "no")"#, gives: #""yes""#),
      .spl(#"if(null() = 1, "yes", "no")"#, gives: #""no""#),
    ])

  static let cases = FunctionForm(
    names: [.spl("case")],
    signature: Signature([.bool("condition").repeated, .any("value").repeated], returns: .common(from: 1)),
    summary: "Gives the value behind the first condition that is true.",
    notes: ["Null if none is; `true()` as the last condition catches the rest.", first], nulls: .handlesNulls,
    examples: [
      .spl(#"case(1 > 2, "a", true(), "b")"#, gives: #""b""#),
      .spl(#"isnull(case(1 > 2, "a"))"#, gives: "true()"),
    ])

  static let validate = FunctionForm(
    names: [.spl("validate")],
    signature: Signature([.bool("condition").repeated, .any("value").repeated], returns: .common(from: 1)),
    summary: "Gives the value behind the first condition that is false.",
    notes: ["Null if all hold.", first],
    nulls: .handlesNulls,
    examples: [
      .spl(#"validate(1 < 2, "a", 1 > 2, "b")"#, gives: #""b""#),
      .spl(#"isnull(validate(1 < 2, "a"))"#, gives: "true()"),
    ])

  static let searchMatch = FunctionForm(
    names: [.spl("searchmatch")],
    signature: Signature([Parameter.string("search").constant], returns: .fixed(.bool)),
    summary: "Is true for a row that a search fits.",
    notes: ["Compares as `search` does: texts without regard to case, with `*` as wildcard."],
    nulls: .neverNull,
    examples: [
      .spl(#"if(searchmatch("none=x"), 1, 0)"#, gives: "0"),
      .spl(#"if(searchmatch("NOT none=x"), 1, 0)"#, gives: "1"),
    ])

  static let mapValues = FunctionForm(
    names: [.spl("mvmap")],
    signature: Signature([.any("field"), .any("expression")], returns: .fixed(.dynamic)),
    summary: "Works out an expression for each value of a field, which stands for that value in it.",
    notes: ["The first argument may be an expression over one field."], nulls: .handlesNulls, examples: [])

  static let filterValues = FunctionForm(
    names: [.spl("mvfilter")], signature: Signature([.bool("condition")], returns: .fixed(.dynamic)),
    summary: "Keeps the values of a field for which a condition on it is true.",
    notes: ["The condition names one field."], nulls: .handlesNulls, examples: [])
}
