package import Diagnostics

/// A string literal with its escapes decoded, which still knows where each byte of its value stands.
///
/// Example: in `"a\tb"` the value's byte 1 (a tab) comes from the two source bytes `\t`, so that an error
/// inside a regular expression can be underlined in the query.
package struct StringLiteralSyntax: Hashable, Sendable {
  /// A stretch of the value and the source that it was decoded from.
  package struct Segment: Hashable, Sendable {
    /// UTF-8 offsets in the value.
    var value: Range<Int>
    var source: SourceSpan

    /// Whether each byte stands for itself; an escape is longer than what it stands for.
    var isVerbatim: Bool { value.count == source.length }
  }

  package var value: String
  package var span: SourceSpan
  var segments: [Segment]

  package init(value: String, span: SourceSpan) {
    self.init(value: value, span: span, segments: [])
  }

  init(value: String, span: SourceSpan, segments: [Segment]) {
    self.value = value
    self.span = span
    self.segments = segments
  }

  /// The source of a range of UTF-8 offsets in the value, clamped to the literal.
  package func sourceSpan(forValueRange range: Range<Int>) -> SourceSpan {
    guard !segments.isEmpty else { return span }
    let lower = sourceOffset(range.lowerBound)
    guard !range.isEmpty else { return .at(lower) }
    // The end is where the last byte ends, not where the next one begins: between two adjacent
    // literals these differ.
    let last = segment(of: range.upperBound - 1)
    let upper =
      last.isVerbatim
      ? last.source.lowerBound + min(range.upperBound, last.value.upperBound) - last.value.lowerBound
      : last.source.upperBound
    return SourceSpan(lower, max(lower, upper))
  }

  private func sourceOffset(_ offset: Int) -> Int {
    let segment = segment(of: offset)
    if offset >= segment.value.upperBound { return segment.source.upperBound }
    let distance = max(0, offset - segment.value.lowerBound)
    return segment.source.lowerBound + (segment.isVerbatim ? distance : 0)
  }

  /// The segment that holds an offset, else the nearest.
  private func segment(of offset: Int) -> Segment {
    var low = 0
    var high = segments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].value.lowerBound <= offset { low = middle } else { high = middle }
    }
    return segments[low]
  }

  /// KQL: adjacent literals are one.
  func joined(_ next: StringLiteralSyntax) -> StringLiteralSyntax {
    let shift = value.utf8.count
    let moved = next.segments.map { segment in
      Segment(
        value: segment.value.lowerBound + shift..<segment.value.upperBound + shift, source: segment.source)
    }
    return StringLiteralSyntax(
      value: value + next.value, span: span.union(next.span), segments: segments + moved)
  }
}
