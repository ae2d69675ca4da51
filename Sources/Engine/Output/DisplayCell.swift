import Diagnostics

/// A cell as it stands on a terminal: escaped, on one line, with its width in terminal columns.
struct DisplayCell {
  private(set) var bytes: [UInt8] = []
  private(set) var width = 0
  private var isASCII = true

  /// Replaces the text. The bytes need not be valid UTF-8.
  mutating func set(_ text: (inout [UInt8]) -> Void) {
    bytes.removeAll(keepingCapacity: true)
    text(&bytes)
    isASCII = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if isASCII {
      width = bytes.count
      return
    }
    let shown = DisplayText.escaped(String(decoding: bytes, as: UTF8.self))
    bytes = Array(shown.utf8)
    width = shown.reduce(0) { $0 + DisplayText.width(of: $1) }
  }

  mutating func set(_ text: String) { set { $0.append(contentsOf: text.utf8) } }

  /// Shortens the cell to a width, with `…` as its last character. True if something was cut.
  mutating func cut(to limit: Int) -> Bool {
    guard width > limit, limit > 0 else { return false }
    if isASCII {
      bytes.removeSubrange((limit - 1)...)
      width = limit
    } else {
      var kept = ""
      width = 1
      for character in String(decoding: bytes, as: UTF8.self) {
        let size = DisplayText.width(of: character)
        if width + size > limit { break }
        kept.append(character)
        width += size
      }
      bytes = Array(kept.utf8)
    }
    bytes.append(contentsOf: "…".utf8)
    return true
  }
}
