#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Numbers as texts, and versions as numbers: `tohex`, `format_bytes`, `parse_version`.
package enum FormatFunctions {
  package static let all: [ScalarFunction] = [hex, bytes, version]

  static let hex = ScalarFunction(
    [.kql("tohex")], Signature([.long("number"), .long("length").optional], returns: .fixed(.string)),
    "Gives a number in lower-case hex, filled with zeros up to a length.",
    notes: ["A negative number is given in two's complement. The length is at most 16."],
    naming: .firstArgument,
    kernel: .prepared { arguments in
      let isShort = arguments.types[0] == .int
      return { values in
        guard let number = values.integer(0) else { return .null }
        let bits = isShort ? UInt64(UInt32(truncatingIfNeeded: number)) : UInt64(bitPattern: number)
        let digits = String(bits, radix: 16)
        let length = min(16, max(0, values.integer(1) ?? 0))
        return .string(String(repeating: "0", count: max(0, Int(length) - digits.utf8.count)) + digits)
      }
    },
    examples: [
      .kql("tohex(256)", gives: #""100""#), .kql("tohex(-256)", gives: #""ffffffffffffff00""#),
      .kql("tohex(256, 8)", gives: #""00000100""#), .kql("tohex(int(-1))", gives: #""ffffffff""#),
    ])

  private static let units = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"]

  static let bytes = ScalarFunction(
    [.kql("format_bytes")],
    Signature(
      [.number("bytes"), .long("precision").optional, .string("unit").optional], returns: .fixed(.string)),
    "Gives a number of bytes in a unit that suits it; a unit is 1024 of the one below.",
    notes: ["An unknown unit gives the empty text."],
    naming: .firstArgument,
    kernel: .scalar { values in
      guard let number = values[0].number, number.isFinite else { return .null }
      var place = 0
      if values.count > 2 {
        guard let wanted = units.firstIndex(where: { $0.lowercased() == values.text(2)?.lowercased() }) else {
          return .null
        }
        place = wanted
      } else {
        while place + 1 < units.count, abs(number) >= scale(place + 1) { place += 1 }
      }
      let precision = min(15, max(0, values.integer(1) ?? 0))
      return .string("\(rounded(number / scale(place), precision: Int(precision))) \(units[place])")
    },
    examples: [
      .kql("format_bytes(564)", gives: #""564 Bytes""#), .kql("format_bytes(10332, 1)", gives: #""10.1 KB""#),
      .kql(#"format_bytes(20010332, 0, "MB")"#, gives: #""19 MB""#),
      .kql("format_bytes(1024)", gives: #""1 KB""#),
    ])

  private static func scale(_ place: Int) -> Double {
    Double(sign: .plus, exponent: 10 * place, significand: 1)
  }

  /// Rounded to a number of places, halves away from zero, without needless zeros.
  private static func rounded(_ number: Double, precision: Int) -> String {
    let shift = Decimal(sign: .plus, exponent: precision, significand: 1)
    let exact = Decimal(string: Value.text(of: number)) ?? 0
    let scaled = Double((exact * shift).description) ?? 0
    let whole = Decimal(string: Value.text(of: scaled.rounded())) ?? 0
    return (whole / shift).description
  }

  static let version = ScalarFunction(
    [.kql("parse_version")], Signature([.string("version")], returns: .fixed(.decimal)),
    "Gives a version of up to four parts as a decimal that orders as versions do.",
    notes: ["A part has up to 8 digits. What is no version gives null."],
    kernel: .scalar { values in
      let parts = (values.text(0) ?? "").split(separator: ".", omittingEmptySubsequences: false)
      guard (1...4).contains(parts.count) else { return .null }
      var result = Decimal(0)
      let step = Decimal(100_000_000)
      for place in 0..<4 {
        var number: Int64 = 0
        if place < parts.count {
          guard (1...8).contains(parts[place].utf8.count),
            parts[place].utf8.allSatisfy({ ByteScanner.isDigit($0) }), let part = Int64(parts[place])
          else { return .null }
          number = part
        }
        result = result * step + Decimal(number)
      }
      return .decimal(result)
    },
    examples: [
      .kql(#"parse_version("1.2.3.40") < parse_version("1.10")"#, gives: "true"),
      .kql(#"isnull(parse_version("1.2.x"))"#, gives: "true"),
    ])
}
