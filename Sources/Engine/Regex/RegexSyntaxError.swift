/// Why a pattern was refused, and where in it.
///
///     regex-look-around  "look-around is not supported"  3..<6
package struct RegexSyntaxError: Error, Hashable, Sendable {
  /// A stable slug such as `regex-look-around`.
  package let id: String
  package let message: String
  /// UTF-8 offsets in the pattern.
  package let range: Range<Int>
  package let suggestion: String?

  package init(id: String, message: String, range: Range<Int>, suggestion: String? = nil) {
    self.id = id
    self.message = message
    self.range = range
    self.suggestion = suggestion
  }
}
