import Engine

/// Decodes what stands between the parentheses of `type(…)`.
///
/// Example: `datetime` and `2024-01-01` give the ticks of that day; `int` and `null` give a null int.
enum TypedLiteral {
  /// Nil where the text is no value of the type.
  static func value(_ type: DataType, _ content: String) -> LiteralSyntax.Value? {
    let text = unquoted(trimmed(content))
    if text == "null" { return .null(type) }
    switch type {
    case .bool: return bool(text).map { .bool($0) }
    case .int:
      guard let value = whole(text), value >= Int64(Int32.min), value <= Int64(Int32.max) else { return nil }
      return .int(value)
    case .long: return whole(text).map { .long($0) }
    case .real: return real(text).map { .real($0) }
    case .decimal: return isDecimal(text) ? .decimal(text) : nil
    case .datetime:
      if text.isEmpty || text == "now" { return .now }
      return DatetimeParsing.parseKQL(text).map { .datetime(ticks: $0, text: text) }
    case .timespan: return timespan(text).map { .timespan($0) }
    case .guid: return guid(text).map { .guid($0) }
    case .string, .dynamic: return nil
    }
  }

  private static func trimmed(_ text: String) -> String {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func unquoted(_ text: String) -> String {
    guard text.utf8.count >= 2, let quote = text.utf8.first, text.utf8.last == quote else { return text }
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return text }
    return trimmed(String(text.dropFirst().dropLast()))
  }

  private static func bool(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true": return true
    case "false": return false
    default: return whole(text).map { $0 != 0 }
    }
  }

  private static func whole(_ text: String) -> Int64? {
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      return UInt64(text.dropFirst(2), radix: 16).map { Int64(bitPattern: $0) }
    }
    return Int64(text)
  }

  private static func real(_ text: String) -> Double? {
    switch text.lowercased() {
    case "nan": return .nan
    case "inf", "+inf": return .infinity
    case "-inf": return -.infinity
    default:
      guard text.utf8.allSatisfy({ $0 < 0x80 && ($0 | 0x20 == UInt8(ascii: "e") || !isLetter($0)) })
      else { return nil }
      return Double(text.hasSuffix(".") ? text + "0" : text)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

  /// `[-]digits[.digits][e[-]digits]`
  private static func isDecimal(_ text: String) -> Bool { real(text).map { $0.isFinite } ?? false }

  /// Clock and unit forms; a bare number means days.
  private static func timespan(_ text: String) -> Int64? {
    if let ticks = TimespanParsing.parseKQL(text) { return ticks }
    let isNegative = text.hasPrefix("-")
    let digits = isNegative ? String(text.dropFirst()) : text
    guard let first = digits.utf8.first, first >= 0x30, first <= 0x39 else { return nil }
    return TimespanParsing.ticks(digits, unit: "d").map { isNegative ? -$0 : $0 }
  }

  /// 32 hexadecimal digits, with or without hyphens and braces.
  private static func guid(_ text: String) -> String? {
    var digits: [UInt8] = []
    for byte in text.lowercased().utf8 {
      switch byte {
      case 0x30...0x39, 0x61...0x66: digits.append(byte)
      case UInt8(ascii: "-"), UInt8(ascii: "{"), UInt8(ascii: "}"): continue
      default: return nil
      }
    }
    guard digits.count == 32 else { return nil }
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return parts.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
  }
}
