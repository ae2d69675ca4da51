import Engine

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// The value of a cell, with its type.
public enum Cell: Hashable, Sendable {
  case null
  case bool(Bool)
  /// `int` and `long`.
  case long(Int64)
  case real(Double)
  case decimal(Decimal)
  case datetime(Instant)
  case timespan(Span)
  case guid(UUID)
  case string(String)
  case dynamic(JSON)

  /// As `table` shows it in KQL; null is empty.
  public var text: String {
    switch self {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .long(let value): String(value)
    case .real(let value): Value.real(value).kqlText
    case .decimal(let value): Value.decimal(value).kqlText
    case .datetime(let value): value.description
    case .timespan(let value): value.description
    case .guid(let value): value.uuidString.lowercased()
    case .string(let value): value
    case .dynamic(let value): value.description
    }
  }

  init(_ value: Value) {
    self =
      switch value {
      case .null: .null
      case .bool(let value): .bool(value)
      case .long(let value): .long(value)
      case .real(let value): .real(value)
      case .decimal(let value): .decimal(value)
      case .datetime(let ticks): .datetime(Instant(ticks: ticks))
      case .timespan(let ticks): .timespan(Span(ticks: ticks))
      case .guid(let value): UUID(uuidString: Value.guid(value).kqlText).map { .guid($0) } ?? .null
      case .string(let value): .string(value)
      case .dynamic(let value): .dynamic(JSON(value))
      }
  }
}

/// A point in time.
public struct Instant: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Of 100 ns, since 0001-01-01T00:00:00Z.
  public let ticks: Int64

  public init(ticks: Int64) { self.ticks = ticks }

  /// A date is a binary fraction of seconds: the last ticks may be lost.
  public var date: Date {
    Date(timeIntervalSince1970: Double(ticks &- Ticks.unixEpoch) / Double(Ticks.perSecond))
  }

  /// `2026-03-01T12:00:00.0000000Z`
  public var description: String { Ticks.datetimeText(ticks) }

  public static func < (left: Instant, right: Instant) -> Bool { left.ticks < right.ticks }
}

/// A length of time.
public struct Span: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Of 100 ns.
  public let ticks: Int64

  public init(ticks: Int64) { self.ticks = ticks }

  public var seconds: Double { Double(ticks) / Double(Ticks.perSecond) }

  /// `1.02:03:04`
  public var description: String { Value.timespan(ticks).kqlText }

  public static func < (left: Span, right: Span) -> Bool { left.ticks < right.ticks }
}

/// A dynamic value. Objects keep the order of their members.
public indirect enum JSON: Hashable, Sendable, CustomStringConvertible {
  public struct Member: Hashable, Sendable {
    public let key: String
    public let value: JSON
  }

  case null
  case bool(Bool)
  case long(Int64)
  case real(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  /// The member of an object.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// JSON text.
  public var description: String { value.text }

  init(_ value: JSONValue) {
    self =
      switch value {
      case .null: .null
      case .bool(let value): .bool(value)
      case .long(let value): .long(value)
      case .real(let value): .real(value)
      case .string(let value): .string(value)
      case .array(let elements): .array(elements.map { JSON($0) })
      case .object(let members): .object(members.map { Member(key: $0.key, value: JSON($0.value)) })
      }
  }

  private var value: JSONValue {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .long(let value): .long(value)
    case .real(let value): .real(value)
    case .string(let value): .string(value)
    case .array(let elements): .array(elements.map(\.value))
    case .object(let members): .object(members.map { JSONValue.Member($0.key, $0.value.value) })
    }
  }
}
