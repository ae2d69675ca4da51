#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Value {
  /// The text that KQL's `tostring` gives: null is "", true is `True`, 2.0 is `2.0`.
  package var kqlText: String {
    switch self {
    case .null: ""
    case .bool(let value): value ? "True" : "False"
    case .long(let value): String(value)
    case .real(let value): Value.text(of: value)
    case .decimal(let value): value.description
    case .datetime(let ticks): Ticks.datetimeText(ticks)
    case .timespan(let ticks): Ticks.timespanText(ticks)
    case .guid(let value): value.text
    case .string(let value): value
    case .dynamic(let value): value.scalarText
    }
  }

  /// The text that SPL gives a value: whole numbers without a fraction, times as epoch seconds.
  package var splText: String {
    switch self {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .long(let value): String(value)
    case .real(let value): Value.splText(of: value)
    case .decimal(let value): value.description
    case .datetime(let ticks): Value.splText(of: Ticks.unixSeconds(of: ticks))
    case .timespan(let ticks): Value.splText(of: Double(ticks) / Double(Ticks.perSecond))
    case .guid(let value): value.text
    case .string(let value): value
    case .dynamic(let value): value.scalarText
    }
  }

  /// A real as KQL prints it: shortest that reads back the same, `.0` kept, `NaN`, `inf`, `-inf`.
  package static func text(of value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "inf" : "-inf" }
    return "\(value)"
  }

  /// A number as SPL prints it: whole numbers without a fraction.
  package static func splText(of value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value > 0 ? "inf" : "-inf" }
    if value == value.rounded(), abs(value) < 9.2e18 { return String(Int64(value)) }
    return "\(value)"
  }

  /// The value as a tree: times and identifiers become their text.
  package var json: JSONValue {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .long(let value): .long(value)
    case .real(let value): .real(value)
    case .decimal, .datetime, .timespan, .guid: .string(kqlText)
    case .string(let value): .string(value)
    case .dynamic(let value): value
    }
  }
}

extension JSONValue {
  /// The text of a scalar without quotes, compact JSON of an array or bag, "" of null.
  package var scalarText: String {
    switch self {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .long(let value): String(value)
    case .real(let value): Value.text(of: value)
    case .string(let value): value
    case .array, .object: text
    }
  }
}
