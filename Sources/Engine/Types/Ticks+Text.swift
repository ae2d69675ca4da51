/// The text forms of datetimes and timespans.
extension Ticks {
  /// `2024-01-01T00:00:00.0000000Z`.
  package static func datetimeText(_ ticks: Int64) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(28)
    let parts = parts(of: ticks)
    append(parts.year, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(parts.month, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(parts.day, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    append(parts.hour, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(parts.minute, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(parts.second, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "."))
    append(parts.fraction, width: 7, to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same as messages show it: without idle zeros behind the seconds.
  package static func shortText(_ ticks: Int64) -> String {
    let text = datetimeText(ticks)
    return text.hasSuffix(".0000000Z") ? text.dropLast(9) + "Z" : text
  }

  /// `2024-01-01 14:30`, where a line has no room for more.
  package static func minuteText(_ ticks: Int64) -> String {
    let text = datetimeText(ticks)
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
  }

  /// `[-][d.]hh:mm:ss[.fffffff]`; the fraction only when there is one.
  package static func timespanText(_ ticks: Int64) -> String {
    var bytes: [UInt8] = []
    if ticks < 0 { bytes.append(UInt8(ascii: "-")) }
    let magnitude = ticks.magnitude
    let days = magnitude / UInt64(perDay)
    let rest = Int64(magnitude % UInt64(perDay))
    if days > 0 {
      bytes.append(contentsOf: String(days).utf8)
      bytes.append(UInt8(ascii: "."))
    }
    append(Int(rest / perHour), width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(Int(rest % perHour / perMinute), width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(Int(rest % perMinute / perSecond), width: 2, to: &bytes)
    if rest % perSecond > 0 {
      bytes.append(UInt8(ascii: "."))
      append(Int(rest % perSecond), width: 7, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends a number with leading zeros.
  package static func append(_ number: Int, width: Int, to bytes: inout [UInt8]) {
    var number = number
    let start = bytes.count
    for _ in 0..<width {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
      number /= 10
    }
    bytes[start...].reverse()
  }
}
