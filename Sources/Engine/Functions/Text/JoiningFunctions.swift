/// Texts from pieces and pieces from texts: `strcat`, `strcat_delim`, `strcat_array`, `split`.
package enum JoiningFunctions {
  package static let all: [ScalarFunction] = [concatenate, concatenateDelimited, joinArray, split]

  package static let concatenate = ScalarFunction(
    [.kql("strcat")], Signature([.any("value"), .any("values").repeated], returns: .fixed(.string)),
    "Joins the texts of its arguments; null counts as empty.", nulls: .neverNull,
    kernel: .scalar { values in
      var result = ""
      for value in values { result += value.kqlText }
      return .string(result)
    },
    inverse: .joined,
    examples: [
      .kql(#"strcat("a", 1, true)"#, gives: #""a1True""#),
      .kql(#"strcat("a", int(null), "b")"#, gives: #""ab""#),
      .kql(#"strcat(dynamic({"a":1}))"#, gives: #""{\"a\":1}""#),
    ])

  package static let concatenateDelimited = ScalarFunction(
    [.kql("strcat_delim")],
    Signature(
      [.text("delimiter"), .any("value"), .any("second"), .any("values").repeated], returns: .fixed(.string)),
    "Joins the texts of its arguments with a delimiter between; null counts as empty.", nulls: .neverNull,
    kernel: .scalar { values in
      .string(TextSplitting.joined(values.dropFirst().map(\.kqlText), separator: values[0].kqlText))
    },
    examples: [
      .kql(#"strcat_delim("-", 1, "2", 1s)"#, gives: #""1-2-00:00:01""#),
      .kql(#"strcat_delim("-", "a", int(null), "b")"#, gives: #""a--b""#),
    ])

  static let joinArray = ScalarFunction(
    [.kql("strcat_array"), .kqlAlias("array_strcat")],
    Signature([.dynamic("array"), .text("delimiter")], returns: .fixed(.string)),
    "Joins the texts of an array's elements with a delimiter between; null counts as empty.",
    notes: ["What is no array gives the empty text."],
    kernel: .scalar { values in
      guard case .array(let elements)? = values.json(0) else { return .string("") }
      return .string(TextSplitting.joined(elements.map(\.scalarText), separator: values.text(1) ?? ""))
    },
    spellings: [.spl("mvjoin($1, $2)")],
    examples: [
      .kql(#"strcat_array(dynamic([1, "b", null]), "->")"#, gives: #""1->b->""#),
      .kql(#"strcat_array(dynamic([]), ",")"#, gives: #""""#),
      .kql(#"strcat_array(dynamic(null), ",")"#, gives: #""""#),
    ])

  package static let split = ScalarFunction(
    [.kql("split")],
    Signature([.text("text"), .string("delimiter"), .long("index").optional], returns: .fixed(.dynamic)),
    "Splits a text at a delimiter into an array; with an index, an array of that part alone.",
    notes: ["An index outside the parts gives null; an empty delimiter leaves the text whole."],
    naming: .firstArgument,
    kernel: .scalar { values in
      let parts = TextSplitting.parts(of: values.text(0) ?? "", delimiter: values.text(1) ?? "")
      guard values.count > 2 else { return .dynamic(.array(parts.map { .string($0) })) }
      guard let index = values.integer(2), index >= 0, index < parts.count else { return .null }
      return .dynamic(.array([.string(parts[Int(index)])]))
    },
    inverse: .split,
    examples: [
      .kql(#"split("aa_bb", "_")"#, gives: #"dynamic(["aa","bb"])"#),
      .kql(#"split("", "_")"#, gives: #"dynamic([""])"#),
      .kql(#"split("a__b_", "_")"#, gives: #"dynamic(["a","","b",""])"#),
      .kql(#"split("aaa_bbb_ccc", "_", 1)"#, gives: #"dynamic(["bbb"])"#),
      .kql(#"split("a_b", "_", 7)"#, gives: "dynamic(null)"),
    ])
}

/// Cutting and replacing by literal texts, on UTF-8.
enum TextSplitting {
  /// The parts between the occurrences of a delimiter; an empty delimiter occurs nowhere.
  static func parts(of text: String, delimiter: String) -> [String] {
    if delimiter.isEmpty { return [text] }
    var text = text
    let needle = TextNeedle(delimiter, ignoresCase: false)
    return text.withUTF8 { bytes in
      var parts: [String] = []
      var start = 0
      while let found = needle.first(in: bytes, from: start) {
        parts.append(String(decoding: bytes[start..<found.lowerBound], as: UTF8.self))
        start = found.upperBound
      }
      parts.append(String(decoding: bytes[start...], as: UTF8.self))
      return parts
    }
  }

  /// The texts with a separator between; empty above the limit of a text, which ends the run.
  static func joined(_ texts: [String], separator: String) -> String {
    var size = 0
    for text in texts {
      size += text.utf8.count + separator.utf8.count
      if size > TextLimit.bytes + separator.utf8.count { break }
    }
    return TextLimit.admits(size - separator.utf8.count) ? texts.joined(separator: separator) : ""
  }

  /// All occurrences that do not overlap, replaced; nil above the limit of a text.
  static func replacing(_ lookup: String, with replacement: String, in text: String) -> String? {
    if lookup.isEmpty { return text }
    let parts = parts(of: text, delimiter: lookup)
    let (added, isTooLarge) = replacement.utf8.count.multipliedReportingOverflow(by: parts.count - 1)
    guard TextLimit.admits(isTooLarge ? .max : added) else { return nil }
    return parts.count == 1 ? text : parts.joined(separator: replacement)
  }
}
