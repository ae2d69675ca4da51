/// The format of `format_datetime` and `format_timespan`: known letters, longest first, and a few delimiters.
///
/// Example: `yyyy-MM-dd HH:mm` is the tokens `yyyy - MM - dd blank HH : mm`; `MMM` is `MM` and `M`.
struct TimeFormat: Sendable {
  enum Subject: Sendable {
    case datetime, timespan
  }

  private enum Token: Sendable {
    case delimiter(UInt8)
    case field(UInt8, Int)
  }

  private let tokens: [Token]
  private let subject: Subject

  private static let delimiters = Array(" /-:,._[]".utf8)

  /// - Throws: if the format is empty or has a letter that is none of its language.
  init(_ text: String, for subject: Subject) throws(FunctionFailure) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw FunctionFailure("bad-format", "the format is empty", argument: 1) }
    var tokens: [Token] = []
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if TimeFormat.delimiters.contains(byte) {
        tokens.append(.delimiter(byte))
        offset += 1
        continue
      }
      var run = 1
      while offset + run < bytes.count, bytes[offset + run] == byte { run += 1 }
      guard let length = TimeFormat.longest(byte, within: run, for: subject) else {
        let shown = String(decoding: bytes[offset...].prefix { $0 != 0x20 }, as: UTF8.self)
        throw FunctionFailure(
          "bad-format",
          "the format may not have `\(shown.unicodeScalars.prefix(1).map { String($0) }.joined())`: it has the "
            + "letters `\(subject == .datetime ? "yMdHhmsfFt" : "dHhmsfF")`, blanks and `/-:,._[]`",
          argument: 1, range: offset..<offset + 1)
      }
      tokens.append(.field(byte, length))
      offset += length
    }
    self.tokens = tokens
    self.subject = subject
  }

  /// The longest token of a letter that fits a run of it; nil if there is none.
  private static func longest(_ letter: UInt8, within run: Int, for subject: Subject) -> Int? {
    let lengths: [Int]
    switch (letter, subject) {
    case (UInt8(ascii: "d"), .timespan): lengths = [8, 7, 6, 5, 4, 3, 2, 1]
    case (UInt8(ascii: "d"), .datetime), (UInt8(ascii: "M"), .datetime): lengths = [2, 1]
    case (UInt8(ascii: "y"), .datetime): lengths = [4, 2, 1]
    case (UInt8(ascii: "t"), .datetime): lengths = [2]
    case (UInt8(ascii: "h"), _), (UInt8(ascii: "H"), _), (UInt8(ascii: "m"), _), (UInt8(ascii: "s"), _):
      lengths = [2, 1]
    case (UInt8(ascii: "f"), _), (UInt8(ascii: "F"), _): lengths = [7, 6, 5, 4, 3, 2, 1]
    default: return nil
    }
    return lengths.first { $0 <= run }
  }

  func datetimeText(_ ticks: Int64) -> String {
    let parts = Ticks.parts(of: ticks)
    return text(days: parts.day, parts: parts, sign: false)
  }

  func timespanText(_ ticks: Int64) -> String {
    let magnitude = ticks.magnitude
    let rest = Int64(magnitude % UInt64(Ticks.perDay))
    let parts = Ticks.parts(of: rest)
    return text(days: Int(magnitude / UInt64(Ticks.perDay)), parts: parts, sign: ticks < 0)
  }

  private func text(days: Int, parts: Ticks.Parts, sign: Bool) -> String {
    var bytes: [UInt8] = sign ? [UInt8(ascii: "-")] : []
    for token in tokens {
      switch token {
      case .delimiter(let byte): bytes.append(byte)
      case .field(let letter, let length): append(letter, length, days: days, parts, to: &bytes)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func append(
    _ letter: UInt8, _ length: Int, days: Int, _ parts: Ticks.Parts, to bytes: inout [UInt8]
  ) {
    switch letter {
    case UInt8(ascii: "d"): TimeFormat.padded(days, length, &bytes)
    case UInt8(ascii: "M"): TimeFormat.padded(parts.month, length, &bytes)
    case UInt8(ascii: "y"): TimeFormat.padded(length == 4 ? parts.year : parts.year % 100, length, &bytes)
    case UInt8(ascii: "H"): TimeFormat.padded(parts.hour, length, &bytes)
    case UInt8(ascii: "h"):
      let hour = subject == .timespan ? parts.hour : (parts.hour + 11) % 12 + 1
      TimeFormat.padded(hour, length, &bytes)
    case UInt8(ascii: "m"): TimeFormat.padded(parts.minute, length, &bytes)
    case UInt8(ascii: "s"): TimeFormat.padded(parts.second, length, &bytes)
    case UInt8(ascii: "t"): bytes.append(contentsOf: (parts.hour < 12 ? "AM" : "PM").utf8)
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
      var digits: [UInt8] = []
      Ticks.append(parts.fraction, width: 7, to: &digits)
      digits.removeLast(7 - length)
      if letter == UInt8(ascii: "F") {
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
      }
      bytes.append(contentsOf: digits)
    default: break
    }
  }

  private static func padded(_ number: Int, _ width: Int, _ bytes: inout [UInt8]) {
    let digits = String(number).utf8
    for _ in 0..<max(0, width - digits.count) { bytes.append(UInt8(ascii: "0")) }
    bytes.append(contentsOf: digits)
  }
}
