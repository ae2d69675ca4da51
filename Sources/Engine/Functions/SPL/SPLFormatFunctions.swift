/// Numbers to texts and back in `eval`: `tostring`, `tonumber`, `printf`, `ipmask`.
package enum SPLFormatFunctions {
  package static let all: [ScalarFunction] = [toText, toNumber, print, mask]

  package static let toText = ScalarFunction(
    [.spl("tostring")], Signature([.any("value"), .string("format").optional], returns: .fixed(.string)),
    "Gives the text of a value; a number as `hex`, `binary`, with `commas`, or as a `duration`.",
    notes: ["`commas` rounds to two places. Truth values are `True` and `False`, a missing value is `Null`."],
    nulls: .neverNull,
    kernel: .prepared { arguments throws(FunctionFailure) in
      if let format = arguments.text(1), NumberStyle(rawValue: format.lowercased()) == nil {
        throw FunctionFailure(
          "number-format", "`\(format)` is no format of a number", argument: 1,
          suggestion: "take `hex`, `commas`, `duration` or `binary`")
      }
      return { values in
        if values[0].isNull { return .string("Null") }
        if case .bool(let truth) = values[0] { return .string(truth ? "True" : "False") }
        guard values.count > 1, let style = values.text(1).flatMap({ NumberStyle(rawValue: $0.lowercased()) })
        else { return .string(SPLValue.text(values[0])) }
        guard let number = SPLValue.number(values[0]) else { return .string(SPLValue.text(values[0])) }
        return .string(style.text(of: number))
      }
    },
    examples: [
      .spl(#"tostring(15, "hex")"#, gives: #""0xF""#),
      .spl(#"tostring(12345.6789, "commas")"#, gives: #""12,345.68""#),
      .spl(#"tostring(615, "duration")"#, gives: #""00:10:15""#),
      .spl("tostring(2.0)", gives: #""2""#), .spl("tostring(1=1)", gives: #""True""#),
      .spl("tostring(nullif(1, 1))", gives: #""Null""#),
    ])

  package static let toNumber = ScalarFunction(
    [.spl("tonumber")], Signature([.any("text"), .real("base").optional], returns: .fixed(.real)),
    "Reads a number, in base 10 unless told otherwise; null if it is none.",
    notes: ["Bases go from 2 to 36. A text with blanks around its number is none."],
    kernel: .scalar { values in
      guard values.count > 1, let base = values.integer(1), base != 10 else {
        return SPLValue.number(.string(SPLValue.text(values[0]))).map { .real($0) } ?? .null
      }
      guard base >= 2, base <= 36 else { return .null }
      var text = SPLValue.text(values[0]).lowercased()
      if base == 16, text.hasPrefix("0x") { text.removeFirst(2) }
      return Int64(text, radix: Int(base)).map { .real(Double($0)) } ?? .null
    },
    examples: [
      .spl(#"tonumber("0A4", 16)"#, gives: "164"), .spl(#"tonumber("1.50")"#, gives: "1.5"),
      .spl(#"isnull(tonumber(lower("ABC")))"#, gives: "true()"),
      .spl(#"isnull(tonumber(lower(" 12 ")))"#, gives: "true()"),
    ])

  package static let print = ScalarFunction(
    [.spl("printf")], Signature([.string("format"), .any("values").repeated], returns: .fixed(.string)),
    "Writes values in a format of `%` conversions: `%d`, `%5.2f`, `%-8s`, `%x`, …",
    notes: [
      "Widths and precisions go up to 4096. `'` groups digits by thousands, `%c` gives the character of a number,",
      "`%p` hex digits, `%z` a text. A missing value is empty as a text and 0 as a number.",
    ],
    nulls: .neverNull,
    kernel: .scalar { values in .string(PrintFormat.text(values.text(0) ?? "", Array(values.dropFirst()))) },
    examples: [
      .spl(#"printf("%d of %s", 3, "x")"#, gives: #""3 of x""#),
      .spl(#"printf("%05.1f|", 2.25)"#, gives: #""002.2|""#),
      .spl(#"printf("100%%")"#, gives: #""100%""#),
      .spl(#"printf("%-4s|%x", "ab", 255)"#, gives: #""ab  |ff""#),
      .spl(#"printf("%'d %c", 12345, 65)"#, gives: #""12,345 A""#),
    ])

  static let mask = ScalarFunction(
    [.spl("ipmask")], Signature([.string("mask"), .string("address")], returns: .fixed(.string)),
    "Clears the bits of an IPv4 address that a mask does not have.",
    kernel: .scalar { values in
      guard let mask = IPv4Address(values.text(0) ?? ""), let address = IPv4Address(values.text(1) ?? "")
      else {
        return .null
      }
      return .string(IPv4Address(bits: mask.bits & address.bits).text)
    },
    examples: [
      .spl(#"ipmask("255.255.0.0", "10.20.30.40")"#, gives: #""10.20.0.0""#),
      .spl(#"isnull(ipmask("255.0.0.0", "host"))"#, gives: "true()"),
    ])
}

/// How `tostring` writes a number.
enum NumberStyle: String, Sendable {
  case hex, commas, duration, binary

  func text(of number: Double) -> String {
    switch self {
    case .hex: return "0x" + String(Int64(saturating: number), radix: 16, uppercase: true)
    case .binary: return String(Int64(saturating: number), radix: 2)
    case .commas: return NumberStyle.grouped(number)
    case .duration:
      let whole = Int64(saturating: number.rounded(.down)).magnitude
      func pair(_ part: UInt64) -> String { part < 10 ? "0\(part)" : "\(part)" }
      let days = whole / 86_400
      let clock = "\(pair(whole / 3600 % 24)):\(pair(whole / 60 % 60)):\(pair(whole % 60))"
      return (number < 0 ? "-" : "") + (days > 0 ? "\(days)+" : "") + clock
    }
  }

  private static func grouped(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e15 else { return Value.splText(of: number) }
    let cents = Int64((abs(number) * 100).rounded())
    var text = (number < 0 && cents > 0 ? "-" : "") + withCommas(String(cents / 100))
    if number != number.rounded() {
      let rest = cents % 100
      text += rest < 10 ? ".0\(rest)" : ".\(rest)"
    }
    return text
  }

  /// Digits with a comma before each three of those in front of the point.
  static func withCommas(_ text: String) -> String {
    let whole = text.prefix { $0.isWholeNumber }
    var digits = Array(whole)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits) + text.dropFirst(whole.count)
  }
}
