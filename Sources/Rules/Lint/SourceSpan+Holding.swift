import Diagnostics

extension SourceSpan {
  func holds(_ other: SourceSpan) -> Bool { lowerBound <= other.lowerBound && other.upperBound <= upperBound }
}
