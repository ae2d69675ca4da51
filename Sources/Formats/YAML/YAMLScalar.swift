/// Writes a text as a scalar of YAML that reads back the same, on one line.
///
/// ```
///   YAMLScalar.text("AWS SES")     // AWS SES
///   YAMLScalar.text("")            // ""
///   YAMLScalar.text("a: it's")     // 'a: it''s'
///   YAMLScalar.text("two\nlines")  // "two\nlines"
/// ```
package enum YAMLScalar {
  package static func text(_ text: String) -> String {
    if text.unicodeScalars.contains(where: needsEscape) { return escaped(text) }
    if isPlain(text) { return text }
    return text.isEmpty ? "\"\"" : "'" + text.replacing("'", with: "''") + "'"
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
    if ["~", "null", "Null", "NULL"].contains(text) { return false }
    let isWord = first.properties.isAlphabetic || ("0"..."9").contains(first) || first == "_" || first == "/"
    if !isWord || last == " " || last == ":" { return false }
    var previous = first
    for scalar in text.unicodeScalars.dropFirst() {
      if ",[]{}\"'`".unicodeScalars.contains(scalar) { return false }
      if scalar == " ", previous == ":" { return false }
      if scalar == "#", previous == " " { return false }
      previous = scalar
    }
    return true
  }

  /// Control characters, line ends, and marks that turn the direction of writing.
  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: scalar.value == 0xFEFF
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        guard needsEscape(scalar) else {
          result.unicodeScalars.append(scalar)
          continue
        }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        result += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: max(0, width - digits.count))
        result += digits
      }
    }
    return result + "\""
  }
}
