/// Case, length and parts of texts in `eval`: `lower`, `len`, `substr`, `trim`, …
package enum SPLTextFunctions {
  package static let all: [ScalarFunction] =
    [
      lower, upper, length, substring, trim, trimStart, trimEnd, urlDecode,
    ] + digests

  /// A text stays a text, several values stay several.
  private static let sameShape = ReturnType.computed { types, _ in
    types.first == .dynamic ? .dynamic : .string
  }

  private static let valuesNote = "Of several values, each is changed."

  /// A function that changes each value of its first argument.
  private static func changing(
    _ name: String, _ rest: [Parameter], _ summary: String, notes: [String], casing: LetterCase? = nil,
    spellings: [Spelling] = [], examples: [FunctionExample],
    _ transform: @escaping @Sendable (String, [Value]) -> String
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([.any("text")] + rest, returns: sameShape), summary,
      notes: notes + [valuesNote],
      kernel: .prepared { arguments in
        let type = arguments.type
        return { values in
          let texts = SPLValue.texts(values[0]).map { transform($0, values) }
          return type == .dynamic ? SPLValue.collapsed(texts) : texts.first.map { .string($0) } ?? .null
        }
      }, casing: casing, spellings: spellings, examples: examples)
  }

  private static func map(
    _ name: String, _ summary: String, notes: [String] = [], casing: LetterCase? = nil,
    spellings: [Spelling] = [], examples: [FunctionExample],
    _ transform: @escaping @Sendable (String) -> String
  ) -> ScalarFunction {
    changing(name, [], summary, notes: notes, casing: casing, spellings: spellings, examples: examples) {
      text, _ in transform(text)
    }
  }

  static let lower = map(
    "lower", "Gives a text in lower case.", casing: .small, spellings: [.kql("tolower($t1)")],
    examples: [.spl(#"lower("ABc")"#, gives: #""abc""#), .spl(#"lower("")"#, gives: #""""#)]
  ) { $0.lowercased() }

  static let upper = map(
    "upper", "Gives a text in upper case.", casing: .capital, spellings: [.kql("toupper($t1)")],
    examples: [
      .spl(#"upper("abC")"#, gives: #""ABC""#), .spl(#"isnull(upper(nullif(1, 1)))"#, gives: "true()"),
    ]
  ) { $0.uppercased() }

  static let length = ScalarFunction(
    [.spl("len")], Signature([.string("text")], returns: .fixed(.long)),
    "Gives the number of characters of a text.",
    notes: ["Characters are code points.", "Several values count as one text with a line for each."],
    kernel: .scalar { values in .long(Int64(values.text(0)?.unicodeScalars.count ?? 0)) },
    inverse: .textLength, spellings: [.kql("strlen($t1)")],
    examples: [
      .spl(#"len("abc")"#, gives: "3"), .spl(#"len("")"#, gives: "0"),
      .spl(#"isnull(len(nullif(1, 1)))"#, gives: "true()"),
    ])

  package static let substring = changing(
    "substr", [.real("start"), .real("length").optional],
    "Gives the part of a text from a place on, which counts from 1, or from the end if negative.", notes: [],
    examples: [
      .spl(#"substr("string", 1, 3)"#, gives: #""str""#), .spl(#"substr("string", -3)"#, gives: #""ing""#),
      .spl(#"substr("abc", 9)"#, gives: #""""#),
    ]
  ) { text, values in
    part(of: text, from: values.integer(1) ?? 1, length: values.count > 2 ? values.integer(2) : nil)
  }

  private static func part(of text: String, from start: Int64, length: Int64?) -> String {
    let scalars = Array(text.unicodeScalars)
    let count = Int64(scalars.count)
    let first =
      start > 0 ? start - 1 : start == 0 ? 0 : max(0, start.addingReportingOverflow(count).partialValue)
    guard first >= 0, first < count, length ?? 1 > 0 else { return "" }
    let end = first + min(length ?? count, count - first)
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars[Int(first)..<Int(end)])
    return String(result)
  }

  private static func trimming(
    _ name: String, _ summary: String, examples: [FunctionExample], start: Bool, end: Bool
  ) -> ScalarFunction {
    changing(
      name, [.string("characters").optional], summary, notes: ["Without characters, blanks and tabs go."],
      examples: examples
    ) { text, values in
      let unwanted = Set((values.text(1) ?? " \t").unicodeScalars)
      var rest = text.unicodeScalars[...]
      if start { rest = rest.drop { unwanted.contains($0) } }
      if end { while let last = rest.last, unwanted.contains(last) { rest.removeLast() } }
      return String(rest)
    }
  }

  static let trim = trimming(
    "trim", "Takes characters off both ends of a text.",
    examples: [
      .spl(#"trim("  a b ")"#, gives: #""a b""#), .spl(#"trim("xxaxx", "x")"#, gives: #""a""#),
      .spl(#"trim("xx", "x")"#, gives: #""""#),
    ], start: true, end: true)

  static let trimStart = trimming(
    "ltrim", "Takes characters off the start of a text.",
    examples: [.spl(#"ltrim(" a ")"#, gives: #""a ""#), .spl(#"ltrim("aab", "a")"#, gives: #""b""#)],
    start: true, end: false)

  static let trimEnd = trimming(
    "rtrim", "Takes characters off the end of a text.",
    examples: [.spl(#"rtrim(" a ")"#, gives: #"" a""#), .spl(#"rtrim("abb", "b")"#, gives: #""a""#)],
    start: false, end: true)

  static let urlDecode = map(
    "urldecode", "Resolves the percent escapes of a URL.", notes: ["A plus stays a plus."],
    examples: [
      .spl(#"urldecode("a%20b")"#, gives: #""a b""#), .spl(#"urldecode("100%")"#, gives: #""100%""#),
    ]
  ) { URLCoding.decode($0, plusIsBlank: false) }

  private static let digests: [ScalarFunction] = [
    map(
      "md5", "Gives the MD5 digest of a text in hex.",
      examples: [
        .spl(#"md5("")"#, gives: #""d41d8cd98f00b204e9800998ecf8427e""#),
        .spl(#"md5("World")"#, gives: #""f5a7924e621e84c9280a9a27e1bcb7f6""#),
      ]
    ) { MessageBlocks.hex(MD5.digest(Array($0.utf8))) },
    map(
      "sha1", "Gives the SHA-1 digest of a text in hex.",
      examples: [
        .spl(#"sha1("")"#, gives: #""da39a3ee5e6b4b0d3255bfef95601890afd80709""#),
        .spl(#"sha1("World")"#, gives: #""70c07ec18ef89c5309bbb0937f3a6342411e1fdd""#),
      ]
    ) { MessageBlocks.hex(SHA1.digest(Array($0.utf8))) },
    map(
      "sha256", "Gives the SHA-256 digest of a text in hex.",
      examples: [
        .spl(#"substr(sha256(""), 1, 8)"#, gives: #""e3b0c442""#), .spl(#"len(sha256("a"))"#, gives: "64"),
      ]
    ) { MessageBlocks.hex(SHA256.digest(Array($0.utf8))) },
    map(
      "sha512", "Gives the SHA-512 digest of a text in hex.",
      examples: [
        .spl(#"substr(sha512(""), 1, 8)"#, gives: #""cf83e135""#), .spl(#"len(sha512("a"))"#, gives: "128"),
      ]
    ) { MessageBlocks.hex(SHA512.digest(Array($0.utf8))) },
  ]
}
