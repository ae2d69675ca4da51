import Diagnostics
import Rules

/// The colours of the program, all of them.
enum Colours {
  static func code(_ style: StyledText.Style) -> String {
    switch style {
    case .plain: ""
    case .error: "\u{1B}[1;31m"
    case .warning: "\u{1B}[1;33m"
    case .note: "\u{1B}[36m"
    case .help: "\u{1B}[32m"
    case .frame: "\u{1B}[34m"
    case .name: "\u{1B}[1m"
    case .good: "\u{1B}[32m"
    }
  }

  private static let end = "\u{1B}[0m"

  /// The text with its colours; whatever it quotes cannot drive the terminal.
  static func painted(_ text: StyledText, harmless: (String) -> String) -> String {
    text.pieces.map { piece in
      let shown = harmless(piece.text)
      return piece.style == .plain ? shown : code(piece.style) + shown + end
    }.joined()
  }
}

extension StyledText.Style {
  /// Of a rule's severity.
  init(severity: String?) {
    self =
      switch Severity(severity) {
      case .critical, .high: .error
      case .medium: .warning
      case .low: .note
      case .informational, nil: .plain
      }
  }
}
