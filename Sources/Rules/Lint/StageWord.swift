import Diagnostics

/// The place of the word that a stage begins with.
enum StageWord {
  static func word(_ word: String, of span: SourceSpan) -> SourceSpan {
    SourceSpan(span.lowerBound, min(span.upperBound, span.lowerBound + word.utf8.count))
  }
}
