#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Value {
  /// A number's value as a real; nil for what is no number.
  package var number: Double? {
    switch self {
    case .long(let value): Double(value)
    case .real(let value): value
    case .decimal(let value): Double(value.description)
    case .null, .bool, .datetime, .timespan, .guid, .string, .dynamic: nil
    }
  }
}
