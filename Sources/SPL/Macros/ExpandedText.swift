package import Diagnostics

/// The text that the parser reads: the source with its comments taken out and its macros replaced, together
/// with where each byte came from.
///
/// Example: in `` a `m` b `` with `m` = `x=1` the text is `a x=1 b`. The bytes of `a ` and ` b` map to
/// themselves, every byte of `x=1` maps to the span of the call.
package struct ExpandedText: Sendable {
  /// A run of expanded bytes with one origin.
  struct Segment: Hashable, Sendable {
    var start: Int
    var source: SourceSpan
    /// True where each byte has its own place in the source, false for text out of a macro.
    var isVerbatim: Bool
  }

  package private(set) var bytes: [UInt8] = []
  /// The outermost macro calls of the source, in order.
  package internal(set) var macroCalls: [MacroCallSyntax] = []
  private var segments: [Segment] = []
  let sourceLength: Int

  init(sourceLength: Int) { self.sourceLength = sourceLength }

  /// The expanded text as a string.
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append<Bytes: Collection>(
    _ part: Bytes, from source: SourceSpan, isVerbatim: Bool
  ) where Bytes.Element == UInt8 {
    if part.isEmpty { return }
    if isVerbatim, let last = segments.last, last.isVerbatim,
      last.source.lowerBound + (bytes.count - last.start) == source.lowerBound
    {
      segments[segments.count - 1].source.upperBound = source.upperBound
    } else {
      segments.append(Segment(start: bytes.count, source: source, isVerbatim: isVerbatim))
    }
    bytes.append(contentsOf: part)
  }

  /// The source span of a range of expanded bytes.
  package func span(_ range: Range<Int>) -> SourceSpan {
    let lower = place(range.lowerBound)
    if range.isEmpty { return .at(lower.start) }
    return SourceSpan(lower.start, max(lower.start, place(range.upperBound - 1).end))
  }

  /// Whether a range of expanded bytes stands as it is in the source.
  func isVerbatim(_ range: Range<Int>) -> Bool {
    guard let segment = segmentIndex(range.lowerBound).map({ segments[$0] }) else { return false }
    let lastByte = max(range.lowerBound, range.upperBound - 1)
    return segment.isVerbatim && segmentIndex(lastByte).map { segments[$0].start } == segment.start
  }

  private func place(_ offset: Int) -> (start: Int, end: Int) {
    if offset >= bytes.count { return (sourceLength, sourceLength) }
    guard let index = segmentIndex(offset) else { return (sourceLength, sourceLength) }
    let segment = segments[index]
    if !segment.isVerbatim { return (segment.source.lowerBound, segment.source.upperBound) }
    let start = segment.source.lowerBound + (offset - segment.start)
    return (start, start + 1)
  }

  private func segmentIndex(_ offset: Int) -> Int? {
    var low = 0
    var high = segments.count
    if high == 0 { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].start <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

/// A macro call as the source has it, with the text that took its place.
package struct MacroCallSyntax: Hashable, Sendable {
  package let name: String
  package let arguments: [String]
  package let span: SourceSpan
  /// The text that replaced the call, inner macros replaced too.
  package internal(set) var expansion: String

  /// A diagnostic whose place is text out of this call, with a note that shows the text.
  package func annotate(_ diagnostic: Diagnostic) -> Diagnostic {
    guard let place = diagnostic.primary?.span, place == span else { return diagnostic }
    var annotated = diagnostic
    annotated.notes.append(Advice(SPLMessages.expansionNote(name, expansion)))
    return annotated
  }
}
