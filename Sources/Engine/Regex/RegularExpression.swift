/// A compiled regular expression over UTF-8 bytes. Immutable; may be used from several threads at once.
///
///     let expression = try RegularExpression(#"(?<user>\w+)@example\.com"#)
///     expression.firstMatch(in: "mail ann@example.com")  // 5..<20
///
/// Matching takes time linear in the text for every pattern. Matches are leftmost-first, as in Perl.
package final class RegularExpression: Sendable {
  package let pattern: String
  package let options: Options
  private let compiled: CompiledRegex
  private let pool = RegexMatcherPool()

  package init(_ pattern: String, options: Options = Options()) throws(RegexSyntaxError) {
    self.pattern = pattern
    self.options = options
    compiled = try CompiledRegex(pattern, options: options)
  }

  var program: RegexProgram { compiled.forward }
  var lookAroundPrograms: [RegexProgram] { compiled.arounds.map(\.program) }

  /// The number of groups, without group 0.
  package var captureCount: Int { compiled.captureNames.count - 1 }

  /// The name of each group; nil for group 0 and for groups without one.
  package var captureNames: [String?] { compiled.captureNames }

  /// A matcher for one thread to run over many texts without any locking.
  package func makeMatcher() -> RegexMatcher { RegexMatcher(compiled) }

  /// A matcher with its own bound on automata, for tests.
  func makeMatcher(automatonBytes: Int) -> RegexMatcher {
    RegexMatcher(compiled, automatonBytes: automatonBytes)
  }

  package func isMatch(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    withMatcher { $0.isMatch(text) }
  }

  package func firstMatch(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Range<Int>? {
    withMatcher { $0.firstMatch(in: text, from: start) }
  }

  package func captures(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> [Range<Int>?]? {
    withMatcher { $0.captures(in: text, from: start) }
  }

  package func matches(in text: UnsafeBufferPointer<UInt8>, body: (Range<Int>) -> Bool) {
    withMatcher { $0.matches(in: text, body: body) }
  }

  package func allCaptures(in text: UnsafeBufferPointer<UInt8>, body: ([Range<Int>?]) -> Bool) {
    withMatcher { $0.allCaptures(in: text, body: body) }
  }

  private func withMatcher<Result>(_ body: (RegexMatcher) -> Result) -> Result {
    pool.withMatcher(makeMatcher, body)
  }
}
