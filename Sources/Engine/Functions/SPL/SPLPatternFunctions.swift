/// Texts against patterns in `eval`: `match`, `replace`, `like`, `cidrmatch`.
package enum SPLPatternFunctions {
  package static let all: [ScalarFunction] = [match, replace, like, subnetMatch]

  /// The regular expression of a constant argument; nil if the argument varies.
  static func expression(
    _ arguments: PreparedArguments, _ index: Int
  ) throws(FunctionFailure) -> RegularExpression? {
    guard let pattern = arguments.text(index) else { return nil }
    do throws(RegexSyntaxError) {
      return try compiled(pattern)
    } catch {
      let isInside = error.range.upperBound <= pattern.utf8.count
      throw FunctionFailure(
        error.id, error.message, argument: index, range: isInside ? error.range : nil,
        suggestion: error.suggestion)
    }
  }

  static func compiled(_ pattern: String) throws(RegexSyntaxError) -> RegularExpression {
    try RegularExpression(pattern, options: RegularExpression.Options(dialect: .perl))
  }

  package static let match = ScalarFunction(
    [.spl("match")], Signature([.any("text"), .pattern("pattern")], returns: .fixed(.bool)),
    "Is true if a regular expression matches somewhere in a text.",
    notes: ["Of several values, one is enough. A bad pattern that is no constant gives null."],
    kernel: .prepared { arguments throws(FunctionFailure) in
      let constant = try expression(arguments, 1)
      return { values in
        guard let expression = constant ?? values.text(1).flatMap({ try? compiled($0) }) else { return .null }
        return .bool(SPLValue.texts(values[0]).contains { expression.isMatch($0) })
      }
    },
    meaning: PredicateMeaning(.matches(.regularExpression)),
    examples: [
      .spl(#"if(match("abc123", "\d+"), 1, 0)"#, gives: "1"),
      .spl(#"if(match("abc", "^b"), 1, 0)"#, gives: "0"),
      .spl(#"if(isnull(match(nullif("a", "a"), "a")), 1, 0)"#, gives: "1"),
    ])

  package static let replace = ScalarFunction(
    [.spl("replace")],
    Signature(
      [.any("text"), .pattern("pattern"), .string("replacement")],
      returns: .computed { types, _ in
        types[0] == .dynamic ? .dynamic : .string
      }),
    "Replaces all matches of a regular expression; `\\1` stands for a group.",
    notes: ["Of several values, each is changed."],
    kernel: .prepared { arguments throws(FunctionFailure) in
      let constant = try expression(arguments, 1)
      let template = arguments.text(2).map { RegexTemplate($0) }
      let type = arguments.type
      return { values in
        guard let expression = constant ?? values.text(1).flatMap({ try? compiled($0) }),
          let template = template ?? values.text(2).map({ RegexTemplate($0) })
        else { return .null }
        let texts = SPLValue.texts(values[0]).map { text in
          var text = text
          return text.withUTF8 { template.replacingMatches(of: expression, in: $0) ?? "" }
        }
        return type == .dynamic ? SPLValue.collapsed(texts) : .string(texts.first ?? "")
      }
    },
    examples: [
      .spl(#"replace("1/14/2024", "^(\d+)/(\d+)/", "\2/\1/")"#, gives: #""14/1/2024""#),
      .spl(#"replace("aaa", "b", "c")"#, gives: #""aaa""#),
    ])

  package static let like = ScalarFunction(
    [.spl("like")], Signature([.any("text"), .string("pattern")], returns: .fixed(.bool)),
    "Is true if a text fits a pattern with `%` for any characters and `_` for one, case included.",
    kernel: .prepared { arguments in
      let constant = arguments.text(1).map { LikePattern($0) }
      return { values in
        guard let pattern = constant ?? values.text(1).map({ LikePattern($0) }) else { return .null }
        return .bool(SPLValue.texts(values[0]).contains { pattern.matches($0) })
      }
    },
    meaning: PredicateMeaning(.matches(.like)),
    examples: [
      .spl(#"if(like("foobar", "foo%"), 1, 0)"#, gives: "1"),
      .spl(#"if("foobar" LIKE "Foo%", 1, 0)"#, gives: "0"),
      .spl(#"if(like("abc", "a_c"), 1, 0)"#, gives: "1"),
    ])

  static let subnetMatch = ScalarFunction(
    [.spl("cidrmatch")], Signature([.string("subnet"), .any("address")], returns: .fixed(.bool)),
    "Is true if an address lies in a subnet.",
    notes: ["IPv4 and IPv6. What is no address lies in no subnet."],
    kernel: .prepared { arguments throws(FunctionFailure) in
      var constant: SubnetText?
      if let text = arguments.text(0) {
        guard let subnet = SubnetText(text) else {
          throw FunctionFailure(
            "cidr", "`\(text)` is no subnet", argument: 0,
            suggestion: "write it as `10.0.0.0/8` or `fd00::/8`")
        }
        constant = subnet
      }
      let prepared = constant
      return { values in
        guard let subnet = prepared ?? values.text(0).flatMap({ SubnetText($0) }) else { return .bool(false) }
        return .bool(SPLValue.texts(values[1]).contains { subnet.contains($0) })
      }
    },
    meaning: PredicateMeaning(.matches(.subnet), subject: 1),
    examples: [
      .spl(#"if(cidrmatch("10.0.0.0/8", "10.1.2.3"), 1, 0)"#, gives: "1"),
      .spl(#"if(cidrmatch("fd00::/8", "10.1.2.3"), 1, 0)"#, gives: "0"),
      .spl(#"if(cidrmatch("10.0.0.0/8", "host"), 1, 0)"#, gives: "0"),
    ])
}

/// A pattern with `%` for any run of characters and `_` for one, matched against a whole text.
struct LikePattern: Sendable {
  private let pattern: [Unicode.Scalar]

  init(_ text: String) { pattern = Array(text.unicodeScalars) }

  func matches(_ text: String) -> Bool {
    let text = Array(text.unicodeScalars)
    var position = 0
    var place = 0
    /// Where the last `%` stands, and what it has taken so far.
    var retry: (place: Int, position: Int)?
    while position < text.count {
      if place < pattern.count, pattern[place] == "%" {
        retry = (place, position)
        place += 1
      } else if place < pattern.count, pattern[place] == "_" || pattern[place] == text[position] {
        place += 1
        position += 1
      } else if let last = retry {
        retry = (last.place, last.position + 1)
        place = last.place + 1
        position = last.position + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "%" }
  }
}
