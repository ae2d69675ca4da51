/// Lengths, parts, case and order of texts: `strlen`, `substring`, `tolower`, …
package enum TextFunctions {
  package static let all: [ScalarFunction] = [
    length, byteCount, substring, lowercase, uppercase, reverse, compare, repeated, translate, isASCII,
    isUTF8,
  ]

  package static let length = ScalarFunction(
    [.kql("strlen")], Signature([.string("text")], returns: .fixed(.long)),
    "Gives the number of code points of a text.", naming: .prefixed,
    kernel: .scalar { .long(Int64($0.text(0)?.unicodeScalars.count ?? 0)) },
    inverse: .textLength, spellings: [.spl("len($1)")],
    examples: [
      .kql(#"strlen("abc")"#, gives: "3"), .kql(#"strlen("")"#, gives: "0"),
      .kql(#"strlen("é日")"#, gives: "2"),
    ])

  static let byteCount = ScalarFunction(
    [.kql("string_size")], Signature([.string("text")], returns: .fixed(.long)),
    "Gives the number of bytes of a text in UTF-8.", naming: .prefixed,
    kernel: .scalar { .long(Int64($0.text(0)?.utf8.count ?? 0)) }, inverse: .textLength,
    examples: [.kql(#"string_size("abc")"#, gives: "3"), .kql(#"string_size("é日")"#, gives: "5")])

  package static let substring = ScalarFunction(
    [.kql("substring")],
    Signature([.text("text"), .long("start"), .long("length").optional], returns: .fixed(.string)),
    "Gives the part of a text from an index on; a negative start counts from the end.",
    notes: ["A start left of the text, and a negative length, give the empty text."],
    kernel: .scalar { values in
      .string(part(of: values.text(0) ?? "", from: values.integer(1) ?? 0, length: values.integer(2)))
    },
    spellings: [.spl("substr($1, $2 + 1)"), .spl("substr($1, $2 + 1, $3)")],
    examples: [
      .kql(#"substring("123456", 1)"#, gives: #""23456""#),
      .kql(#"substring("123456", 2, 2)"#, gives: #""34""#),
      .kql(#"substring("ABCD", -2)"#, gives: #""CD""#),
      .kql(#"substring("ABCD", 9)"#, gives: #""""#),
      .kql(#"substring("ABCD", -9, 6)"#, gives: #""""#),
    ])

  private static func part(of text: String, from start: Int64, length: Int64?) -> String {
    let scalars = text.unicodeScalars
    if let length, length <= 0 { return "" }
    let from = start < 0 ? start.addingReportingOverflow(Int64(scalars.count)).partialValue : start
    guard from >= 0, from < scalars.count else { return "" }
    let first = scalars.index(scalars.startIndex, offsetBy: Int(from))
    guard let length else { return String(scalars[first...]) }
    return String(scalars[first...].prefix(Int(min(length, Int64(Int.max)))))
  }

  static let lowercase = ScalarFunction(
    [.kql("tolower")], Signature([.text("text")], returns: .fixed(.string)),
    "Gives a text in lower case, one code point for each.",
    kernel: .scalar { .string(mapped($0.text(0) ?? "", SimpleCaseFold.lowercase)) }, casing: .small,
    spellings: [.spl("lower($1)")],
    examples: [.kql(#"tolower("Hello")"#, gives: #""hello""#), .kql(#"tolower("ÀΩ")"#, gives: #""àω""#)])

  static let uppercase = ScalarFunction(
    [.kql("toupper")], Signature([.text("text")], returns: .fixed(.string)),
    "Gives a text in upper case, one code point for each.",
    kernel: .scalar { .string(mapped($0.text(0) ?? "", SimpleCaseFold.uppercase)) }, casing: .capital,
    spellings: [.spl("upper($1)")],
    examples: [.kql(#"toupper("Hello")"#, gives: #""HELLO""#), .kql(#"toupper("ß")"#, gives: #""ß""#)])

  private static func mapped(_ text: String, _ transform: (Unicode.Scalar) -> Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(transform(scalar)) }
    return String(result)
  }

  static let reverse = ScalarFunction(
    [.kql("reverse")], Signature([.any("value")], returns: .fixed(.string)),
    "Gives the text of a value with its code points in reverse order.",
    kernel: .scalar { values in
      .string(String(String.UnicodeScalarView(values[0].kqlText.unicodeScalars.reversed())))
    },
    examples: [
      .kql(#"reverse("abc")"#, gives: #""cba""#), .kql("reverse(123.45)", gives: #""54.321""#),
      .kql("reverse(int(null))", gives: #""""#),
    ])

  static let compare = ScalarFunction(
    [.kql("strcmp")], Signature([.text("left"), .text("right")], returns: .fixed(.long)),
    "Compares two texts by their code points: -1 if the left comes first, 1 if the right does, else 0.",
    kernel: .scalar { values in
      var left = values.text(0) ?? ""
      var right = values.text(1) ?? ""
      return .long(
        left.withUTF8 { left in Int64(right.withUTF8 { StringDictionary.compare(left, $0) }) })
    },
    examples: [
      .kql(#"strcmp("ABC", "ABC")"#, gives: "0"), .kql(#"strcmp("ABC", "abc")"#, gives: "-1"),
      .kql(#"strcmp("abcde", "abc")"#, gives: "1"),
    ])

  static let repeated = ScalarFunction(
    [.kql("strrep")],
    Signature([.any("value"), .long("count"), .text("delimiter").optional], returns: .fixed(.string)),
    "Repeats the text of a value, with a delimiter between if there is one.",
    notes: ["A result above 64 MiB is an error."],
    kernel: .scalar { values in
      let text = values[0].kqlText
      let delimiter = values.text(2) ?? ""
      let count = values.integer(1) ?? 0
      let (size, isTooLarge) = Int64(text.utf8.count + delimiter.utf8.count)
        .multipliedReportingOverflow(by: max(0, count))
      guard count > 0, size != 0 || isTooLarge, TextLimit.admits(isTooLarge ? .max : Int(size)) else {
        return .string("")
      }
      return .string(repeatElement(text, count: Int(count)).joined(separator: delimiter))
    },
    examples: [
      .kql(#"strrep("abc", 3)"#, gives: #""abcabcabc""#), .kql(#"strrep(3, 2, ".")"#, gives: #""3.3""#),
      .kql(#"strrep("a", 0)"#, gives: #""""#),
    ])

  static let translate = ScalarFunction(
    [.kql("translate")],
    Signature([.string("from"), .string("to"), .string("text")], returns: .fixed(.string)),
    "Replaces each code point of one set by that in the same place of another.",
    notes: [
      "If the second set is shorter, its last code point is repeated; if it is empty, all are deleted."
    ],
    kernel: .scalar { values in
      let from = Array((values.text(0) ?? "").unicodeScalars)
      let to = Array((values.text(1) ?? "").unicodeScalars)
      var result = String.UnicodeScalarView()
      for scalar in (values.text(2) ?? "").unicodeScalars {
        guard let place = from.firstIndex(of: scalar) else {
          result.append(scalar)
          continue
        }
        if let replacement = place < to.count ? to[place] : to.last { result.append(replacement) }
      }
      return .string(String(result))
    },
    examples: [
      .kql(#"translate("krasp", "otsku", "spark")"#, gives: #""kusto""#),
      .kql(#"translate("abc", "x", "abc")"#, gives: #""xxx""#),
      .kql(#"translate("abc", "", "ab1")"#, gives: #""1""#),
    ])

  static let isASCII = ScalarFunction(
    [.kql("isascii")], Signature([.text("text")], returns: .fixed(.bool)),
    "Is true if a text is ASCII throughout.",
    kernel: .textTest { _ in { ASCIICheck.isASCII($0) } },
    examples: [.kql(#"isascii("some text")"#, gives: "true"), .kql(#"isascii("é")"#, gives: "false")])

  static let isUTF8 = ScalarFunction(
    [.kql("isutf8")], Signature([.text("text")], returns: .fixed(.bool)),
    "Is true if a text is valid UTF-8.",
    kernel: .textTest { _ in { String(validating: $0, as: UTF8.self) != nil } },
    examples: [.kql(#"isutf8("some text")"#, gives: "true"), .kql(#"isutf8("")"#, gives: "true")])
}
