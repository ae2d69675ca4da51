/// A raster of dots, written as braille: two dots across and four down in each character.
struct DotCanvas {
  let columns: Int
  let rows: Int
  private var dots: [UInt8]

  /// - Precondition: both are at least 1.
  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    dots = [UInt8](repeating: 0, count: columns * rows)
  }

  var width: Int { columns * 2 }
  var height: Int { rows * 4 }

  /// The bits of a character by row and column.
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  /// `y` counts from the lower end.
  mutating func set(_ x: Int, _ y: Int) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let down = height - 1 - y
    dots[down / 4 * columns + x / 2] |= DotCanvas.bits[down % 4][x % 2]
  }

  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y))
    if steps == 0 { return set(start.x, start.y) }
    for step in 0...steps {
      // Rounded to the nearest dot.
      let x = start.x + ((end.x - start.x) * 2 * step + (end.x >= start.x ? steps : -steps)) / (2 * steps)
      let y = start.y + ((end.y - start.y) * 2 * step + (end.y >= start.y ? steps : -steps)) / (2 * steps)
      set(x, y)
    }
  }

  func line(_ row: Int, _ glyphs: ChartGlyphs) -> String {
    String(
      dots[row * columns..<(row + 1) * columns].map { bits -> Character in
        if bits == 0 { return " " }
        switch glyphs {
        case .blocks: return Unicode.Scalar(0x2800 + UInt32(bits)).map { Character($0) } ?? " "
        case .ascii: return "*"
        }
      })
  }
}
