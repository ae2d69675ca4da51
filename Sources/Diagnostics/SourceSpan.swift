/// A half-open range of UTF-8 offsets in a source text.
///
/// Example: in `T | take 5` the span of `take` is `4..<8`.
public struct SourceSpan: Hashable, Sendable {
  public var lowerBound: Int
  public var upperBound: Int

  public init(_ lowerBound: Int, _ upperBound: Int) {
    self.lowerBound = lowerBound
    self.upperBound = max(lowerBound, upperBound)
  }

  /// The empty span at an offset.
  public static func at(_ offset: Int) -> SourceSpan { SourceSpan(offset, offset) }

  /// The smallest span that covers both.
  public func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(min(lowerBound, other.lowerBound), max(upperBound, other.upperBound))
  }

  public var isEmpty: Bool { lowerBound == upperBound }
  public var length: Int { upperBound - lowerBound }
}
