#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// One cell outside a column: a literal, a key, a cell of a result.
///
/// `int` and `long` share `.long`; which of the two it is, is said by the `DataType` beside it.
package enum Value: Hashable, Sendable {
  case null
  case bool(Bool)
  case long(Int64)
  case real(Double)
  case decimal(Decimal)
  /// Ticks of 100 ns since 0001-01-01T00:00:00Z.
  case datetime(Int64)
  /// Ticks of 100 ns.
  case timespan(Int64)
  case guid(GUID)
  case string(String)
  case dynamic(JSONValue)

  package var isNull: Bool {
    switch self {
    case .null: true
    case .dynamic(let value): value == .null
    case .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .string: false
    }
  }

  /// The type that a literal of this value has; null has none.
  package var naturalType: DataType? {
    switch self {
    case .null: nil
    case .bool: .bool
    case .long: .long
    case .real: .real
    case .decimal: .decimal
    case .datetime: .datetime
    case .timespan: .timespan
    case .guid: .guid
    case .string: .string
    case .dynamic: .dynamic
    }
  }
}

/// A 128-bit identifier, as its 16 bytes in the order in which they are written.
package struct GUID: Hashable, Sendable, Comparable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads 32 hex digits, with hyphens or braces where they may stand; nil for anything else.
  package init?(text: some StringProtocol) {
    var digits = 0
    var high: UInt64 = 0
    var low: UInt64 = 0
    for byte in text.utf8 {
      let digit: UInt64
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt64(byte - UInt8(ascii: "a")) + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt64(byte - UInt8(ascii: "A")) + 10
      case UInt8(ascii: "-"), UInt8(ascii: "{"), UInt8(ascii: "}"): continue
      default: return nil
      }
      if digits < 16 { high = high << 4 | digit } else if digits < 32 { low = low << 4 | digit }
      digits += 1
    }
    guard digits == 32 else { return nil }
    self.init(high: high, low: low)
  }

  package static func < (left: GUID, right: GUID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// Lower case, 8-4-4-4-12.
  package var text: String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    for position in 0..<32 {
      if position == 8 || position == 12 || position == 16 || position == 20 {
        bytes.append(UInt8(ascii: "-"))
      }
      let word = position < 16 ? high : low
      bytes.append(digits[Int(word >> UInt64(60 - 4 * (position % 16)) & 15)])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
