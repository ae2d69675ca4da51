/// The type of a column or a value.
package enum DataType: String, Hashable, Sendable, CaseIterable {
  /// true or false.
  case bool
  /// A 32-bit integer; held in 64 bits, kept in range by what makes it.
  case int
  /// A 64-bit integer.
  case long
  /// A 64-bit IEEE 754 number.
  case real
  /// A decimal number of up to 34 digits.
  case decimal
  /// Ticks of 100 ns since 0001-01-01T00:00:00Z.
  case datetime
  /// Ticks of 100 ns.
  case timespan
  /// A 128-bit identifier.
  case guid
  /// UTF-8 text. KQL strings are never null: absent is "". SPL strings may be null.
  case string
  /// A JSON value.
  case dynamic

  /// Types that arithmetic promotes among, narrow to wide.
  package var numericWidth: Int? {
    switch self {
    case .int: 1
    case .long: 2
    case .real: 3
    case .decimal: 4
    case .bool, .datetime, .timespan, .guid, .string, .dynamic: nil
    }
  }

  package var isNumeric: Bool { numericWidth != nil }
}
