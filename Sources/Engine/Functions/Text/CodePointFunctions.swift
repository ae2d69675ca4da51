/// Texts as code points: `unicode_codepoints_from_string`, `unicode_codepoints_to_string`.
package enum CodePointFunctions {
  package static let all: [ScalarFunction] = [fromText, toText]

  static let fromText = ScalarFunction(
    [.kql("unicode_codepoints_from_string"), .kqlAlias("to_utf8")],
    Signature([.text("text")], returns: .fixed(.dynamic)), "Gives the code points of a text as an array.",
    kernel: .scalar { values in
      .dynamic(.array((values.text(0) ?? "").unicodeScalars.map { .long(Int64($0.value)) }))
    },
    examples: [
      .kql(#"unicode_codepoints_from_string("Aé")"#, gives: "dynamic([65,233])"),
      .kql(#"unicode_codepoints_from_string("")"#, gives: "dynamic([])"),
    ])

  static let toText = ScalarFunction(
    [.kql("unicode_codepoints_to_string"), .kqlAlias("make_string")],
    Signature(
      [
        Parameter.oneOf("code points", [.dynamic, .long, .int]),
        Parameter.oneOf("code points", [.dynamic, .long, .int]).repeated,
      ], returns: .fixed(.string)),
    "Gives the text of code points; arrays are flattened.",
    notes: ["What is no code point makes the result empty."],
    kernel: .scalar { values in
      var text = String.UnicodeScalarView()
      for value in ListArguments.flattened(values) {
        guard case .long(let number) = value, let code = UInt32(exactly: number),
          let scalar = Unicode.Scalar(code)
        else { return .null }
        text.append(scalar)
      }
      return .string(String(text))
    },
    examples: [
      .kql("unicode_codepoints_to_string(75, 117, 115)", gives: #""Kus""#),
      .kql("unicode_codepoints_to_string(dynamic([72, 105]), 33)", gives: #""Hi!""#),
      .kql("unicode_codepoints_to_string(55296)", gives: #""""#, why: "half of a surrogate pair"),
    ])
}
