import Diagnostics

/// How a text that is edited stands on the screen: rows that fit its width, and where the cursor is in them.
///
/// Rows are broken here and never by the terminal: its last column stays free, so that no terminal's own way of
/// wrapping matters.
struct EditorScreen {
  private(set) var rows: [String] = []
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0

  init(_ text: [Character], cursor: Int, prompt: String, width: Int, height: Int) {
    let room = max(4, width - 1)
    // A narrow screen is for the text.
    let prompt = DisplayText.width(of: prompt) * 2 > room ? "> " : prompt
    let indent = String(repeating: " ", count: max(0, DisplayText.width(of: prompt) - 2)) + "| "
    var row = prompt
    var column = DisplayText.width(of: prompt)
    for (index, character) in text.enumerated() {
      if index == cursor { (cursorRow, cursorColumn) = (rows.count, column) }
      if character == "\n" {
        rows.append(row)
        row = indent
        column = DisplayText.width(of: indent)
        continue
      }
      let shown = EditorScreen.shown(character)
      let size = shown.reduce(0) { $0 + DisplayText.width(of: $1) }
      if column + size > room {
        rows.append(row)
        row = ""
        column = 0
        if index == cursor { (cursorRow, cursorColumn) = (rows.count, column) }
      }
      row += shown
      column += size
    }
    if cursor >= text.count {
      if column >= room {
        rows.append(row)
        row = ""
        column = 0
      }
      (cursorRow, cursorColumn) = (rows.count, column)
    }
    rows.append(row)
    // Of a text that is longer than the screen the rows around the cursor are shown.
    let most = max(1, height - 1)
    if rows.count > most {
      let first = min(max(0, cursorRow - most / 2), rows.count - most)
      rows = Array(rows[first..<first + most])
      cursorRow -= first
    }
  }

  private static func shown(_ character: Character) -> String {
    if character == "\t" { return "  " }
    return Console.harmless(String(character))
  }
}
