/// `trim`, `trim_start`, `trim_end`: one match of a regular expression removed at an end.
package enum TrimFunctions {
  package static let all: [ScalarFunction] = [trim, trimStart, trimEnd]

  static let trim = record(
    "trim", "Removes one match of a regular expression at each end of a text.", atStart: true, atEnd: true,
    examples: [
      .kql(#"trim("-+", "--https://a--")"#, gives: #""https://a""#),
      .kql(#"trim("z", "zzqzz")"#, gives: #""zqz""#, why: "one match at each end"),
      .kql(#"trim(@"\s+", "  a b ")"#, gives: #""a b""#),
      .kql(#"trim("a", "a")"#, gives: #""""#),
    ])

  static let trimStart = record(
    "trim_start", "Removes one match of a regular expression at the start of a text.", atStart: true,
    atEnd: false,
    examples: [
      .kql(#"trim_start("https://", "https://a/https://")"#, gives: #""a/https://""#),
      .kql(#"trim_start("x", "abc")"#, gives: #""abc""#),
    ])

  static let trimEnd = record(
    "trim_end", "Removes one match of a regular expression at the end of a text.", atStart: false,
    atEnd: true,
    examples: [
      .kql(#"trim_end(@"\.com", "b.com.com")"#, gives: #""b.com""#),
      .kql(#"trim_end("[xyz]+", "abcxyz")"#, gives: #""abc""#),
    ])

  private static func record(
    _ name: String, _ summary: String, atStart: Bool, atEnd: Bool, examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.pattern("pattern").constant, .string("text")], returns: .fixed(.string)),
      summary,
      notes: ["Write `x+` to remove all of a run of `x`."],
      kernel: .prepared { arguments throws(FunctionFailure) in
        let leading = atStart ? try RegexArgument(arguments, 0) { "\\A(?:\($0))" } : nil
        let trailing = atEnd ? try RegexArgument(arguments, 0) { "(?:\($0))\\z" } : nil
        return { values in
          guard var text = values.text(1) else { return .null }
          return text.withUTF8 { bytes in
            var start = 0
            if let expression = leading?.expression(values), let match = expression.firstMatch(in: bytes) {
              start = match.upperBound
            }
            var end = bytes.count
            if let expression = trailing?.expression(values) {
              let rest = UnsafeBufferPointer(rebasing: bytes[start...])
              if let match = expression.firstMatch(in: rest) { end = start + match.lowerBound }
            }
            return .string(String(decoding: bytes[start..<end], as: UTF8.self))
          }
        }
      }, examples: examples)
  }
}
