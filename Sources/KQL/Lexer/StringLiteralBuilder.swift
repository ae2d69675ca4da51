import Diagnostics

/// Collects the decoded bytes of a string literal and remembers where each came from.
struct StringLiteralBuilder {
  private var bytes: [UInt8] = []
  private var segments: [StringLiteralSyntax.Segment] = []

  /// A byte that stands for itself.
  mutating func append(_ byte: UInt8, at offset: Int) {
    bytes.append(byte)
    if let last = segments.indices.last, segments[last].isVerbatim,
      segments[last].source.upperBound == offset
    {
      segments[last].source.upperBound += 1
      segments[last].value = segments[last].value.lowerBound..<bytes.count
    } else {
      segments.append(.init(value: bytes.count - 1..<bytes.count, source: SourceSpan(offset, offset + 1)))
    }
  }

  /// Bytes that an escape stands for.
  mutating func append(contentsOf decoded: [UInt8], source: SourceSpan) {
    let start = bytes.count
    bytes.append(contentsOf: decoded)
    segments.append(.init(value: start..<bytes.count, source: source))
  }

  func finish(span: SourceSpan) -> StringLiteralSyntax {
    StringLiteralSyntax(value: String(decoding: bytes, as: UTF8.self), span: span, segments: segments)
  }
}
