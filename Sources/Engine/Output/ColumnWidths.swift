/// How wide each column of a table is shown.
///
/// Only texts are cut, the widest first, and never below eight columns: a number that lost digits would be a lie.
struct ColumnWidths {
  static let gap = 2
  private static let narrowest = 8

  /// Nil if the table cannot fit.
  static func fitting(natural: [Int], canCut: [Bool], into width: Int) -> [Int]? {
    let total = natural.reduce(0, +) + gap * max(0, natural.count - 1)
    if total <= width { return natural }
    var fixed = gap * max(0, natural.count - 1)
    var flexible: [Int] = []
    for (index, size) in natural.enumerated() {
      if canCut[index], size > narrowest { flexible.append(size) } else { fixed += size }
    }
    flexible.sort()
    var room = width - fixed
    guard room >= flexible.count * narrowest, !flexible.isEmpty else { return nil }
    var limit = narrowest
    for (index, size) in flexible.enumerated() {
      let share = room / (flexible.count - index)
      limit = share
      if size > share { break }
      room -= size
    }
    return natural.enumerated().map { canCut[$0] && $1 > narrowest ? min($1, limit) : $1 }
  }
}
