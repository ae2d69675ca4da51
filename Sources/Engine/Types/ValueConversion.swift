#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Conversions of single values between types, as KQL's `to…` functions make them.
package enum ValueConversion {
  /// The value as another type; null where it cannot be ("" for texts).
  package static func convert(_ value: Value, to type: DataType) -> Value {
    if value.isNull { return type == .string ? .string("") : .null }
    switch type {
    case .bool: return bool(value)
    case .int: return int(value)
    case .long: return long(value)
    case .real: return real(value)
    case .decimal: return decimal(value)
    case .datetime: return datetime(value)
    case .timespan: return timespan(value)
    case .guid:
      if case .guid = value { return value }
      return GUID(text: value.kqlText).map { .guid($0) } ?? .null
    case .string: return .string(value.kqlText)
    case .dynamic: return .dynamic(value.json)
    }
  }

  static func bool(_ value: Value) -> Value {
    switch value {
    case .bool: return value
    case .long(let number): return .bool(number != 0)
    case .real(let number): return .bool(number != 0)
    case .decimal(let number): return .bool(number != 0)
    case .string(let text):
      switch text.lowercased() {
      case "true": return .bool(true)
      case "false": return .bool(false)
      default: return NumberText.integer(text).map { .bool($0 != 0) } ?? .null
      }
    case .dynamic(let json): return json.scalar.map { bool($0) } ?? .null
    case .null, .datetime, .timespan, .guid: return .null
    }
  }

  static func long(_ value: Value) -> Value {
    switch value {
    case .long: return value
    case .bool(let truth): return .long(truth ? 1 : 0)
    case .real(let number):
      if number.isNaN || number.isInfinite { return .null }
      // What is out of range is the least number, as the service has it.
      return .long(Int64(exactly: number.rounded(.towardZero)) ?? .min)
    case .decimal(let number): return Double(number.description).map { .long(Int64(saturating: $0)) } ?? .null
    case .datetime(let ticks), .timespan(let ticks): return .long(ticks)
    case .string(let text): return NumberText.integer(text).map { .long($0) } ?? .null
    case .dynamic(let json): return json.scalar.map { long($0) } ?? .null
    case .null, .guid: return .null
    }
  }

  /// Reals saturate at the limits of 32 bits; integers keep their low 32 bits; text out of range is null.
  static func int(_ value: Value) -> Value {
    switch value {
    case .real(let number):
      if number.isNaN { return .null }
      return .long(Int64(Int32(clamping: Int64(saturating: number))))
    case .string:
      guard case .long(let number) = long(value), Int32(exactly: number) != nil else { return .null }
      return .long(number)
    case .dynamic(let json): return json.scalar.map { int($0) } ?? .null
    case .bool, .long, .decimal, .datetime, .timespan, .null, .guid:
      guard case .long(let number) = long(value) else { return .null }
      return .long(Int64(Int32(truncatingIfNeeded: number)))
    }
  }

  static func real(_ value: Value) -> Value {
    switch value {
    case .real: return value
    case .long(let number): return .real(Double(number))
    case .bool(let truth): return .real(truth ? 1 : 0)
    case .decimal(let number): return Double(number.description).map { .real($0) } ?? .null
    case .datetime(let ticks), .timespan(let ticks): return .real(Double(ticks))
    case .string(let text): return NumberText.real(text).map { .real($0) } ?? .null
    case .dynamic(let json): return json.scalar.map { real($0) } ?? .null
    case .null, .guid: return .null
    }
  }

  static func decimal(_ value: Value) -> Value {
    switch value {
    case .decimal: return value
    case .long(let number): return .decimal(Decimal(number))
    case .bool(let truth): return .decimal(truth ? 1 : 0)
    case .real(let number):
      if number.isNaN || number.isInfinite { return .null }
      return Decimal(string: Value.text(of: number)).map { .decimal($0) } ?? .null
    case .string(let text):
      return NumberText.real(text) == nil
        ? .null : Decimal(string: NumberText.trimmed(text)).map { .decimal($0) } ?? .null
    case .dynamic(let json): return json.scalar.map { decimal($0) } ?? .null
    case .datetime, .timespan, .null, .guid: return .null
    }
  }

  static func datetime(_ value: Value) -> Value {
    switch value {
    case .datetime: return value
    case .long(let ticks): return Ticks.inRange(ticks).map { .datetime($0) } ?? .null
    case .real(let ticks): return Ticks.inRange(Int64(saturating: ticks)).map { .datetime($0) } ?? .null
    case .string(let text): return DatetimeParsing.parseKQL(text).map { .datetime($0) } ?? .null
    case .dynamic(let json): return json.scalar.map { datetime($0) } ?? .null
    case .bool, .decimal, .timespan, .null, .guid: return .null
    }
  }

  static func timespan(_ value: Value) -> Value {
    switch value {
    case .timespan: return value
    case .long(let ticks): return .timespan(ticks)
    case .real(let ticks): return ticks.isFinite ? .timespan(Int64(saturating: ticks)) : .null
    case .string(let text): return TimespanParsing.parseKQL(text).map { .timespan($0) } ?? .null
    case .dynamic(let json): return json.scalar.map { timespan($0) } ?? .null
    case .bool, .decimal, .datetime, .null, .guid: return .null
    }
  }
}

extension Int64 {
  /// Truncates toward zero; what is out of range becomes the nearest limit, NaN zero.
  package init(saturating number: Double) {
    if number.isNaN {
      self = 0
    } else if number >= 0x1p63 {
      self = .max
    } else if number <= -0x1p63 {
      self = .min
    } else {
      self = Int64(number)
    }
  }
}

extension JSONValue {
  /// The scalar inside; nil for null, arrays and bags.
  package var scalar: Value? {
    switch self {
    case .bool(let value): .bool(value)
    case .long(let value): .long(value)
    case .real(let value): .real(value)
    case .string(let value): .string(value)
    case .null, .array, .object: nil
    }
  }
}
