package import Diagnostics

/// A constant that a query gives a name, which goes along into the other language where that has names for it.
///
/// ```
///   let threshold = 5;            | eval threshold=5
///   T | where n > threshold       | where n>threshold
/// ```
package struct NamedConstant: Hashable, Sendable {
  package var name: String
  package var value: Value
  /// Where it gets its name.
  package var span: SourceSpan
  /// Where the query reads it.
  package var uses: [SourceSpan]

  package init(name: String, value: Value, span: SourceSpan, uses: [SourceSpan]) {
    self.name = name
    self.value = value
    self.span = span
    self.uses = uses
  }
}

extension [NamedConstant] {
  /// The one that a stage reads as this value.
  ///
  /// Any literal of that value may be it: the stage is the same with either.
  package func named(_ value: Value, in stage: SourceSpan?) -> NamedConstant? {
    guard let stage else { return nil }
    return first { constant in
      constant.value == value
        && constant.uses.contains { $0.lowerBound >= stage.lowerBound && $0.upperBound <= stage.upperBound }
    }
  }
}
