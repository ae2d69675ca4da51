/// Functions over regular expressions: `matches regex`, `extract`, `extract_all`, `replace_regex`, …
package enum RegexFunctions {
  package static let all: [ScalarFunction] = [
    matches, extract, extractAll, replace, replaceOld, indexOf, countOf, quote,
  ]

  package static let matches = ScalarFunction(
    [.kql("matches regex")], Signature([.string("text"), .pattern("pattern")], returns: .fixed(.bool)),
    "Is true if a regular expression matches somewhere in the text.", notation: .infix(.comparison),
    kernel: .textTest { arguments throws(FunctionFailure) in
      let expression = try RegexArgument.compile(arguments.text(1) ?? "", argument: 1)
      return { expression.isMatch($0) }
    },
    meaning: PredicateMeaning(.matches(.regularExpression)),
    examples: [
      .kql(#""iam:CreateUser" matches regex @"^iam:\w+$""#, gives: "true"),
      .kql(#""abc" matches regex "B""#, gives: "false"),
      .kql(#""abc" matches regex "(?i)B""#, gives: "true"),
      .kql(#""abc" matches regex """#, gives: "true"),
    ])

  package static let extract = ScalarFunction(
    [.kql("extract")],
    Signature(
      [
        .pattern("pattern").constant, .long("group"), .string("text"),
        Parameter.string("type").optional.constant,
      ],
      returns: .computed { _, constants in TypeArgument.type(constants, 3) }),
    "Gives a group of the first match of a regular expression; group 0 is the whole match.",
    notes: ["Without a match the result is null, as text empty."],
    kernel: .prepared { arguments throws(FunctionFailure) in
      let pattern = try RegexArgument(arguments, 0)
      let type = arguments.type
      return { values in
        guard let expression = pattern.expression(values), var text = values.text(2),
          let group = values.integer(1), group >= 0, group <= expression.captureCount
        else { return .null }
        let found: String? = text.withUTF8 { bytes in
          if group == 0 {
            return expression.firstMatch(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
          }
          guard let groups = expression.captures(in: bytes), let range = groups[Int(group)] else {
            return nil
          }
          return String(decoding: bytes[range], as: UTF8.self)
        }
        return found.map { ValueConversion.convert(.string($0), to: type) } ?? .null
      }
    },
    inverse: .group(text: 2, pattern: 0, group: 1, .rust),
    examples: [
      .kql(#"extract(@"role/(\w+)", 1, "arn:aws:iam::1:role/Admin")"#, gives: #""Admin""#),
      .kql(#"extract(@"\d+", 0, "port 443", typeof(long))"#, gives: "443"),
      .kql(#"extract("x", 0, "abc")"#, gives: #""""#),
      .kql(#"extract("x", 0, "abc", typeof(long))"#, gives: "long(null)"),
    ])

  package static let extractAll = ScalarFunction(
    [.kql("extract_all"), .kqlAlias("extractall")],
    Signature(
      [.pattern("pattern").constant, .any("groups or text"), .string("text").optional],
      returns: .fixed(.dynamic)),
    "Gives the groups of all matches of a regular expression: an array, of arrays if there are several groups.",
    notes: [
      "The second of three arguments picks groups by number or name. Without a match the result is null."
    ],
    kernel: .prepared { arguments throws(FunctionFailure) in
      let pattern = try RegexArgument(arguments, 0)
      if let count = pattern.groupCount, count == 0 {
        throw FunctionFailure(
          "regex-without-group", "the pattern of `extract_all` needs a group to extract", argument: 0,
          suggestion: "put parentheses around what to extract")
      }
      return { values in
        guard let expression = pattern.expression(values), expression.captureCount > 0 else { return .null }
        let groups: [Int]
        if values.count > 2 {
          groups = RegexGroups.picked(values[1], of: expression)
        } else {
          groups = Array(1...expression.captureCount)
        }
        if groups.isEmpty { return .null }
        var text = values.count > 2 ? values.text(2) ?? "" : values[1].kqlText
        let found = text.withUTF8 { RegexGroups.all(groups, of: expression, in: $0) }
        return found.isEmpty ? .null : .dynamic(.array(found))
      }
    },
    examples: [
      .kql(#"extract_all(@"(\d)", "a1b2")"#, gives: #"dynamic(["1","2"])"#),
      .kql(#"extract_all(@"(\w)=(\d?)", "a=1 b=")"#, gives: #"dynamic([["a","1"],["b",""]])"#),
      .kql(#"extract_all(@"(\w)=(\d)", dynamic([2]), "a=1 b=2")"#, gives: #"dynamic(["1","2"])"#),
      .kql(#"extract_all("(x)", "abc")"#, gives: "dynamic(null)"),
    ])

  private static func replaced(
    _ text: String?, _ expression: RegularExpression?, _ replacement: String?
  ) -> Value {
    guard var text, let expression, let replacement else { return .null }
    let template = RegexTemplate(replacement)
    return text.withUTF8 { template.replacingMatches(of: expression, in: $0) }.map { .string($0) } ?? .null
  }

  package static let replace = ScalarFunction(
    [.kql("replace_regex")],
    Signature(
      [.string("text"), .pattern("pattern").constant, .string("replacement")], returns: .fixed(.string)),
    #"Replaces all matches of a regular expression; `\1` stands for the first group, `\0` for the match."#,
    kernel: .prepared { arguments throws(FunctionFailure) in
      let pattern = try RegexArgument(arguments, 1)
      return { values in replaced(values.text(0), pattern.expression(values), values.text(2)) }
    },
    examples: [
      .kql(#"replace_regex("a1b22", @"\d+", "-")"#, gives: #""a-b-""#),
      .kql(#"replace_regex("key=value", @"(\w+)=(\w+)", @"\2:\1")"#, gives: #""value:key""#),
      .kql(#"replace_regex("abc", "x", "y")"#, gives: #""abc""#),
    ])

  package static let replaceOld = ScalarFunction(
    [.kqlAlias("replace")],
    Signature([.pattern("pattern"), .string("replacement"), .string("text")], returns: .fixed(.string)),
    "The old spelling of `replace_regex`, with its arguments in another order.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let pattern = try RegexArgument(arguments, 0)
      return { values in replaced(values.text(2), pattern.expression(values), values.text(1)) }
    },
    examples: [
      .kql(#"replace("b", "x", "abc")"#, gives: #""axc""#),
      .kql(#"replace("(b)", @"[\1]", "abc")"#, gives: #""a[b]c""#),
    ])

  package static let indexOf = ScalarFunction(
    [.kql("indexof_regex")],
    Signature(
      [
        .text("text"), .pattern("pattern").constant, .long("start").optional, .long("length").optional,
        .long("occurrence").optional,
      ], returns: .fixed(.long)),
    "Gives the index of a match of a regular expression, by code points; -1 if there is none.",
    notes: ["A negative start gives null. Matches don't overlap."],
    kernel: .prepared { arguments throws(FunctionFailure) in
      let pattern = try RegexArgument(arguments, 1)
      return { values in
        guard let expression = pattern.expression(values), var text = values.text(0),
          values.count < 3 || values.integer(2) ?? 0 >= 0, let window = SearchWindow(values, in: text)
        else { return .null }
        return text.withUTF8 { whole in
          let bytes = UnsafeBufferPointer(rebasing: whole[..<window.bytes.upperBound])
          var from = window.bytes.lowerBound
          var remaining = window.occurrence
          while from <= bytes.count, let found = expression.firstMatch(in: bytes, from: from) {
            remaining -= 1
            if remaining == 0 { return .long(window.codePoint(at: found.lowerBound, in: bytes)) }
            from = found.isEmpty ? UTF8Decoding.next(after: found.upperBound, in: bytes) : found.upperBound
          }
          return .long(-1)
        }
      }
    },
    examples: [
      .kql(#"indexof_regex("abcabc", @"a.c")"#, gives: "0"),
      .kql(#"indexof_regex("abcabc", @"a.c", 0, -1, 2)"#, gives: "3"),
      .kql(#"indexof_regex("abc", @"\d")"#, gives: "-1"),
      .kql(#"indexof_regex("aba", "a", -1)"#, gives: "long(null)"),
    ])

  package static let countOf = ScalarFunction(
    [.kql("countof")],
    Signature(
      [.string("text"), .string("lookup"), Parameter.string("kind").optional.constant], returns: .fixed(.long)
    ),
    #"Counts the occurrences of a text in another, or with "regex" the matches of a regular expression."#,
    notes: ["Occurrences of a text may overlap, matches do not."],
    kernel: .prepared { arguments throws(FunctionFailure) in
      let kind = arguments.constants.count > 2 ? arguments.text(2) ?? "normal" : "normal"
      if kind == "regex" {
        let pattern = try RegexArgument(arguments, 1)
        return { values in
          guard let expression = pattern.expression(values), var text = values.text(0) else { return .null }
          var count: Int64 = 0
          text.withUTF8 { bytes in
            expression.matches(in: bytes) { _ in
              count += 1
              return true
            }
          }
          return .long(count)
        }
      }
      guard kind == "normal" else {
        throw FunctionFailure(
          "unknown-kind", "`countof` counts `normal` or `regex`, not `\(kind)`", argument: 2)
      }
      return { values in
        let lookup = TextNeedle(values.text(1) ?? "", ignoresCase: false)
        guard !lookup.isEmpty, var text = values.text(0) else { return .long(0) }
        return text.withUTF8 { bytes in
          var count: Int64 = 0
          var from = 0
          while let found = lookup.first(in: bytes, from: from) {
            count += 1
            from = UTF8Decoding.next(after: found.lowerBound, in: bytes)
          }
          return .long(count)
        }
      }
    },
    examples: [
      .kql(#"countof("aaaa", "aa")"#, gives: "3"), .kql(#"countof("aaaa", "aa", "regex")"#, gives: "2"),
      .kql(#"countof("a.b.c", ".", "normal")"#, gives: "2"), .kql(#"countof("abc", "A")"#, gives: "0"),
    ])

  package static let quote = ScalarFunction(
    [.kql("regex_quote")], Signature([.text("text")], returns: .fixed(.string)),
    "Gives a regular expression that matches a text literally.",
    kernel: .scalar { .string(RegularExpression.quoted($0.text(0) ?? "")) },
    examples: [
      .kql(#"regex_quote("(so$me.Te^xt)")"#, gives: #"@"\(so\$me\.Te\^xt\)""#),
      .kql(#"regex_quote("abc")"#, gives: #""abc""#),
    ])
}
