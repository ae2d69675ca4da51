/// Literal texts found and replaced: `indexof`, `countof`, `replace_string`, `replace_strings`.
package enum SearchFunctions {
  package static let all: [ScalarFunction] = [indexOf, replaceString, replaceStrings]

  package static let indexOf = ScalarFunction(
    [.kql("indexof")],
    Signature(
      [
        .text("text"), .text("lookup"), .long("start").optional, .long("length").optional,
        .long("occurrence").optional,
      ], returns: .fixed(.long)),
    "Gives the index of a text in another, by code points; -1 if it is not there.",
    notes: [
      "A negative start counts from the end. An empty lookup, a length below -1 and an occurrence below 1 give null.",
      "The length counts anew from behind the start of each occurrence that is passed over.",
    ],
    kernel: .scalar { values in
      let lookup = TextNeedle(values.text(1) ?? "", ignoresCase: false)
      guard !lookup.isEmpty, var text = values.text(0),
        let window = SearchWindow(values, in: text)
      else { return .null }
      return text.withUTF8 { bytes in
        var from = window.bytes.lowerBound
        var end = window.bytes.upperBound
        var remaining = window.occurrence
        while let found = lookup.first(in: bytes, from: from), found.upperBound <= end {
          remaining -= 1
          if remaining == 0 { return .long(window.codePoint(at: found.lowerBound, in: bytes)) }
          let next = UTF8Decoding.next(after: found.lowerBound, in: bytes)
          end = window.end(after: end, movingFrom: from, to: next, in: bytes)
          from = next
        }
        return .long(-1)
      }
    },
    examples: [
      .kql(#"indexof("abcdefg", "cde")"#, gives: "2"),
      .kql(#"indexof("abcdefg", "xyz")"#, gives: "-1"),
      .kql(#"indexof("abcdefg", "cde", -5)"#, gives: "2"),
      .kql(#"indexof("abcdefg", "cde", 1, 3)"#, gives: "-1", why: "the match does not fit into the length"),
      .kql(#"indexof("abab", "b", 0, -1, 2)"#, gives: "3"),
      .kql(#"indexof("xabxxab", "ab", 0, 5, 2)"#, gives: "5", why: "the length counts anew"),
      .kql(#"indexof("abc", "")"#, gives: "long(null)"),
    ])

  package static let replaceString = ScalarFunction(
    [.kql("replace_string")],
    Signature([.string("text"), .string("lookup"), .string("replacement")], returns: .fixed(.string)),
    "Replaces all occurrences of one text in another, taken literally.",
    kernel: .scalar { values in
      TextSplitting.replacing(values.text(1) ?? "", with: values.text(2) ?? "", in: values.text(0) ?? "")
        .map { .string($0) } ?? .string("")
    },
    examples: [
      .kql(#"replace_string("a.b.c", ".", "::")"#, gives: #""a::b::c""#),
      .kql(#"replace_string("aaa", "aa", "b")"#, gives: #""ba""#),
      .kql(#"replace_string("abc", "", "x")"#, gives: #""abc""#),
    ])

  package static let replaceStrings = ScalarFunction(
    [.kql("replace_strings")],
    Signature([.string("text"), .dynamic("lookups"), .dynamic("replacements")], returns: .fixed(.string)),
    "Replaces several texts at once, each by that in the same place of another array.",
    notes: [
      "An earlier lookup wins over a later one wherever they overlap. Elements that are no texts are passed over."
    ],
    kernel: .scalar { values in
      guard var text = values.text(0), case .array(let lookups)? = values.json(1),
        case .array(let replacements)? = values.json(2)
      else { return .string("") }
      var pairs: [(lookup: [UInt8], replacement: [UInt8])] = []
      for (index, lookup) in lookups.enumerated() {
        guard case .string(let from) = lookup, !from.isEmpty, index < replacements.count,
          case .string(let to) = replacements[index]
        else { continue }
        pairs.append((Array(from.utf8), Array(to.utf8)))
      }
      return .string(text.withUTF8 { replaced($0, pairs) })
    },
    examples: [
      .kql(
        #"replace_strings("a cat", dynamic(["a", "cat"]), dynamic(["one", "dog"]))"#, gives: #""one conet""#),
      .kql(
        #"replace_strings("this is", dynamic(["is", "this"]), dynamic(["IS", "T"]))"#, gives: #""thIS IS""#),
      .kql(#"replace_strings("abc", dynamic(["b"]), dynamic([""]))"#, gives: #""ac""#),
      .kql(#"replace_strings("abc", dynamic(["ab", "abc"]), dynamic(["x", "y"]))"#, gives: #""xc""#),
    ])

  private static func replaced(
    _ text: UnsafeBufferPointer<UInt8>, _ pairs: [(lookup: [UInt8], replacement: [UInt8])]
  ) -> String {
    // An earlier lookup has all its places before a later one is looked for.
    var owners = [Int](repeating: -1, count: text.count)
    for (index, pair) in pairs.enumerated() {
      var position = 0
      while position + pair.lookup.count <= text.count {
        let end = position + pair.lookup.count
        guard text[position...].starts(with: pair.lookup), owners[position..<end].allSatisfy({ $0 < 0 })
        else {
          position += 1
          continue
        }
        for place in position..<end { owners[place] = index }
        position = end
      }
    }
    var result: [UInt8] = []
    var position = 0
    while position < text.count {
      if owners[position] < 0 {
        result.append(text[position])
        position += 1
      } else {
        let pair = pairs[owners[position]]
        result.append(contentsOf: pair.replacement)
        position += pair.lookup.count
        if !TextLimit.admits(result.count) { return "" }
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// The part of a text that `indexof` looks at: its start, length and occurrence arguments in bytes.
struct SearchWindow {
  let bytes: Range<Int>
  let occurrence: Int64

  /// nil for arguments that make no sense.
  init?(_ values: [Value], in text: String) {
    let start = values.count > 2 ? values.integer(2) ?? 0 : 0
    let length = values.count > 3 ? values.integer(3) ?? -1 : -1
    occurrence = values.count > 4 ? values.integer(4) ?? 1 : 1
    guard length >= -1, occurrence > 0 else { return nil }
    let scalars = text.unicodeScalars
    let count = Int64(scalars.count)
    let from = start < 0 ? max(0, start.addingReportingOverflow(count).partialValue) : min(start, count)
    let until = length < 0 ? count : from + min(length, count - from)
    func offset(_ codePoint: Int64) -> Int {
      let index = scalars.index(scalars.startIndex, offsetBy: Int(codePoint))
      return text.utf8.distance(from: text.startIndex, to: index)
    }
    bytes = offset(from)..<offset(until)
  }

  /// The end of a part that moves on: as many code points further as its start.
  func end(
    after end: Int, movingFrom start: Int, to next: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var result = end
    for offset in start..<next where text[offset] & 0xC0 != 0x80 && result < text.count {
      result = UTF8Decoding.next(after: result, in: text)
    }
    return result
  }

  /// The number of code points before an offset.
  func codePoint(at offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Int64 {
    var count: Int64 = 0
    for index in 0..<offset where text[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
