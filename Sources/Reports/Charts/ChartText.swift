import Diagnostics

/// Texts in pictures: escaped, of a known width.
enum ChartText {
  /// The text, escaped and cut to a width.
  static func cut(_ text: String, to width: Int, _ glyphs: ChartGlyphs) -> String {
    let text = DisplayText.escaped(text)
    var used = 0
    var kept = ""
    for character in text {
      let size = DisplayText.width(of: character)
      if used + size > width {
        // Room for the mark is made at the end of what fits.
        while let last = kept.last, used + 1 > width {
          used -= DisplayText.width(of: last)
          kept.removeLast()
        }
        return width > 0 ? kept + glyphs.ellipsis : ""
      }
      kept.append(character)
      used += size
    }
    return kept
  }

  /// The same, cut in the middle: of a long name the end tells more than what comes before it.
  static func cutWithin(_ text: String, to width: Int, _ glyphs: ChartGlyphs) -> String {
    let text = DisplayText.escaped(text)
    if DisplayText.width(of: text) <= width || width < 12 { return cut(text, to: width, glyphs) }
    let head = cut(text, to: width / 4, glyphs)
    var tail = ""
    var used = DisplayText.width(of: head)
    for character in text.reversed() {
      used += DisplayText.width(of: character)
      if used > width { break }
      tail.append(character)
    }
    return head + String(tail.reversed())
  }

  static func atRight(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - DisplayText.width(of: text))) + text
  }

  static func atLeft(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - DisplayText.width(of: text)))
  }

  static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Texts at columns of a line; what would touch its neighbour is left out.
  static func line(_ texts: [(column: Int, text: String)], width: Int) -> String {
    var line = ""
    var used = 0
    for (column, text) in texts {
      let size = DisplayText.width(of: text)
      let start = max(0, min(column, width - size))
      if start < used + (used > 0 ? 1 : 0) || start + size > width { continue }
      line += String(repeating: " ", count: start - used) + text
      used = start + size
    }
    return line
  }
}
