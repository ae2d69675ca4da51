package import Diagnostics

/// A quoted text: its value, and where each part of the value stands in the source.
///
/// Example: in `"a\"b"` at offset 10 the value is `a"b`, and its last byte stands at `14..<15`.
package struct StringLiteralSyntax: Hashable, Sendable {
  /// A value offset from which on value and source run side by side.
  struct Break: Hashable, Sendable {
    var valueOffset: Int
    var sourceOffset: Int
  }

  package let value: String
  package let span: SourceSpan
  /// Empty for a literal out of a macro, whose parts have no places of their own.
  private let breaks: [Break]

  /// Which backslash escapes count.
  enum Escapes {
    /// `\"` and `\\` only: other backslashes belong to patterns.
    case quotesOnly
    /// Also `\t`, `\n` and `\r`, as in eval expressions.
    case eval
  }

  init(_ token: SPLToken, in text: ExpandedText, escapes: Escapes) {
    span = token.span
    let bytes = text.bytes
    let isQuoted = token.kind == .string || token.kind == .quotedField
    let lower = token.range.lowerBound + (isQuoted ? 1 : 0)
    let upper = max(lower, token.range.upperBound - (isQuoted && token.isClosed ? 1 : 0))
    guard isQuoted else {
      value = token.text
      breaks = text.isVerbatim(token.range) ? [Break(valueOffset: 0, sourceOffset: span.lowerBound)] : []
      return
    }
    let base = token.span.lowerBound - token.range.lowerBound
    var result: [UInt8] = []
    var places = [Break(valueOffset: 0, sourceOffset: base + lower)]
    var index = lower
    while index < upper {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < upper,
        let escaped = Self.escape(bytes[index + 1], escapes, quote: bytes[token.range.lowerBound])
      {
        result.append(escaped)
        index += 2
        places.append(Break(valueOffset: result.count, sourceOffset: base + index))
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    value = String(decoding: result, as: UTF8.self)
    breaks = text.isVerbatim(token.range) ? places : []
  }

  /// The source span of a range of UTF-8 offsets of the value; the whole literal for text out of a macro.
  package func sourceSpan(forValueRange range: Range<Int>) -> SourceSpan {
    if breaks.isEmpty { return span }
    let lower = sourceOffset(range.lowerBound)
    if range.isEmpty { return .at(lower) }
    return SourceSpan(lower, max(lower, sourceOffset(range.upperBound - 1, isEnd: true)))
  }

  private func sourceOffset(_ valueOffset: Int, isEnd: Bool = false) -> Int {
    var low = 0
    var high = breaks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if breaks[middle].valueOffset <= valueOffset { low = middle } else { high = middle }
    }
    let place = breaks[low]
    // An escape is two bytes of source for one of value: its end is where the next run begins.
    let isEscape = isEnd && low + 1 < breaks.count && breaks[low + 1].valueOffset == valueOffset + 1
    let offset =
      isEscape
      ? breaks[low + 1].sourceOffset
      : place.sourceOffset + (valueOffset - place.valueOffset) + (isEnd ? 1 : 0)
    return min(max(offset, span.lowerBound), span.upperBound)
  }

  private static func escape(_ byte: UInt8, _ escapes: Escapes, quote: UInt8) -> UInt8? {
    if byte == quote || byte == UInt8(ascii: "\\") { return byte }
    switch (escapes, byte) {
    case (.eval, UInt8(ascii: "t")): return 0x09
    case (.eval, UInt8(ascii: "n")): return 0x0A
    case (.eval, UInt8(ascii: "r")): return 0x0D
    case (.eval, _), (.quotesOnly, _): return nil
    }
  }
}
