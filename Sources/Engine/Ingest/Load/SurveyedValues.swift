/// Which kinds of values a field has, and the type that holds them all.
///
/// ```
///   7, 9007199254740993      long          7, 2.5       real          9007199254740993, 0.5      decimal
///   7, "seven"               string        7, {}        dynamic       12345678901234567890       decimal
/// ```
struct SurveyedValues: OptionSet, Hashable, Sendable {
  let rawValue: UInt16

  static let bool = SurveyedValues(rawValue: 1)
  /// A whole number that a real holds exactly.
  static let whole = SurveyedValues(rawValue: 2)
  /// A whole number of 64 bits beyond that.
  static let longWhole = SurveyedValues(rawValue: 4)
  static let hugeWhole = SurveyedValues(rawValue: 8)
  static let fraction = SurveyedValues(rawValue: 16)
  static let time = SurveyedValues(rawValue: 32)
  static let text = SurveyedValues(rawValue: 64)
  static let container = SurveyedValues(rawValue: 128)
  static let timespan = SurveyedValues(rawValue: 256)
  static let guid = SurveyedValues(rawValue: 512)

  private static let numbers: SurveyedValues = [.whole, .longWhole, .hugeWhole, .fraction]

  init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Those of a declared type.
  init(of type: DataType) {
    switch type {
    case .bool: self = .bool
    case .int, .long: self = [.whole, .longWhole]
    case .real: self = .fraction
    case .decimal: self = .hugeWhole
    case .datetime: self = .time
    case .timespan: self = .timespan
    case .guid: self = .guid
    case .string: self = .text
    case .dynamic: self = .container
    }
  }

  init(of value: FieldValue) {
    switch value.kind {
    case .absent, .null: self = []
    case .isTrue, .isFalse: self = .bool
    case .number: self = SurveyedValues.number(value.bytes)
    case .object, .array, .many: self = .container
    case .string:
      let isTime = value.count >= 19 && value.start[4] == 0x2D && EventTime.ticks(value.bytes) != nil
      self = isTime ? .time : .text
    case .escapedString: self = .text
    }
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> SurveyedValues {
    if bytes.contains(where: { $0 == 0x2E || $0 | 0x20 == 0x65 }) { return .fraction }
    if bytes.count <= 15 { return .whole }
    guard let whole = Int64(String(decoding: bytes, as: UTF8.self)) else { return .hugeWhole }
    return whole.magnitude <= 1 << 53 ? .whole : .longWhole
  }

  /// The type that holds them all as they stand; nil if there are none.
  var type: DataType? {
    if isEmpty { return nil }
    if contains(.container) { return .dynamic }
    if isSubset(of: SurveyedValues.numbers) {
      if contains(.hugeWhole) { return .decimal }
      if contains(.fraction) { return contains(.longWhole) ? .decimal : .real }
      return .long
    }
    return switch self {
    case .bool: .bool
    case .time: .datetime
    case .timespan: .timespan
    case .guid: .guid
    default: .string
    }
  }
}
