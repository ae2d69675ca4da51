/// How text looks on a terminal: its width, and what must be escaped in it.
///
/// Example: `escaped("a\u{1B}[31m")` is `a\u{1B}[31m` spelt out, so that no log or query can drive the terminal.
public enum DisplayText {
  /// The text on one line, with control characters and invisible direction marks spelt `\u{…}`.
  public static func escaped(_ text: String) -> String {
    if !text.unicodeScalars.contains(where: mustEscape) { return text }
    var result = ""
    for character in text { result += escaped(character) }
    return result
  }

  package static func escaped(_ character: Character) -> String {
    var result = ""
    for scalar in character.unicodeScalars {
      if !mustEscape(scalar) {
        result.unicodeScalars.append(scalar)
        continue
      }
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    return result
  }

  /// Control characters, line separators, direction marks, and characters that take no room of their own.
  package static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    case 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: true
    default: false
    }
  }

  /// Terminal cells of a character that is shown as it is: 0, 1 or 2.
  package static func width(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if isWide(first.value) || character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return 1
    }
  }

  /// Terminal cells of a text without line ends, once it is escaped.
  public static func width(of text: String) -> Int {
    escaped(text).reduce(0) { $0 + width(of: $1) }
  }

  /// East Asian wide and full-width blocks, and emoji.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
      true
    case 0x231A, 0x231B, 0x23E9...0x23EC, 0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648...0x2653, 0x26A1, 0x2705,
      0x2728, 0x274C, 0x2753...0x2755, 0x2757, 0x2795...0x2797, 0x27B0, 0x2B1B, 0x2B1C, 0x2B50, 0x2B55:
      true
    default: false
    }
  }
}
