/// The characters that pictures are made of.
package enum ChartGlyphs: Hashable, Sendable {
  /// Blocks and braille.
  case blocks
  /// ASCII, for a terminal that shows no others.
  case ascii

  /// What the areas of series are filled with, so that they differ without colors.
  var fills: [Character] {
    switch self {
    case .blocks: ["█", "▒", "░", "▓", "▚", "▞", "#", "=", "+", ":"]
    case .ascii: ["#", "=", ".", "+", "o", "x", "*", "%", "@", "-"]
    }
  }

  func fill(_ series: Int) -> Character { fills[series % fills.count] }

  /// Parts of a cell from its lower end, by eighths.
  func upright(_ eighths: Int) -> Character {
    switch self {
    case .blocks: Array(" ▁▂▃▄▅▆▇█")[max(0, min(8, eighths))]
    case .ascii: eighths >= 4 ? "#" : " "
    }
  }

  /// Parts of a cell from its left end, by eighths.
  func lying(_ eighths: Int) -> Character {
    switch self {
    case .blocks: Array(" ▏▎▍▌▋▊▉█")[max(0, min(8, eighths))]
    case .ascii: eighths >= 4 ? "#" : " "
    }
  }

  var vertical: String { self == .blocks ? "│" : "|" }
  var verticalMark: String { self == .blocks ? "┤" : "+" }
  var horizontal: Character { self == .blocks ? "─" : "-" }
  var horizontalMark: Character { self == .blocks ? "┬" : "+" }
  var corner: String { self == .blocks ? "└" : "+" }
  var ellipsis: String { self == .blocks ? "…" : "~" }
  var point: Character { self == .blocks ? "●" : "o" }
}
