package import Diagnostics

/// A plan as the text of a language.
package struct WrittenPlan: Sendable {
  package var text: String
  /// What the language's own product does otherwise, each with the stage of the original that it is about.
  package var remarks: [WritingRemark]

  package init(text: String, remarks: [WritingRemark] = []) {
    self.text = text
    self.remarks = remarks
  }
}

/// What there is to say of a stage that was written in another language.
package struct WritingRemark: Hashable, Sendable {
  package var message: String
  /// In the original.
  package var span: SourceSpan?
  /// What is written may give other rows here too, not in the language's own product alone.
  package var changesRows: Bool

  package init(_ message: String, at span: SourceSpan? = nil, changesRows: Bool = false) {
    self.message = message
    self.span = span
    self.changesRows = changesRows
  }
}

/// A stage that a language cannot say.
package struct WritingRefusal: Error, Hashable, Sendable {
  package var reason: String
  /// In the original.
  package var span: SourceSpan?

  package init(_ reason: String, at span: SourceSpan? = nil) {
    self.reason = reason
    self.span = span
  }
}
