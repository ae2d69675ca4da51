/// What came closest to passing a stage that let nothing through.
///
/// Example: `` `EventSource` has "SES.amazonaws.com" in 12 rows: "ses.amazonaws.com" differs only in case ``.
package struct NearestMiss: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case differsInCase = "differs-in-case"
    case differsInBlanks = "differs-in-blanks"
    /// The field is empty in every row.
    case emptyField = "empty-field"
    /// A field that must be empty never is.
    case neverEmpty = "never-empty"
    /// The literal is nowhere in the data.
    case absentLiteral = "absent-literal"
    /// The literal is in the logs, but earlier stages dropped those rows.
    case droppedEarlier = "dropped-earlier"
    /// A number or a time that stays on the wrong side of its limit.
    case beyondLimit = "beyond-limit"
    /// What is excluded is all there is.
    case excludedValues = "excluded-values"
    /// Each condition passes rows, and no row passes all.
    case neverTogether = "never-together"
    case joinKeys = "join-keys"
    /// A side of a join, or all legs of a union, brought nothing.
    case emptyInput = "empty-input"
    case noRows = "no-rows"
    /// What the fields hold; nothing better is known.
    case values
  }

  package var kind: Kind
  package var message: String
  /// The field that it is about.
  package var field: String?

  init(_ kind: Kind, _ message: String, field: String? = nil) {
    self.kind = kind
    self.message = message
    self.field = field
  }
}
