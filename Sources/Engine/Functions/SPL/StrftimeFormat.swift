/// A time format of SPL, read once: text with `%` directives. The local zone is UTC.
///
///     StrftimeFormat("%Y-%m-%d").format(seconds: 0)  // 1970-01-01
///     StrftimeFormat("%Y-%m-%d").parse("1970-01-02", now: 0)  // 86400
package struct StrftimeFormat: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case text([UInt8])
    case year, shortYear, century, month, day, blankDay, dayOfYear
    case hour, blankHour, hour12, blankHour12, minute, second, halfDay, lowerHalfDay
    /// Digits of the second's fraction.
    case fraction(Int)
    case shortMonthName, monthName, shortDayName, dayName
    /// 0 is Sunday.
    case weekday
    /// 1 is Monday, 7 is Sunday.
    case isoWeekday
    case isoWeek, isoYear, weekFromSunday, weekFromMonday
    case seconds, zoneName
    case zoneOffset(colons: Int)
  }

  package let text: String
  let pieces: [Piece]

  package init(_ text: String) {
    self.text = text
    var pieces: [Piece] = []
    StrftimeFormat.read(Array(text.utf8)[...], into: &pieces, depth: 0)
    self.pieces = pieces
  }

  static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
  static let dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

  private static func read(_ text: ArraySlice<UInt8>, into pieces: inout [Piece], depth: Int) {
    var rest = text
    var literal: [UInt8] = []
    func flush(_ pieces: inout [Piece]) {
      if !literal.isEmpty { pieces.append(.text(literal)) }
      literal = []
    }
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%"), !rest.isEmpty else {
        literal.append(byte)
        continue
      }
      let start = rest
      let digits = rest.prefix { $0 &- 0x30 < 10 }
      rest = rest.dropFirst(digits.count)
      let colons = rest.prefix { $0 == UInt8(ascii: ":") }
      rest = rest.dropFirst(colons.count)
      if let first = rest.first,
        first == UInt8(ascii: "-") || first == UInt8(ascii: "E") || first == UInt8(ascii: "O"),
        rest.count > 1
      {
        rest = rest.dropFirst()
        if first == UInt8(ascii: "E"), rest.first == UInt8(ascii: "z") {
          flush(&pieces)
          pieces.append(.zoneOffset(colons: 1))
          rest = rest.dropFirst()
          continue
        }
      }
      let letter = rest.popFirst() ?? UInt8(ascii: "%")
      let width = digits.count == 1 ? Int(digits.first ?? 0x30) - 0x30 : nil
      if let composed = composed(letter), depth == 0 {
        flush(&pieces)
        read(Array(composed.utf8)[...], into: &pieces, depth: 1)
      } else if let piece = piece(letter, width: width, colons: colons.count) {
        flush(&pieces)
        pieces.append(piece)
      } else if let plain = plain(letter) {
        literal.append(plain)
      } else {
        // Unknown: stands for itself.
        literal.append(byte)
        rest = start
      }
    }
    flush(&pieces)
  }

  private static func composed(_ letter: UInt8) -> String? {
    switch letter {
    case UInt8(ascii: "F"): "%Y-%m-%d"
    case UInt8(ascii: "T"), UInt8(ascii: "X"): "%H:%M:%S"
    case UInt8(ascii: "D"), UInt8(ascii: "x"): "%m/%d/%y"
    case UInt8(ascii: "R"): "%H:%M"
    case UInt8(ascii: "r"): "%I:%M:%S %p"
    case UInt8(ascii: "c"): "%a %b %e %H:%M:%S %Y"
    case UInt8(ascii: "+"): "%a %b %e %H:%M:%S %Z %Y"
    default: nil
    }
  }

  private static func plain(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "%"): letter
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  private static func piece(_ letter: UInt8, width: Int?, colons: Int) -> Piece? {
    switch letter {
    case UInt8(ascii: "Y"): .year
    case UInt8(ascii: "y"): .shortYear
    case UInt8(ascii: "C"): .century
    case UInt8(ascii: "m"): .month
    case UInt8(ascii: "d"): .day
    case UInt8(ascii: "e"): .blankDay
    case UInt8(ascii: "j"): .dayOfYear
    case UInt8(ascii: "H"): .hour
    case UInt8(ascii: "k"): .blankHour
    case UInt8(ascii: "I"): .hour12
    case UInt8(ascii: "l"): .blankHour12
    case UInt8(ascii: "M"): .minute
    case UInt8(ascii: "S"): .second
    case UInt8(ascii: "p"): .halfDay
    case UInt8(ascii: "P"): .lowerHalfDay
    case UInt8(ascii: "Q"): .fraction(width.map { $0 == 0 ? 3 : $0 } ?? 3)
    case UInt8(ascii: "N"): .fraction(width.map { $0 == 0 ? 9 : $0 } ?? 9)
    case UInt8(ascii: "f"): .fraction(6)
    case UInt8(ascii: "b"), UInt8(ascii: "h"): .shortMonthName
    case UInt8(ascii: "B"): .monthName
    case UInt8(ascii: "a"): .shortDayName
    case UInt8(ascii: "A"): .dayName
    case UInt8(ascii: "w"): .weekday
    case UInt8(ascii: "u"): .isoWeekday
    case UInt8(ascii: "V"): .isoWeek
    case UInt8(ascii: "G"): .isoYear
    case UInt8(ascii: "U"): .weekFromSunday
    case UInt8(ascii: "W"): .weekFromMonday
    case UInt8(ascii: "s"): .seconds
    case UInt8(ascii: "Z"): .zoneName
    case UInt8(ascii: "z"): .zoneOffset(colons: colons)
    default: nil
    }
  }
}
