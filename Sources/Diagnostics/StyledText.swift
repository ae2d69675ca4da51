/// A text that knows what its parts are, so that a terminal can show them in colours.
package struct StyledText: Hashable, Sendable {
  package enum Style: Hashable, Sendable {
    case plain, error, warning, note, help
    /// Lines and numbers around what is shown.
    case frame
    /// What stands out: a message, the names above a table.
    case name
    /// As it should be.
    case good
  }

  package struct Piece: Hashable, Sendable {
    package var text: String
    package var style: Style
  }

  package private(set) var pieces: [Piece] = []

  package init() {}

  package init(_ text: String, _ style: Style = .plain) { append(text, style) }

  package mutating func append(_ text: String, _ style: Style = .plain) {
    if text.isEmpty { return }
    pieces.append(Piece(text: text, style: style))
  }

  package mutating func append(_ other: StyledText) { pieces += other.pieces }

  package var plain: String { pieces.map(\.text).joined() }
}

extension StyledText.Style {
  package init(_ severity: Diagnostic.Severity) {
    self =
      switch severity {
      case .error: .error
      case .warning: .warning
      case .note: .note
      }
  }
}
