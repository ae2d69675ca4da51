/// Numbers in text, as KQL's conversions read them.
package enum NumberText {
  package static func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var lower = 0
    var upper = bytes.count
    while lower < upper, isBlank(bytes[lower]) { lower += 1 }
    while upper > lower, isBlank(bytes[upper - 1]) { upper -= 1 }
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// An integer with an optional sign, or unsigned hex of up to 16 digits read as two's complement.
  package static func integer(_ text: String) -> Int64? {
    let body = trimmed(text)
    if body.hasPrefix("0x") || body.hasPrefix("0X") {
      let digits = body.dropFirst(2)
      guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else {
        return nil
      }
      return UInt64(digits, radix: 16).map { Int64(bitPattern: $0) }
    }
    return Int64(body)
  }

  /// How many digits behind the point a number is written with; at least as many as a large exponent stands for.
  package static func decimals(of number: Double) -> Int {
    let text = "\(number)"
    let mantissa = text.prefix { $0 != "e" }
    let exponent = Int(text.dropFirst(mantissa.count + 1)) ?? 0
    let digits = mantissa.split(separator: ".").dropFirst().first.map { $0 == "0" ? 0 : $0.utf8.count } ?? 0
    return max(0, digits - exponent)
  }

  /// A number with so many digits behind the point, halves away from zero.
  package static func fixed(_ number: Double, digits: Int) -> String {
    digits <= 0 ? Value.splText(of: number.rounded()) : formatted("%.\(min(digits, 300))f", number)
  }

  /// A real; also `nan`, `inf`, `Infinity` with a sign. No hex.
  package static func real(_ text: String) -> Double? {
    let body = trimmed(text)
    switch body {
    case "NaN", "nan": return .nan
    case "inf", "Inf", "+inf", "Infinity", "+Infinity": return .infinity
    case "-inf", "-Inf", "-Infinity": return -.infinity
    default: break
    }
    guard !body.isEmpty, body.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
    return Double(body)
  }
}
